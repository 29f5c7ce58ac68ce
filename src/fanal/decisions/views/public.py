"""What bodies decided to make public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fanal.access.gate import public
from fanal.decisions import queries
from fanal.errors import NotFound
from fanal.web.cursors import page


@require_safe
@public("a body decided that everybody may read these extracts")
def extracts(request: HttpRequest) -> HttpResponse:
    """The public extracts, the latest decisions first."""
    found = page(queries.extracts(), cursor=request.GET.get("cursor", ""), order="-taken_on")
    rows = [(it, it.body.label(request.LANGUAGE_CODE)) for it in found.items]
    return render(request, "decisions/public.html", {"page": found, "rows": rows})


@require_safe
@public("a body decided that everybody may read this extract")
def extract(request: HttpRequest, number: str) -> HttpResponse:
    """One public extract; a decision without one looks absent."""
    found = queries.extract(number)
    if found is None:
        raise NotFound
    body = found.body.label(request.LANGUAGE_CODE)
    return render(request, "decisions/extract.html", {"row": found, "body": body})
