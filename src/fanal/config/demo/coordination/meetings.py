"""Ten years of meetings: the Bureau by months, with months in which it did not meet; the Cell as sources tell it.

How often the Cell met follows the press (De Morgen, March 2023): once a year since 2018, not in 2020, and
in December 2022 after an urgent request of that summer. Days, places and every item are invented and say so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.config.commands.console import Tell
from fanal.country import queries as country
from fanal.meetings import queries, services
from fanal.meetings.queries import Meeting
from fanal.meetings.rules.series import Rule, days

from . import minutes
from .bodies import preparer, sitting
from .company import Company

SYNTHETIC = "Inventé pour la démonstration. / Verzonnen voor de demonstratie."
BUREAU = (
    "État du projet de formulaire commun", "Stand van zaken van de opleidingen", "Liste des points de contact",
    "Vertaling van de onthaalbrochure", "Préparation du rapport bisannuel", "Overleg met de deelstaten",
    "Suivi de la dernière réunion des arrondissements", "Voorstel van planning voor volgend jaar",
    "Questions parlementaires récentes", "Afstemming met het expertisenetwerk",
)  # fmt: skip
CELL = (
    "Avis sur le projet de formulaire commun", "Vaststelling van de prioriteiten voor het volgende jaar",
    "Financement des centres", "Opvolging van de aanbevelingen", "Calendrier du prochain rapport",
)  # fmt: skip
CLOSED = "Point confidentiel pour la présidence"
QUIET = (7, 8)
"""Months without a Bureau: an invention, like the other months that it misses."""
WITH_PAPERS = timedelta(days=420)
"""So far back the meetings have agendas and sessions; of older ones the day is known."""
_ZONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Gathering:
    """A meeting of the past: of which body, on which day."""

    body: str
    on: date


def play(company: Company, *, tell: Tell) -> None:
    """The meetings of the past, the later ones with their sessions; then the drafts of the year to come."""
    past = sorted(_past(company), key=lambda each: (each.on, each.body))
    for done, each in enumerate(past):
        tell("Inventing meetings", done, len(past))
        _meet(company, each, done)
    _to_come(company)
    tell("Inventing meetings", len(past), len(past))


def _past(company: Company) -> Iterator[_Gathering]:
    calendar = country.law(company.until.date()).calendar
    since, until = timezone.localdate(company.since), timezone.localdate(company.until) - _ZONE_DAY
    chance = company.chance("months without a Bureau")
    for day in days(Rule(1, 2, 1, since + timedelta(days=40), until), calendar):
        if day.on <= until and day.on.month not in QUIET and not chance.happens(0.12):
            yield _Gathering("bureau", day.on)
    for year in range(since.year, until.year + 1):
        for month in _cell_months(year):
            on = calendar.next_working_day(date(year, month, 15))
            if since + timedelta(days=40) < on <= until:
                yield _Gathering("cell", on)


def _cell_months(year: int) -> tuple[int, ...]:
    if year < 2018:
        return (5, 11)
    return {2020: (), 2022: (12,)}.get(year, (6,))


def _meet(company: Company, each: _Gathering, nth: int) -> None:
    begins = datetime.combine(each.on, time(9, 30), timezone.get_current_timezone())
    by = preparer(company, each.body, each.on)
    if begins < company.until - WITH_PAPERS:
        with acting_as(by):
            services.record_held(by=by, body_code=each.body, begins_at=begins, at=begins + _ZONE_DAY)
        return
    _propose(company, each, begins, nth)
    with acting_as(by):
        row = services.plan(
            by=by, body_code=each.body, begins_at=begins, minutes=150, place="Salle 3 / Zaal 3",
            at=begins - timedelta(days=30),
        )  # fmt: skip
        services.convene(by=by, reference=row.reference, at=begins - timedelta(days=21))
        services.set_agenda(by=by, reference=row.reference, at=begins - timedelta(days=5))
    unit, role = _key(company, by)
    minutes.sit(company, row.reference, unit=unit, role=role)
    if each.body == "bureau" and each.on.month in (4, 5, 10):
        _send_to_cell(by, row, begins)


def _key(company: Company, by: Member) -> tuple[str, Role]:
    return next(key for key, member in company.members.items() if member == by)


def _propose(company: Company, each: _Gathering, begins: datetime, nth: int) -> None:
    chance = company.chance(f"items of {each.body} {each.on}")
    members = [member for member, seat in sitting(company, each.body, each.on) if seat.votes or seat.prepares]
    titles = chance.sample(BUREAU if each.body == "bureau" else CELL, 2)
    for title in titles:
        by = chance.choice(members)
        with acting_as(by):
            services.propose(
                by=by, body_code=each.body, title=f"{title} ({each.on:%m/%Y})", text=SYNTHETIC,
                aim=chance.choice(("information", "opinion", "decision")), minutes=chance.choice((10, 15, 20)),
                at=begins - timedelta(days=25),
            )  # fmt: skip
    if nth % 8 == 3:
        _for_few(company, each, begins)


def _for_few(company: Company, each: _Gathering, begins: datetime) -> None:
    """A restricted item now and then, for who prepares and who proposes it."""
    by = preparer(company, each.body, each.on)
    with acting_as(by):
        other = next(seat for seat in bodies.seats(each.body, each.on) if seat.kind == "chair")
        services.propose(
            by=by, body_code=each.body, title=CLOSED, text=SYNTHETIC, aim="information", minutes=10, seats=[other.id],
            at=begins - timedelta(days=24),
        )  # fmt: skip


def _send_to_cell(by: Member, row: Meeting, begins: datetime) -> None:
    """What the Bureau prepared goes to the Cell: the first ordinary item that its session left open."""
    at = begins + timedelta(hours=3)
    with acting_as(by):
        eye = queries.sight(by, timezone.localdate(at))
        if "cell" not in eye.seats:
            return
        lines = queries.agenda(queries.meeting(row.reference, eye), eye)
        left = [
            line for line in lines if line.source == "member" and not line.outcome and not line.restricted
        ]
        for line in left[:1]:
            services.settle(
                by=by, point_id=line.point_id, outcome="sent", to_body="cell", words=SYNTHETIC, at=at
            )


def _to_come(company: Company) -> None:
    """Drafts of the Bureau for the year to come, and items that wait for the first of them."""
    on, at = timezone.localdate(company.until), company.until - timedelta(days=12)
    by = preparer(company, "bureau", on)
    first = (on.replace(day=1) + timedelta(days=32)).replace(day=1)
    with acting_as(by):
        services.plan_series(
            by=by, body_code="bureau", rule=Rule(1, 2, 1, first, first + timedelta(days=364)), begins=time(9, 30),
            minutes=150, place="Salle 3 / Zaal 3", at=at,
        )  # fmt: skip
    _cell_to_come(company, on, at)
    members = [member for member, seat in sitting(company, "bureau", on) if seat.votes and not seat.prepares]
    for member, title in zip(members[:2], BUREAU[:2], strict=False):
        with acting_as(member):
            services.propose(
                by=member,
                body_code="bureau",
                title=f"{title} ({first:%m/%Y})",
                text=SYNTHETIC,
                aim="decision",
                at=at,
            )


def _cell_to_come(company: Company, on: date, at: datetime) -> None:
    """The Cell meets again in June: its members have the day."""
    by = preparer(company, "cell", on)
    day = country.law(on).calendar.next_working_day(date(on.year + 1, 6, 15))
    begins = datetime.combine(day, time(9, 30), timezone.get_current_timezone())
    with acting_as(by):
        row = services.plan(
            by=by, body_code="cell", begins_at=begins, minutes=150, place="Salle 3 / Zaal 3", at=at
        )
        services.convene(by=by, reference=row.reference, at=at)
