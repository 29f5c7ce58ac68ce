"""Bring the groups of a file through the intake of alerts, one alert for each person, as often as one likes."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Protocol
from uuid import UUID, uuid5

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.alerts.queries.submissions import recorded
from fanal.alerts.rules import Report
from fanal.country import queries as country
from fanal.country.schema import Text
from fanal.directory import services as directory
from fanal.errors import Invalid, Refusal

from .mapping import group_of, missing_codes, report_of
from .rows import BadLine, Group, Line, Sheet
from .totals import Checked, compare

BATCH = 250  # persons in a transaction: a broken import loses at most these, and starts there again
NAMESPACE = UUID("7f0c3a52-6f0e-5b57-9a43-3d3e9cf2a1b4")
SOURCE = "Home Office, National Referral Mechanism and Duty to Notify statistics (Open Government Licence)"
MECHANISM = Text(
    fr="Royaume-Uni, mécanisme national d’orientation",
    nl="Verenigd Koninkrijk, nationaal doorverwijzingsmechanisme",
    de="Vereinigtes Königreich, nationaler Verweismechanismus",
    en="United Kingdom, National Referral Mechanism",
)


@dataclass(frozen=True)
class Imported:
    """What became of one file: its lines, the persons that are new and that were there, what could not be taken,
    and its totals compared with the database."""

    sheet: Sheet
    new: int
    known: int
    seconds: float
    bad: tuple[BadLine, ...]
    totals: tuple[Checked, ...]


class Step(Protocol):
    """Tells how many persons were looked at since the last time."""

    def __call__(self, persons: int) -> None: ...


@dataclass(frozen=True, slots=True)
class _Person:
    line: Line
    nth: int
    key: str


def load(sheet: Sheet, *, at: datetime, step: Step) -> Imported:
    """Record each person of a file once, whatever was recorded of it before, and compare the totals.

    Refused with `Invalid`: a country that lacks one of the codes that the file needs (`country_lacks_codes`).
    """
    law = country.law(timezone.localdate(at))
    missing = missing_codes(law)
    if missing:
        raise Invalid("country_lacks_codes", f"The country pack has no {', '.join(missing)}.")
    started, days = perf_counter(), _days(sheet, law.on)
    members = _members(sheet, days, at)
    new, refused = 0, dict[int, BadLine]()
    for responder, persons in _batches(sheet):
        with acting_as(members[responder]):
            new += _record(persons, members[responder], days, at, refused)
        step(len(persons))
    seconds = perf_counter() - started
    found = _found(sheet, members)
    known = sum(found.values()) - new
    totals = compare(sheet.totals, found)
    return Imported(sheet, new, known, seconds, (*sheet.bad, *refused.values()), totals)


def _record(
    persons: Sequence[_Person], by: Member, days: tuple[date, date], at: datetime, refused: dict[int, BadLine]
) -> int:
    reports = {
        line: report_of(line.group, first_day=days[0], last_day=days[1])
        for line in dict.fromkeys(person.line for person in persons)
    }
    try:
        return _record_all(persons, reports, by, at)
    except Refusal:
        # One line spoils all of them: each is tried alone, and those that may not come in are named.
        for line, report in list(reports.items()):
            try:
                alerts.plan(by=by, report=report, at=at)
            except Refusal as refusal:
                refused[line.number] = BadLine(line.number, refusal.field, str(refusal.message))
                del reports[line]
        return _record_all(persons, reports, by, at)


def _record_all(persons: Sequence[_Person], reports: Mapping[Line, Report], by: Member, at: datetime) -> int:
    wanted = {person.key: reports[person.line] for person in persons if person.line in reports}
    return len(alerts.record_all(by=by, reports=wanted, at=at))


def _batches(sheet: Sheet) -> Iterator[tuple[str, list[_Person]]]:
    by_responder: dict[str, list[_Person]] = defaultdict(list)
    for line in sheet.leaves:
        assert line.group.responder is not None
        by_responder[line.group.responder] += [
            _Person(line, nth, f"{sheet.digest}:{line.number}:{nth}") for nth in range(line.people)
        ]
    for responder, persons in by_responder.items():
        for first in range(0, len(persons), BATCH):
            yield responder, persons[first : first + BATCH]


def _found(sheet: Sheet, members: Mapping[str, Member]) -> Counter[Group]:
    """The persons of this file that the database holds, counted by their groups, as each source sees them."""
    found: Counter[Group] = Counter()
    for responder, persons in _batches(sheet):
        with acting_as(members[responder]):
            rows = recorded(members[responder], [person.key for person in persons])
        found.update(group_of(row, responder) for row in rows)
    return found


def _days(sheet: Sheet, today: date) -> tuple[date, date]:
    """The quarter that the file's name tells (`…2023_q1…`), else the year until today."""
    told = re.search(r"(20\d\d)_q([1-4])", sheet.path.name)
    if told is None:
        return today.replace(month=1, day=1), today
    year, quarter = int(told[1]), int(told[2])
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return date(year, quarter * 3 - 2, 1), min(following - timedelta(days=1), today)


@transaction.atomic
def _members(sheet: Sheet, days: tuple[date, date], at: datetime) -> dict[str, Member]:
    """A member for each responder: an account that nobody can log in with, in a unit of its own."""
    responders = dict.fromkeys(line.group.responder for line in sheet.lines if line.group.responder)
    codes = {name: _code(name) for name in responders}
    units = directory.add_sources(
        institution=("uk-nrm", MECHANISM),
        institution_kind="foreign",
        units=[(code, name) for name, code in codes.items()],
        unit_kind="foreign",
        source=SOURCE,
        valid_from=days[0],
        valid_to=days[1],
        at=at,
    )
    account, _ = get_user_model().objects.get_or_create(
        email="uk-nrm@import.invalid", defaults={"name": MECHANISM.en, "is_active": False, "password": "!"}
    )
    return {
        name: Member(
            person_id=account.id,
            membership_id=uuid5(NAMESPACE, codes[name]),
            unit_id=units[codes[name]].id,
            unit_code=codes[name],
            unit_kind=units[codes[name]].kind,
            role=Role.OFFICER,
            language=account.language,
        )
        for name in responders
    }


def _code(responder: str) -> str:
    return "uk-nrm-" + re.sub(r"[^a-z0-9]+", "-", responder.casefold()).strip("-")[:50]
