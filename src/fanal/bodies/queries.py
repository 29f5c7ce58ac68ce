"""Reading bodies and seats, and the walls of their papers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fanal.access import queries as access
from fanal.access.models import Walled
from fanal.access.rules import Member
from fanal.bodies import rules
from fanal.bodies.models import Body, Circle, Request, Seat, Sitting
from fanal.bodies.models import SeatKind as SeatKinds
from fanal.bodies.rules import SeatHeld, SeatKind
from fanal.directory import queries as directory
from fanal.errors import NotAllowed, NotFound
from fanal.reading import once
from fanal.web.waiting import Waiting

__all__ = [
    "Body",
    "Person",
    "Request",
    "SeatKinds",
    "bodies",
    "body",
    "changes",
    "circle_of",
    "closed_to",
    "compartment",
    "demand_prepares",
    "demand_seat",
    "every_seat",
    "everybody",
    "in_force",
    "locked",
    "my_seat",
    "my_seats",
    "papers",
    "people",
    "reach",
    "request",
    "requests",
    "seat",
    "seats",
    "sitting",
    "waiting",
]
W = TypeVar("W", bound=Walled)


def in_force(on: date) -> Q:
    """The condition that a dated row is so on that day, first and last day included."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


# Bodies


def body(code: str, on: date) -> Body:
    """A body that exists on a day; `NotFound`. Everybody may know that it exists."""
    found = Body.objects.select_related("unit").filter(in_force(on), code=code).first()
    if found is None:
        raise NotFound
    return found


def locked(code: str) -> Body:
    """A body whose row is locked, for an act that numbers or counts; `NotFound`."""
    found = Body.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def everybody(on: date) -> tuple[Body, ...]:
    """Every body that exists on a day, in the order of the country pack, then those that people made."""
    return tuple(Body.objects.select_related("unit").filter(in_force(on)))


def bodies(by: Member, on: date) -> tuple[Body, ...]:
    """The bodies in which the member holds a seat on a day. Three SQL statements."""
    mine = set(my_seats(by, on))
    return tuple(it for it in everybody(on) if it.code in mine)


def compartment(body_code: str) -> UUID:
    """Where the ordinary papers of a body stand; `NotFound`. Whoever holds a seat reads and contributes there."""
    found = Body.objects.filter(code=body_code).values_list("compartment_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


# Seats


def seats(body_code: str, on: date) -> tuple[SeatHeld, ...]:
    """The seats of a body on a day, in their order, with who sits there. Three SQL statements."""
    return _held(_rows(on).filter(body__code=body_code))


def every_seat(on: date) -> Mapping[str, tuple[SeatHeld, ...]]:
    """{body code: its seats on a day}, of all bodies. Three SQL statements."""
    found: dict[str, list[SeatHeld]] = defaultdict(list)
    for seat in _held(_rows(on)):
        found[seat.body_code].append(seat)
    return {code: tuple(held) for code, held in found.items()}


def _rows(on: date) -> QuerySet[Seat]:
    sitting = Sitting.objects.filter(in_force(on)).order_by("substitute", "valid_from", "id")
    return (
        Seat.objects.filter(in_force(on), Q(body__valid_to__isnull=True) | Q(body__valid_to__gte=on))
        .select_related("body")
        .prefetch_related(Prefetch("sittings", queryset=sitting, to_attr="sitting_now"))
        .order_by("body__position", "position", "code")
    )


def _held(rows: Iterable[Seat]) -> tuple[SeatHeld, ...]:
    language = get_language() or "en"
    rows = list(rows)
    unnamed = {unit_id for row in rows if not row.names for unit_id in row.unit_ids}
    names = directory.labels(unnamed, language) if unnamed else {}
    return tuple(
        SeatHeld(
            id=row.id,
            body_code=row.body.code,
            kind=SeatKind(row.kind),
            unit_ids=tuple(row.unit_ids),
            label=row.label(language) or ", ".join(names[it] for it in row.unit_ids if it in names),
            votes=row.votes,
            member_ids=tuple(it.membership_id for it in getattr(row, "sitting_now", ())),
        )
        for row in rows
    )


def seat(seat_id: UUID) -> SeatHeld:
    """A seat, past ones too, without who sits there; `NotFound`."""
    found = _held(Seat.objects.filter(pk=seat_id).select_related("body"))
    if not found:
        raise NotFound
    return found[0]


def sitting(sitting_id: UUID) -> Sitting:
    """Who sits or sat in a seat; `NotFound`."""
    found = Sitting.objects.filter(pk=sitting_id).select_related("membership__account").first()
    if found is None:
        raise NotFound
    return found


def my_seats(by: Member, on: date) -> Mapping[str, SeatHeld]:
    """{body code: the member's seat in it} on a day, in the order of the bodies. Three SQL statements at most."""
    return _by_body(_of_unit(by.unit_id, on), by)


def reach(by: Member, on: date) -> tuple[Mapping[str, SeatHeld], list[UUID]]:
    """(`my_seats`, `closed_to`) of a member on a day, the seats read once: for who needs both."""
    held = _of_unit(by.unit_id, on)
    return _by_body(held, by), _shut(held, by)


@once
def _of_unit(unit_id: int, on: date) -> tuple[SeatHeld, ...]:
    return _held(_rows(on).filter(unit_ids__contains=[unit_id]))


def _by_body(held: Iterable[SeatHeld], by: Member) -> dict[str, SeatHeld]:
    found: dict[str, list[SeatHeld]] = defaultdict(list)
    for seat in held:
        found[seat.body_code].append(seat)
    mine = {code: _mine(seats, by) for code, seats in found.items()}
    return {code: seat for code, seat in mine.items() if seat is not None}


def _mine(held: Sequence[SeatHeld], by: Member) -> SeatHeld | None:
    return rules.seat_of(held, unit_id=by.unit_id, membership_id=by.membership_id, role=by.role)


def my_seat(body_code: str, by: Member, on: date) -> SeatHeld | None:
    """The seat in which the member sits in a body on a day; None without one."""
    return _mine([seat for seat in _of_unit(by.unit_id, on) if seat.body_code == body_code], by)


def demand_seat(body_code: str, by: Member, on: date) -> SeatHeld:
    """As `my_seat`; `NotFound` without one: whoever holds no seat is not told what there is."""
    found = my_seat(body_code, by, on)
    if found is None:
        raise NotFound
    return found


def demand_prepares(body_code: str, by: Member, on: date) -> SeatHeld:
    """The member's seat of the chair or of the secretariat; `NotAllowed` (`seat_does_not_prepare`) for another seat,
    `NotFound` without any."""
    found = demand_seat(body_code, by, on)
    if not found.prepares:
        raise NotAllowed(
            "seat_does_not_prepare", _("Only the chair and the secretariat of this body do this.")
        )
    return found


# Walls


def papers(model: type[W], by: Member, on: date) -> QuerySet[W]:
    """The rows of a walled table of the coordination that the member may read: the start of every such read.

    Where a seat names persons, only those it names read what is for that seat, although the wall in the database knows
    units alone. A row in the compartment of no body and of no circle is read by its wall. Four SQL statements at most
    before the rows themselves, whatever their number.
    """
    return access.visible(model, by).exclude(compartment_id__in=closed_to(by, on))


def closed_to(by: Member, on: date) -> list[UUID]:
    """The compartments of bodies and circles that are open to the member's unit and not to her: the seats that they are
    for name other persons."""
    return _shut(_of_unit(by.unit_id, on), by)


def _shut(held: Sequence[SeatHeld], by: Member) -> list[UUID]:
    if not any(seat.member_ids for seat in held):
        return []
    mine = {seat.id for seat in held if seat.admits(by.unit_id, by.membership_id)}
    shut = {seat.body_code for seat in held} - {seat.body_code for seat in held if seat.id in mine}
    standing = Body.objects.filter(code__in=shut).values_list("compartment_id", flat=True) if shut else []
    theirs = {seat.id for seat in held} - mine
    circles = access.visible(Circle, by).filter(seat_ids__overlap=list(theirs)) if theirs else []
    return [*standing, *(it.compartment_id for it in circles if mine.isdisjoint(it.seat_ids))]


def circle_of(compartment_id: UUID, by: Member) -> tuple[UUID, ...]:
    """The ids of the seats for whom a restricted compartment is; empty for another compartment, or one not visible."""
    found = access.visible(Circle, by).filter(compartment_id=compartment_id).first()
    return tuple(found.seat_ids) if found else ()


# Urgent meetings


def requests(body_code: str, by: Member, on: date) -> Sequence[Request]:
    """The urgent meetings asked of a body, those that wait first, then the latest answers. Members of the body only."""
    rows = papers(Request, by, on).filter(body__code=body_code).select_related("unit", "body")
    return list(rows.order_by(F("answered_at").desc(nulls_first=True), "-asked_at", "id")[:20])


def request(request_id: UUID, by: Member, on: date, *, lock: bool = False) -> Request:
    """One urgent request; `NotFound`."""
    return access.one(papers(Request, by, on).select_related("body", "unit"), request_id, lock=lock)


def waiting(by: Member, at: datetime) -> Iterable[Waiting]:
    """The urgent meetings that wait for an answer: for who prepares the body, to be given; for who asked, expected."""
    on = timezone.localdate(at)
    rows = list(
        papers(Request, by, on).filter(answered_at=None).select_related("body").order_by("due_at", "id")
    )
    if not rows:
        return
    mine = my_seats(by, on)
    for row in rows:
        seat = mine.get(row.body.code)
        prepares = seat is not None and seat.prepares
        if not prepares and row.unit_id != by.unit_id:
            continue
        late = row.due_at < at
        yield Waiting(
            reference=row.body.prefix,
            url=reverse("bodies:body", args=[row.body.code]),
            act=_("Convene an urgent meeting, or refuse it")
            if prepares
            else _("An urgent meeting was asked for"),
            due_at=row.due_at,
            reason=_("Asked by a member of the body; all members see the clock."),
            state="late" if late and prepares else "week" if prepares else "waiting",
        )


# Composition over time


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who sits in a seat. `name` is that of an official, not of a person of a file."""

    sitting_id: UUID
    name: str
    unit: str
    substitute: bool
    valid_from: date
    valid_to: date | None


def people(seat_ids: Iterable[UUID], on: date, language: str) -> Mapping[UUID, Sequence[Person]]:
    """{seat id: who sits there on a day or later}, the holder first. One SQL statement."""
    rows = (
        Sitting.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), seat_id__in=list(seat_ids))
        .select_related("membership__account", "membership__unit")
        .order_by("substitute", "valid_from", "id")
    )
    found: dict[UUID, list[Person]] = defaultdict(list)
    for row in rows:
        found[row.seat_id].append(
            Person(
                sitting_id=row.id,
                name=row.membership.account.name,
                unit=row.membership.unit.short(language),
                substitute=row.substitute,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
        )
    return found


def changes(body_code: str) -> Sequence[date]:
    """The days on which the composition of a body changed, the latest first: of seats and of who sits there."""
    days: set[date] = set()
    spans = (
        Seat.objects.filter(body__code=body_code).values_list("valid_from", "valid_to"),
        Sitting.objects.filter(seat__body__code=body_code).values_list("valid_from", "valid_to"),
    )
    for first, last in (span for rows in spans for span in rows):
        days |= {first} | ({last + timedelta(days=1)} if last else set())
    return sorted(days, reverse=True)
