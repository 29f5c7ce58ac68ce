"""The bodies of the demonstration: persons named in seats, a working group, urgent meetings asked over the years."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from fanal.access.rules import Member, Permission
from fanal.access.services import acting_as
from fanal.bodies import queries, services
from fanal.bodies.rules import SeatHeld, SeatKind, seat_of
from fanal.config.commands.console import Tell
from fanal.country import queries as country

from .company import Company

ASKED = (
    "Plusieurs mineurs ont été retrouvés en une semaine dans trois arrondissements : l’accueil doit être décidé "
    "avant la prochaine réunion. (inventé)",
    "Het nieuwe formulier spreekt de richtlijn tegen; de diensten moeten weten wat zij morgen gebruiken. (verzonnen)",
)
SUMMER = "De Cel moet snel samenkomen: het is te lang geleden en er ligt te veel stil. (verzonnen)"
REFUSED = "La question est à l’ordre du jour de la réunion de la semaine prochaine. (inventé)"


def play(company: Company, *, tell: Tell) -> None:
    """A holder and a substitute in seats, a working group, three urgent requests: convened, refused, waiting."""
    tell("Inventing the bodies", 0, 3)
    _name(company)
    tell("Inventing the bodies", 1, 3)
    _group(company)
    tell("Inventing the bodies", 2, 3)
    _urgent(company)
    _summer(company)
    tell("Inventing the bodies", 3, 3)


def preparer(company: Company, body_code: str, on: date) -> Member:
    """Who prepares a body in the demonstration; LookupError where nobody does."""
    seats = queries.seats(body_code, on)
    for member in _able(company, Permission.MEETING_PREPARE):
        seat = _seat(seats, member)
        if seat is not None and seat.prepares:
            return member
    raise LookupError(f"nobody prepares {body_code!r}")


def sitting(company: Company, body_code: str, on: date) -> list[tuple[Member, SeatHeld]]:
    """Who sits in a body in the demonstration, with the seat, one member a seat."""
    found: dict[object, tuple[Member, SeatHeld]] = {}
    seats = queries.seats(body_code, on)
    for member in _able(company, Permission.MEETING_ASK):
        seat = _seat(seats, member)
        if seat is not None:
            found.setdefault(seat.id, (member, seat))
    return list(found.values())


def _seat(seats: Iterable[SeatHeld], member: Member) -> SeatHeld | None:
    return seat_of(seats, unit_id=member.unit_id, membership_id=member.membership_id, role=member.role)


def _able(company: Company, permission: Permission) -> list[Member]:
    return [member for member in company.members.values() if member.may(permission)]


def _name(company: Company) -> None:
    """Named where one person alone works for the seat: nobody of the demonstration is shut out."""
    at, on = company.since, timezone.localdate(company.since)
    by = preparer(company, "cell", on)
    units = [member.unit_id for member in company.members.values()]
    for member, seat in sitting(company, "cell", on):
        if seat.kind is SeatKind.VOTING and len(seat.unit_ids) == 1 and units.count(member.unit_id) == 1:
            with acting_as(by):
                services.seat_person(
                    by=by, seat_id=seat.id, membership_id=member.membership_id, valid_from=on, at=at
                )


def _group(company: Company) -> None:
    at = company.since + timedelta(days=90)
    on = timezone.localdate(at)
    by = preparer(company, "bureau", on)
    if not by.may(Permission.BODY_EDIT):
        return
    with acting_as(by):
        group = services.found_group(
            by=by,
            name="Groupe de travail Mineurs (inventé)",
            prefix="WGM",
            parent_code="bureau",
            valid_from=on,
            at=at,
        )
        for member, seat in sitting(company, "bureau", on)[:5]:
            if seat.unit_ids != (by.unit_id,) and member.unit_id != by.unit_id:
                services.add_seat(
                    by=by, body_code=group.code, kind=SeatKind.VOTING, unit_ids=seat.unit_ids,
                    name=seat.label if len(seat.unit_ids) > 1 else "", valid_from=on, at=at,
                )  # fmt: skip


def _urgent(company: Company) -> None:
    """One convened and one refused in the past, one that waits on the last day."""
    voting = [
        pair[0] for pair in sitting(company, "bureau", timezone.localdate(company.until)) if pair[1].votes
    ]
    asking = [member for member in voting if not _prepares(member, company)][:3]
    for nth, (member, asked) in enumerate(zip(asking, (*ASKED, ASKED[0]), strict=False)):
        at = _moment(company, nth)
        with acting_as(member):
            request = services.ask_meeting(by=member, body_code="bureau", reason=asked, at=at)
        later = at + timedelta(days=2)
        by = preparer(company, "bureau", timezone.localdate(at))
        with acting_as(by):
            if nth == 0:
                soon = timezone.localdate(later) + timedelta(days=5)
                day = country.law(soon).calendar.next_working_day(soon)
                services.convene(by=by, request_id=request.id, meets_on=day, at=later)
            elif nth == 1:
                services.refuse_meeting(by=by, request_id=request.id, reason=REFUSED, at=later)


def _summer(company: Company) -> None:
    """In the summer of 2022 the Cell was asked to meet with urgency; it met in December (press, March 2023)."""
    at = company.until.replace(year=2022, month=7, day=7, hour=11, minute=0)
    if at < company.since:
        return
    on = timezone.localdate(at)
    voting = [pair for pair in sitting(company, "cell", on) if pair[1].votes]
    asking = max(voting, key=lambda pair: len(pair[1].unit_ids))[0]  # the seat that several hold together
    with acting_as(asking):
        request = services.ask_meeting(by=asking, body_code="cell", reason=SUMMER, at=at)
    by = preparer(company, "cell", on)
    with acting_as(by):
        services.convene(
            by=by, request_id=request.id, meets_on=date(2022, 12, 15), at=at + timedelta(days=77)
        )


def _moment(company: Company, nth: int) -> datetime:
    """In office hours of a day on which offices are open, before the present."""
    span = company.until - company.since
    day = timezone.localdate(
        (company.since + span * 0.4, company.since + span * 0.7, company.until - timedelta(days=1))[nth]
    )
    while not country.law(day).calendar.is_working_day(day):
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(10, 15)))


def _prepares(member: Member, company: Company) -> bool:
    seat = queries.my_seat("bureau", member, timezone.localdate(company.until))
    return seat is not None and seat.prepares
