"""Written procedures between meetings."""

from datetime import datetime, time

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies import queries as bodies
from fanal.country import queries as country
from fanal.country.rules import due_on
from fanal.directory import queries as directory
from fanal.minutes import queries, services
from fanal.minutes.forms import ProcedureForm, StandForm, WithdrawForm
from fanal.minutes.queries import Asked, Stand
from fanal.minutes.views.common import act, seat_units
from fanal.web.acts import posted, require_form
from fanal.web.cursors import page
from fanal.web.forms import Form


def _url(name: str, *parts: str) -> str:
    return reverse(f"minutes:{name}", args=parts)


@require_safe
@requires(Permission.MEETING_READ)
def written_list(request: MemberRequest) -> HttpResponse:
    """The written procedures of the reader's bodies, the latest first."""
    eye = queries.sight(request.member, timezone.now())
    names = {each.code: each.label(request.member.language) for each in bodies.everybody(eye.on)}
    found = page(queries.procedures(eye), cursor=request.GET.get("cursor", ""), order="-opened_at")
    context = {
        "page": found,
        "lines": [(row, names.get(row.body, row.body)) for row in found.items],
        "prepares": [(code, names.get(code, code)) for code in eye.prepares],
        "now": timezone.now(),
    }
    return render(request, "minutes/written_list.html", context)


def _asked(request: MemberRequest, reference: str) -> tuple[Asked, queries.Sight, datetime]:
    now = timezone.now()
    eye = queries.sight(request.member, now)
    return queries.asked(queries.procedure(reference, eye), eye, now), eye, now


@require_safe
@requires(Permission.MEETING_READ)
def written(request: MemberRequest, reference: str) -> HttpResponse:
    """One written procedure: its text, what each seat answered, how it stands and why."""
    found, eye, now = _asked(request, reference)
    row, mine = found.row, eye.seats[found.row.body]
    running = row.closed_at is None and row.withdrawn_at is None
    count = found.count
    result = row.result or {
        "yes": count.yes, "no": count.no, "abstain": count.abstain, "silent": count.silent,
        "reason": count.reason.value,
    }  # fmt: skip
    context = {
        "row": row,
        "reference": row.reference,
        "answers": [
            (seat.label, Stand(said.stand).label if said else "", said.words if said else "")
            for seat in found.seats
            if seat.votes
            for said in [found.answers.get(seat.id)]
        ],
        "tally": queries.words.tally(result),
        "reason": queries.words.reason(result["reason"]),
        "adopted": row.adopted if row.closed_at else count.adopted,
        "rule": found.rule.label.get(request.member.language),
        "to_verify": found.rule.to_verify,
        "owners": directory.labels(row.owners, request.member.language).values(),
        "may_answer": running and mine.votes and now <= row.deadline,
        "may_close": running and mine.prepares and count.adopted is not None,
        "may_withdraw": running and mine.prepares,
        "now": now,
    }
    return render(request, "minutes/written.html", context)


@require_form
@requires(Permission.MEETING_PREPARE)
def open_procedure(request: MemberRequest, code: str) -> HttpResponse:
    """Put a text to the seats of a body in writing."""
    now = timezone.now()
    on = timezone.localdate(now)
    bodies.demand_prepares(code, request.member, on)
    law = country.law(on)
    soonest = datetime.combine(
        due_on(law.term("written_answer"), on, law.calendar), time(18), timezone.get_current_timezone()
    )
    units = seat_units(bodies.seats(code, on), request.member.language)
    form = ProcedureForm(posted(request), units=units, deadline=soonest)

    def do() -> None:
        data = form.cleaned_data
        services.open_procedure(
            by=request.member, body_code=code, title=data["title"], text=data["text"], deadline=data["deadline"],
            owners=[int(each) for each in data["owners"]], due_on=data["due_on"], at=timezone.now(),
        )  # fmt: skip

    body = bodies.body(code, on)
    return act(
        request, form, do=do, done=_("The text was put to the seats; each is told."), back=_url("written_list"),
        heading=_("Put a text to the seats in writing"),
        lead=_("%(body)s decides between two meetings: each seat answers until the deadline.")
        % {"body": body.label(request.member.language)},
        reference=body.short(request.member.language),
    )  # fmt: skip


@require_form
@requires(Permission.VOTE)
def answer(request: MemberRequest, reference: str) -> HttpResponse:
    """Answer for one's own seat."""
    found, eye, _now = _asked(request, reference)
    said = found.answers.get(eye.seats[found.row.body].id)
    initial = {"stand": said.stand, "words": said.words} if said else {}
    form = StandForm(posted(request), initial=initial)
    return act(
        request, form,
        do=lambda: services.answer(
            by=request.member, reference=reference, stand=form.cleaned_data["stand"],
            words=form.cleaned_data["words"], at=timezone.now(),
        ),
        done=_("Your answer is noted. You may change it until the deadline."), back=_url("written", reference),
        heading=_("Answer in writing"), lead=found.row.title, reference=found.row.reference,
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def close_procedure(request: MemberRequest, reference: str) -> HttpResponse:
    """Close a written procedure whose result stands."""
    found, _eye, _now = _asked(request, reference)
    adopted = found.count.adopted
    consequence = _("It is adopted and enters the register.") if adopted else _("It is not adopted.")
    return act(
        request, Form(posted(request)),
        do=lambda: services.close_procedure(by=request.member, reference=reference, at=timezone.now()),
        done=_("The written procedure is closed."), back=_url("written", reference), template="web/confirm.html",
        act=_("Close the written procedure"), reference=found.row.reference,
        consequences=[f"{consequence} {queries.words.reason(found.count.reason.value)}."],
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def withdraw_procedure(request: MemberRequest, reference: str) -> HttpResponse:
    """Withdraw a text."""
    found, _eye, _now = _asked(request, reference)
    form = WithdrawForm(posted(request))
    return act(
        request, form,
        do=lambda: services.withdraw_procedure(
            by=request.member, reference=reference, why=form.cleaned_data["why"], at=timezone.now()
        ),
        done=_("The text is withdrawn."), back=_url("written", reference), heading=_("Withdraw the text"),
        lead=found.row.title, reference=found.row.reference,
    )  # fmt: skip
