"""Acts on one recommendation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.directory import queries as directory
from fanal.errors import NotFound, Refusal
from fanal.plans import queries as plans
from fanal.recommendations import queries, services
from fanal.recommendations.forms import (
    AssessmentForm,
    DecisionForm,
    EvidenceForm,
    MeasureForm,
    PositionForm,
    RecommendationForm,
)
from fanal.recommendations.views.common import law_now, page_of, perform
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.etags import demand_match, form_version
from fanal.web.forms import Form, respond


def _form(request: MemberRequest, **options: object) -> RecommendationForm:
    now = timezone.now()
    houses = [
        (house.code, house.label(request.LANGUAGE_CODE))
        for house in directory.institutions(timezone.localdate(now))
    ]
    return RecommendationForm(
        posted(request), law=law_now(now), language=request.LANGUAGE_CODE, houses=houses, **options
    )


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def new(request: MemberRequest) -> HttpResponse:
    """Enter a recommendation."""
    form = _form(request)
    if form.is_bound and form.is_valid():
        try:
            content = services.Content(**form.values())
            row = services.record(by=request.member, content=content, at=timezone.now())
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("Entered under the number %(number)s.") % {"number": row.number})
            return redirect(page_of(row.number))
    return respond(
        request, "recommendations/act.html", form, cancel_url=reverse("recommendations:list"),
        reference="", heading=_("Enter a recommendation"), lead=_("In our own words, in one language at least."),
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def change(request: MemberRequest, number: str) -> HttpResponse:
    """Put right what the register says was asked."""
    row = queries.one(number)
    form = _form(request, initial=RecommendationForm.said(row))

    def act() -> None:
        demand_match(request, row.version)
        content = services.Content(
            **form.values(), source=row.source, to_verify=False, synthetic=row.synthetic
        )
        services.change(
            by=request.member, number=number, content=content, version=row.version, at=timezone.now()
        )

    return perform(
        request, form, number, do=act, done=_("Changed."), version=form_version(row.version),
        heading=_("Change what was asked"), lead=_("Its number stays. What you save counts as confirmed."),
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_ANSWER)
def position(request: MemberRequest, number: str) -> HttpResponse:
    """Draft or state what the government says."""
    now, member = timezone.now(), request.member
    row = queries.one(number)
    services.demand_answerer(member, row)
    draft = queries.draft(row, member)
    initial = {"position": draft.position, "reason": draft.reason} if draft else {}
    form = PositionForm(
        posted(request), law=law_now(now), language=request.LANGUAGE_CODE, today=timezone.localdate(now),
        initial=initial,
    )  # fmt: skip
    stating = "draft" not in request.POST

    def act() -> None:
        said = form.cleaned_data
        if stating:
            services.state_position(
                by=member, number=number, position=said["position"], reason=said["reason"],
                stated_on=said["stated_on"] or timezone.localdate(now), at=now,
            )  # fmt: skip
        else:
            services.draft_position(
                by=member, number=number, position=said["position"], reason=said["reason"], at=now
            )

    done = (
        _("Stated. Everybody who works here reads it now.")
        if stating
        else _("Kept. Only your service sees it.")
    )
    return perform(
        request,
        form,
        number,
        do=act,
        done=done,
        template="recommendations/position.html",
        row=row,
        mine=draft,
    )


@require_form
@requires(Permission.RECOMMENDATION_ANSWER)
def discard_draft(request: MemberRequest, number: str) -> HttpResponse:
    """Throw away the draft of the member's service."""
    return perform(
        request, Form(posted(request)), number, template="web/confirm.html", act=_("Throw the draft away"),
        do=lambda: services.discard_draft(by=request.member, number=number, at=timezone.now()),
        done=_("Thrown away."), consequences=[_("What your service drafted is gone. What was stated stays.")],
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_ASSESS)
def assess(request: MemberRequest, number: str) -> HttpResponse:
    """Add what the rapporteur finds."""
    queries.one(number)
    form = AssessmentForm(posted(request), law=law_now(timezone.now()), language=request.LANGUAGE_CODE)
    return perform(
        request, form, number,
        do=lambda: services.assess(by=request.member, number=number, at=timezone.now(), **form.cleaned_data),
        done=_("Added. Nobody else can change it."), heading=_("Assess"),
        lead=_("Your assessment stands beside the position of the government. What you found before stays."),
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_READ)
def add_measure(request: MemberRequest, number: str) -> HttpResponse:
    """Link a measure of a plan; the list is narrowed by words that stand in the address."""
    services.demand_linker(request.member, queries.one(number))
    on, words = timezone.localdate(), request.GET.get("words", "")[:200]
    found = plans.find_measures(words, on) if words else [
        line for plan in plans.in_force(on) for line in plans.measures(plan.code, on)
    ]  # fmt: skip
    choices = [(line.key, f"{line.number} {line.title(request.LANGUAGE_CODE)}") for line in found]
    form = MeasureForm(posted(request), measures=choices)
    return perform(
        request, form, number, template="recommendations/measure.html", words=words, some=bool(choices),
        do=lambda: services.add_answer(
            by=request.member, number=number, kind="measure", key=form.cleaned_data["key"], at=timezone.now()
        ),
        done=_("Linked."),
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_READ)
def add_decision(request: MemberRequest, number: str) -> HttpResponse:
    """Link a decision of the register."""
    services.demand_linker(request.member, queries.one(number))
    form = DecisionForm(posted(request))
    return perform(
        request, form, number,
        do=lambda: services.add_answer(
            by=request.member, number=number, kind="decision", key=form.cleaned_data["decision"], at=timezone.now()
        ),
        done=_("Linked."), heading=_("Link a decision"), lead=_("Only who may read the decision sees it here."),
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_READ)
def add_evidence(request: MemberRequest, number: str) -> HttpResponse:
    """Add something that shows what was done."""
    services.demand_linker(request.member, queries.one(number))
    form = EvidenceForm(posted(request))
    return perform(
        request, form, number,
        do=lambda: services.add_answer(
            by=request.member, number=number, kind="evidence", at=timezone.now(), **form.cleaned_data
        ),
        done=_("Added."), heading=_("Add evidence"),
        lead=_("A circular, a figure, a training that took place: what shows what was done. Never a person."),
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_READ)
def remove_answer(request: MemberRequest, answer_id: UUID) -> HttpResponse:
    """Take off what does not answer it after all."""
    found = queries.answer(answer_id)
    services.demand_linker(request.member, found.recommendation)
    return perform(
        request, Form(posted(request)), found.recommendation.number, template="web/confirm.html",
        do=lambda: services.remove_answer(by=request.member, answer_id=answer_id, at=timezone.now()),
        done=_("Taken off."), act=_("Take this off"), consequences=[_("It stays in the history.")],
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def close(request: MemberRequest, number: str) -> HttpResponse:
    """Close it by a decision."""
    queries.one(number)
    form = DecisionForm(posted(request))
    return perform(
        request, form, number,
        do=lambda: services.close(
            by=request.member, number=number, decision=form.cleaned_data["decision"], at=timezone.now()
        ),
        done=_("Closed."), heading=_("Close by decision"),
        lead=_("It waits for nothing more. Positions, answers and assessments stay."),
    )  # fmt: skip


@require_form
@requires(Permission.RECOMMENDATION_EDIT)
def reopen(request: MemberRequest, number: str) -> HttpResponse:
    """Open it again."""
    row = queries.one(number)
    if not row.closed_by:
        raise NotFound
    return perform(
        request, Form(posted(request)), number, template="web/confirm.html", act=_("Open it again"),
        do=lambda: services.reopen(by=request.member, number=number, at=timezone.now()),
        done=_("Opened again."), consequences=[_("The decision that closed it stays in the history.")],
    )  # fmt: skip
