"""The bodies of the coordination: who sits there, how often they meet, what is urgent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access import queries as access
from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies import forms, queries, rules, services
from fanal.bodies.rules import SeatHeld, SeatKind
from fanal.country import queries as country
from fanal.country.schema import Cadence, VoteRule
from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.web.acts import keep, posted, require_form
from fanal.web.forms import Form, respond


@require_safe
@requires(Permission.BODY_READ)
def bodies(request: MemberRequest) -> HttpResponse:
    """Every body, the member's own first."""
    on = timezone.localdate()
    mine = queries.my_seats(request.member, on)
    law = country.law(on)
    rows = [
        {
            "body": it,
            "name": it.label(request.LANGUAGE_CODE),
            "cadence": law.get(Cadence, it.cadence) if law.has(Cadence, it.cadence) else None,
            "seat": mine.get(it.code),
            "kind": law.label("body_kind", it.kind) if law.has_code("body_kind", it.kind) else None,
        }
        for it in queries.everybody(on)
    ]
    own = [row for row in rows if row["seat"]]
    return render(request, "bodies/list.html", {"own": own, "others": [r for r in rows if not r["seat"]]})


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat as a page shows it."""

    seat: SeatHeld
    kind: str
    units: str
    people: object


def _rows(seats: tuple[SeatHeld, ...], on: date, language: str) -> list[SeatRow]:
    names = directory.labels({unit for seat in seats for unit in seat.unit_ids}, language)
    people = queries.people([seat.id for seat in seats], on, language)
    kinds = dict(queries.SeatKinds.choices)
    return [
        SeatRow(
            seat,
            str(kinds[seat.kind]),
            ", ".join(names[it] for it in seat.unit_ids if it in names),
            [it for it in people.get(seat.id, ()) if it.valid_from <= on],
        )
        for seat in seats
    ]


def _day(form: Form, field: str, otherwise: date) -> date:
    return (form.is_valid() and form.cleaned_data.get(field)) or otherwise


@require_safe
@requires(Permission.BODY_READ)
def body(request: MemberRequest, code: str) -> HttpResponse:
    """One body: its seats on a day, its rules with their sources, the urgent meetings that were asked for."""
    member, now = request.member, timezone.now()
    today = timezone.localdate(now)
    form = forms.DayForm(request.GET if "on" in request.GET else None)
    on = _day(form, "on", today)
    found = queries.body(code, today)
    seat = queries.my_seat(code, member, today)
    law = country.law(today)
    context = {
        "body": found,
        "name": found.label(request.LANGUAGE_CODE),
        "form": form,
        "on": on,
        "today": on == today,
        "now": now,
        "rows": _rows(queries.seats(code, on), on, request.LANGUAGE_CODE),
        "seat": seat,
        "prepares": seat is not None and seat.prepares and member.may(Permission.MEETING_PREPARE),
        "may_found": seat is not None and seat.prepares and member.may(Permission.BODY_EDIT),
        "may_ask": seat is not None
        and seat.kind is not SeatKind.OBSERVER
        and member.may(Permission.MEETING_ASK),
        "requests": queries.requests(code, member, today) if seat else (),
        "keeper": found.unit.label(request.LANGUAGE_CODE),
        "cadence": law.get(Cadence, found.cadence) if law.has(Cadence, found.cadence) else None,
        "vote_rule": law.get(VoteRule, found.vote_rule) if law.has(VoteRule, found.vote_rule) else None,
        "groups": [it for it in queries.everybody(today) if it.prepares_for == code and it.kind == "group"],
    }
    return respond(request, "bodies/body.html", form, **{k: v for k, v in context.items() if k != "form"})


@require_safe
@requires(Permission.BODY_READ)
def history(request: MemberRequest, code: str) -> HttpResponse:
    """The composition of two days side by side, and the days on which it changed."""
    today = timezone.localdate()
    found = queries.body(code, today)
    days = queries.changes(code)
    form = forms.TwoDaysForm(request.GET if request.GET else None)
    after = _day(form, "after", today)
    before = _day(form, "before", next((day for day in days if day.year > 1900 and day < after), after))
    earlier, later = queries.seats(code, before), queries.seats(code, after)
    language = request.LANGUAGE_CODE
    then = {row.seat.id: row for row in _rows(earlier, before, language)}
    now = {row.seat.id: row for row in _rows(later, after, language)}
    pairs = [
        (it, it.before and then[it.before.id], it.after and now[it.after.id])
        for it in rules.what_changed(earlier, later)
    ]
    context = {
        "body": found,
        "name": found.label(language),
        "pairs": pairs,
        "before": before,
        "after": after,
        "days": [day for day in days if day.year > 1900][:40],
    }
    return respond(request, "bodies/history.html", form, **context)


def _act(
    request: MemberRequest,
    form: Form,
    back: str,
    *,
    do: Callable[[], object],
    done: str,
    heading: str,
    lead: str = "",
    submit: str = "",
) -> HttpResponse:
    """Show the form of an act, or do it, say so and go back to the body."""
    return keep(
        request, form, "bodies/act.html", do=do, done=done, back=back, heading=heading, lead=lead,
        submit=submit or _("Save"),
    )  # fmt: skip


def _back(code: str) -> str:
    return reverse("bodies:body", args=[code])


def _seat(seat_id: UUID, request: MemberRequest) -> SeatHeld:
    """A seat of today or later of a body that the member prepares; `NotFound`, `NotAllowed`."""
    found = queries.seat(seat_id)
    queries.demand_prepares(found.body_code, request.member, timezone.localdate())
    return found


@require_form
@requires(Permission.MEETING_PREPARE)
def seat_person(request: MemberRequest, seat_id: UUID) -> HttpResponse:
    """Name somebody in a seat."""
    seat, now = _seat(seat_id, request), timezone.now()
    today = timezone.localdate(now)
    colleagues = access.members_of(set(seat.unit_ids), today)
    choices = [(it.id, f"{it.account.name}, {it.unit.short(request.LANGUAGE_CODE)}") for it in colleagues]
    form = forms.PersonForm(posted(request), members=choices, today=today)
    return _act(
        request, form, _back(seat.body_code),
        do=lambda: services.seat_person(
            by=request.member, seat_id=seat_id, membership_id=form.cleaned_data["member"],
            substitute=form.cleaned_data["substitute"], valid_from=form.cleaned_data["valid_from"],
            valid_to=form.cleaned_data["valid_to"], at=now,
        ),
        done=_("The composition is changed."), heading=_("Name somebody in this seat"),
        lead=_("%(seat)s. Once somebody is named, only those named sit there and read its papers.")
        % {"seat": seat.label},
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def unseat_person(request: MemberRequest, sitting_id: UUID) -> HttpResponse:
    """End somebody's sitting."""
    sitting = queries.sitting(sitting_id)
    seat = _seat(sitting.seat_id, request)
    form = forms.LastDayForm(posted(request))
    return _act(
        request, form, _back(seat.body_code),
        do=lambda: services.unseat_person(
            by=request.member, sitting_id=sitting_id, last_day=form.cleaned_data["last_day"], at=timezone.now()
        ),
        done=_("The composition is changed."), heading=_("Until when does this person sit there?"),
        lead=sitting.membership.account.name,
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def add_seat(request: MemberRequest, code: str) -> HttpResponse:
    """A new seat."""
    now = timezone.now()
    today = timezone.localdate(now)
    queries.demand_prepares(code, request.member, today)
    units = [(it.id, it.label(request.LANGUAGE_CODE)) for it in directory.units(on=today) if it.roles]
    form = forms.SeatForm(posted(request), units=sorted(units, key=lambda it: it[1].casefold()), today=today)
    return _act(
        request, form, _back(code),
        do=lambda: services.add_seat(
            by=request.member, body_code=code, kind=SeatKind(form.cleaned_data["kind"]),
            unit_ids=form.cleaned_data["units"], name=form.cleaned_data["name"],
            valid_from=form.cleaned_data["valid_from"], valid_to=form.cleaned_data["valid_to"], at=now,
        ),
        done=_("The composition is changed."), heading=_("Add a seat"),
        lead=_("From its first day on the services that hold it read the papers of the body."),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def end_seat(request: MemberRequest, seat_id: UUID) -> HttpResponse:
    """End a seat."""
    seat = _seat(seat_id, request)
    form = forms.LastDayForm(posted(request))
    return _act(
        request, form, _back(seat.body_code),
        do=lambda: services.end_seat(
            by=request.member, seat_id=seat_id, last_day=form.cleaned_data["last_day"], at=timezone.now()
        ),
        done=_("The composition is changed."), heading=_("Until when is this seat there?"), lead=seat.label,
    )  # fmt: skip


@require_form
@requires(Permission.BODY_EDIT)
def found_group(request: MemberRequest, code: str) -> HttpResponse:
    """A working group of a body."""
    now = timezone.now()
    today = timezone.localdate(now)
    queries.demand_prepares(code, request.member, today)
    form = forms.GroupForm(posted(request), today=today)
    return _act(
        request, form, _back(code),
        do=lambda: services.found_group(
            by=request.member, parent_code=code, name=form.cleaned_data["name"],
            prefix=form.cleaned_data["letters"], valid_from=form.cleaned_data["valid_from"], at=now,
        ),
        done=_("The working group is there."), heading=_("Found a working group"),
        lead=_("Your service keeps its papers and holds its chair; add the other seats afterwards."),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_ASK)
def ask_meeting(request: MemberRequest, code: str) -> HttpResponse:
    """Ask for an urgent meeting."""
    now = timezone.now()
    if queries.demand_seat(code, request.member, timezone.localdate(now)).kind is SeatKind.OBSERVER:
        raise NotFound
    form = forms.AskForm(posted(request))
    return _act(
        request, form, _back(code),
        do=lambda: services.ask_meeting(by=request.member, body_code=code, at=now, **form.cleaned_data),
        done=_("The request is made; all members see the clock."), heading=_("Ask for an urgent meeting"),
        lead=_("A clock runs in view of all members until the meeting is convened or refused with a reason."),
        submit=_("Ask for the meeting"),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def convene(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """Answer an urgent request with a day."""
    asked = _asked(request, request_id)
    form = forms.ConveneForm(posted(request))
    return _act(
        request, form, _back(asked.body.code),
        do=lambda: services.convene(by=request.member, request_id=request_id, at=timezone.now(), **form.cleaned_data),
        done=_("All members are told."), heading=_("Convene the urgent meeting"), lead=asked.reason,
        submit=_("Convene"),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def refuse_meeting(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """Refuse an urgent request with a reason."""
    asked = _asked(request, request_id)
    form = forms.RefuseForm(posted(request))
    return _act(
        request, form, _back(asked.body.code),
        do=lambda: services.refuse_meeting(
            by=request.member, request_id=request_id, at=timezone.now(), **form.cleaned_data
        ),
        done=_("All members are told."), heading=_("Refuse the urgent meeting"), lead=asked.reason,
        submit=_("Refuse"),
    )  # fmt: skip


def _asked(request: MemberRequest, request_id: UUID) -> queries.Request:
    on = timezone.localdate()
    asked = queries.request(request_id, request.member, on)
    queries.demand_prepares(asked.body.code, request.member, on)
    return asked
