"""The large database made ready: who reads in it, what lies in it, what will be sent to it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import psycopg
from django.db import transaction
from django.utils import timezone

from fanal.access.rules import Member
from fanal.alerts.rules import Report
from fanal.config.commands.console import Tell
from fanal.config.demo import staff
from fanal.config.demo.figures import DETECTORS
from fanal.config.demo.stories import stories
from fanal.config.demo.world import World
from fanal.country import queries as country

from . import filling, house
from .measures import Field, sample
from .results import Result

DETAILS = 5  # alerts opened in a round
FULL, LEAST = 60, 6  # rounds of a measure at full scale, and at any
Kinds = Mapping[str, Sequence[Member]]


def prepare(folder: Path, *, scale: float, tell: Tell) -> tuple[Field, list[Result]]:
    """Fill the house in a folder, look whether its walls are right, and say what to measure in it."""
    today = timezone.localdate()
    by_kind = _people(today)
    office, centre, recorder = (by_kind[kind][0] for kind in ("immigration_cell", "centre", "inspection"))
    few, many = by_kind["local_police"][:2]
    alerts = max(int(filling.ALERTS * scale), 400)
    with house.superuser(folder) as db:
        found = _fill(db, by_kind, few, many, alerts=alerts, today=today, tell=tell)
        references = _references(db, office, alerts)
    rounds = max(int(FULL * min(scale * 4, 1)), LEAST)
    field = Field(
        folder=folder,
        readers={
            "an office that sees most": office,
            "a centre that sees a quarter": centre,
            "a police zone that sees little": many,
        },
        few=few,
        many=many,
        references=sample(references, rounds * DETAILS),
        reports=_reports(),
        recorder=recorder,
        rounds=rounds,
    )
    return field, found


def _people(today: date) -> Kinds:
    with transaction.atomic():
        members = staff.first(staff.hire("bench", on=today), on=today)
    by_kind: dict[str, list[Member]] = {}
    for member in members.values():
        by_kind.setdefault(member.unit_kind, []).append(member)
    return by_kind


def _fill(
    db: psycopg.Connection, by_kind: Kinds, few: Member, many: Member, *, alerts: int, today: date, tell: Tell
) -> list[Result]:
    crowd = filling.Crowd(
        detectors=_weighted(by_kind, but={few.unit_id, many.unit_id}),
        office=by_kind["immigration_cell"][0].unit_id,
        centres=[member.unit_id for member in by_kind["centre"]],
        magistrates=[member.unit_id for kind in ("parquet", "auditorat") for member in by_kind[kind]],
        few=few,
        many=many,
    )
    law = country.law(today)
    signs = [each.code for each in law.indicators()][:40]
    started = perf_counter()
    steps = filling.fill(db, crowd, alerts=alerts, signs=signs, duty=law.duties()[0].code)
    for done, step in enumerate(steps):
        tell(f"Filling: {step}", done + 1, filling.STEPS)
    note = "{:,} alerts, {:,} persons, {:,} grants, written by the database".format(*_counts(db))
    wrong = filling.wrong_walls(db, 500)
    return [
        Result("Filling", perf_counter() - started, "s", note=note),
        Result("Rows whose wall the triggers would change", wrong, "", most=0, note="of 500 compartments"),
    ]


def _weighted(by_kind: Kinds, *, but: set[int]) -> list[int]:
    """The units that record alerts, each as often as its kind does."""
    return [
        member.unit_id
        for kind, share in DETECTORS.items()
        for member in by_kind.get(kind, ())
        if member.unit_id not in but
        for _ in range(max(1, round(20 * share / len(by_kind[kind]))))
    ]


def _counts(db: psycopg.Connection) -> list[int]:
    found = db.execute(
        "SELECT (SELECT count(*) FROM alerts_alert), (SELECT count(*) FROM alerts_person),"
        " (SELECT count(*) FROM access_grant)"
    ).fetchone()
    return list(found or ())


def _references(db: psycopg.Connection, reader: Member, alerts: int) -> list[str]:
    """References of alerts of all years that the reader may open."""
    rows = db.execute(
        "SELECT reference FROM alerts_alert WHERE acl && ARRAY[%s]::int[] AND random() < %s LIMIT 5000",
        [reader.unit_id, min(1, 5000 / alerts)],
    )
    return [reference for (reference,) in rows]


def _reports() -> list[Report]:
    """Reports with a person or two, as the demonstration invents them."""
    world = World(country.pack(), ZoneInfo(timezone.get_default_timezone_name()))
    told = stories("bench", world, until=timezone.now(), scale=0.02)
    found = [story.report for story in told if 1 <= len(story.report.persons) <= 2]
    return [report for report in found if not report.handling][-40:]
