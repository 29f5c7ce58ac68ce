"""Which recommendations ask the same: what was found, what people say to it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.recommendations import queries, services
from fanal.recommendations.forms import ProposalForm
from fanal.recommendations.queries.clusters import cluster_lines, proposal_lines
from fanal.recommendations.rules.words import concept_name
from fanal.recommendations.views.common import law_now, perform
from fanal.web.acts import posted, require_form
from fanal.web.cursors import page
from fanal.web.forms import Form

SIZE = 20


def _steps(step: str) -> str:
    return {
        "words": _("Reading the words"),
        "likeness": _("Comparing each with each"),
        "groups": _("Putting together what is alike"),
        "reasons": _("Writing down why"),
    }.get(step, _("Waiting for its turn"))


def _said(lines: list[queries.ProposalLine], language: str) -> list[tuple[queries.ProposalLine, list[str]]]:
    """Each proposal with what its members share, the concepts by a word of the reader's language."""
    return [
        (
            line,
            [
                f"{concept_name(each.word, language) if each.kind == 'concept' else each.word} ({each.percent} %)"
                for each in line.why
                if each.percent
            ],
        )
        for line in lines
    ]


@require_safe
@requires(Permission.RECOMMENDATION_READ)
def proposals(request: MemberRequest) -> HttpResponse:
    """What the last search found and nobody judged yet, the most alike first."""
    now = timezone.now()
    found = page(queries.proposals(), cursor=request.GET.get("cursor", ""), order="-score", size=SIZE)
    lines = proposal_lines(list(found.items), request.LANGUAGE_CODE, timezone.localdate(now))
    search = queries.last_search()
    context = {
        "page": found,
        "lines": _said(lines, request.LANGUAGE_CODE),
        "search": search,
        "step": _steps(search.step) if search else "",
        "law": law_now(now),
        "may_edit": request.member.may(Permission.RECOMMENDATION_EDIT),
    }
    return render(request, "recommendations/proposals.html", context)


@require_safe
@requires(Permission.RECOMMENDATION_READ)
def clusters(request: MemberRequest) -> HttpResponse:
    """What people confirmed to be the same, with the years in which it was asked; the largest first."""
    now = timezone.now()
    found = page(queries.clusters(), cursor=request.GET.get("cursor", ""), order="-size", size=SIZE)
    context = {
        "page": found,
        "lines": cluster_lines(list(found.items), request.LANGUAGE_CODE, timezone.localdate(now)),
        "law": law_now(now),
        "may_edit": request.member.may(Permission.RECOMMENDATION_EDIT),
    }
    return render(request, "recommendations/clusters.html", context)


@require_POST
@requires(Permission.RECOMMENDATION_EDIT)
def begin_search(request: MemberRequest) -> HttpResponse:
    """Ask the worker to look; the page shows how far it is."""
    services.begin_search(by=request.member, at=timezone.now())
    return redirect("recommendations:proposals")


@require_safe
@requires(Permission.RECOMMENDATION_READ)
def progress(request: MemberRequest, search_id: UUID) -> HttpResponse:
    """How far a search is, asked every two seconds by the page; at the end the page is loaded anew."""
    search = queries.running(search_id)
    response = render(
        request, "recommendations/progress.html", {"search": search, "step": _steps(search.step)}
    )
    if search.ended_at is not None:
        response["HX-Refresh"] = "true"
    return response


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def confirm(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Say which of those that were found ask the same; those left out are kept apart."""
    on = timezone.localdate()
    [line] = proposal_lines([queries.proposal(proposal_id)], request.LANGUAGE_CODE, on)
    members = [
        (each.row.number, f"{each.row.number} ({each.row.document}, {each.issued.shown}): {each.words}")
        for each in line.members
    ]
    form = ProposalForm(posted(request), members=members)
    if not form.is_bound:
        form.fields["numbers"].initial = [number for number, _words in members]
    [(_line, why)] = _said([line], request.LANGUAGE_CODE)
    return perform(
        request, form, "", back=reverse("recommendations:proposals"), template="recommendations/confirm.html",
        do=lambda: services.confirm(
            by=request.member, proposal_id=proposal_id, numbers=form.cleaned_data["numbers"], at=timezone.now()
        ),
        done=_("Confirmed."), line=line, why=why,
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def reject(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Say that none of those that were found belong together."""
    queries.proposal(proposal_id)
    return perform(
        request, Form(posted(request)), "", back=reverse("recommendations:proposals"), template="web/confirm.html",
        do=lambda: services.reject(by=request.member, proposal_id=proposal_id, at=timezone.now()),
        done=_("Rejected."), act=_("None of these belong together"),
        consequences=[_("No later search joins any two of them again. What was confirmed before stays.")],
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def take_out(request: MemberRequest, number: str) -> HttpResponse:
    """Say that one does not ask what the others of its cluster ask."""
    queries.one(number)
    return perform(
        request, Form(posted(request)), number, template="web/confirm.html",
        do=lambda: services.take_out(by=request.member, number=number, at=timezone.now()),
        done=_("Taken out."), act=_("This one asks something else"),
        consequences=[_("It is kept apart from the others, in every later search too.")],
    )  # fmt: skip
