"""Bringing a table in: the file, what its columns hold, every problem by row, and only then the register."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.errors import Refusal
from fanal.recommendations import queries, services
from fanal.recommendations.forms import NAMES, FileForm, MappingForm
from fanal.recommendations.rules.importing import NEEDED, UHRI, UHRI_LEFT, Problem
from fanal.recommendations.views.common import law_now, perform
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond

SHOWN = 200
_WRONG: Mapping[str, Any] = {
    "missing": gettext_lazy("is missing"),
    "too_long": gettext_lazy("is too long: %(value)s characters"),
    "unknown": gettext_lazy("is not known here: %(value)s"),
    "unreadable": gettext_lazy("cannot be read: %(value)s"),
    "before": gettext_lazy("lies before the date of the recommendation: %(value)s"),
    "no_address": gettext_lazy("is no address that begins with https://: %(value)s"),
    "other_country": gettext_lazy("is another country: %(value)s"),
}


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def bring(request: MemberRequest) -> HttpResponse:
    """Choose a table; which columns are known is said here."""
    form = FileForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = services.read(
                by=request.member, content=form.cleaned_data["file"].read(), at=timezone.now()
            )
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return redirect("recommendations:batch", made.id)
    return respond(
        request, "recommendations/import.html", form, draft=False, cancel_url=reverse("recommendations:list"),
        uhri=[(column, NAMES[name]) for column, name in UHRI.items()], left=UHRI_LEFT,
        fields=[(name, label, name in NEEDED) for name, label in NAMES.items()],
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def batch(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    """What the columns hold, mapped by hand where need be, and everything that bringing it in would do."""
    now = timezone.now()
    row = queries.batch(batch_id, request.member)
    initial = {f"column_{name}": column for name, column in row.mapping.items()}
    initial |= {"fixed_language": "en"} | {f"fixed_{name}": value for name, value in row.fixed.items()}
    form = MappingForm(
        posted(request),
        columns=row.columns,
        law=law_now(now),
        language=request.LANGUAGE_CODE,
        initial=initial,
    )
    if form.is_bound and form.is_valid():
        services.remap(by=request.member, batch_id=batch_id, mapping=form.mapping(), fixed=form.fixed())
        return redirect("recommendations:batch", batch_id)
    found = services.planned(row, now)
    context = {
        "batch": row,
        "plan": found,
        "summary": [
            (_("Rows that would be entered"), str(len(found.entries))),
            (_("Rows with a problem"), str(len({each.row for each in found.problems}))),
            (_("Rows that are there already"), str(len(found.known))),
        ],
        "entries": found.entries[:20],
        "problems": [(each.row, problem_words(each)) for each in found.problems[:SHOWN]],
        "more": max(len(found.problems) - SHOWN, 0),
        "known": found.known[:SHOWN],
        "law": law_now(now),
    }
    return respond(request, "recommendations/batch.html", form, draft=False, **context)


def problem_words(found: Problem) -> str:
    """A problem in words: "Body is not known here: …"."""
    words = str(_WRONG[found.code]) % {"value": found.value}
    return f"{NAMES[found.field]} {words}"


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def bring_in(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    """Write the rows that can be written."""
    found = services.planned(queries.batch(batch_id, request.member), timezone.now())
    form = Form(posted(request))
    if form.is_bound and form.is_valid():
        try:
            count = services.bring_in(by=request.member, batch_id=batch_id, at=timezone.now())
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            words = ngettext("%(n)d recommendation entered.", "%(n)d recommendations entered.", count)
            messages.success(request, words % {"n": count})
            return redirect("recommendations:list")
    entered = ngettext(
        "%(n)d recommendation is entered.", "%(n)d recommendations are entered.", len(found.entries)
    ) % {"n": len(found.entries)}
    return respond(
        request, "web/confirm.html", form, act=_("Bring them in"), reference="",
        cancel_url=reverse("recommendations:batch", args=[batch_id]),
        consequences=[entered, _("Rows with a problem, and those that are there already, stay out.")],
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def discard(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    """Throw the table away."""
    queries.batch(batch_id, request.member)
    return perform(
        request, Form(posted(request)), "", back=reverse("recommendations:import"), template="web/confirm.html",
        do=lambda: services.discard(by=request.member, batch_id=batch_id), done=_("Thrown away."),
        act=_("Throw this table away"), consequences=[_("Nothing of it was written.")],
    )  # fmt: skip
