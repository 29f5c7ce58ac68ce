"""Thirty years of plans: four in force at any time, five years each, a hundred and fifty measures in every one."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from time import perf_counter

from django.db import transaction
from django.utils import timezone

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.config.bench.results import Result
from fanal.directory import queries as directory
from fanal.plans import queries, rules
from fanal.plans.models import Benchmark, Heading, Indicator, Level, Measure, Plan, Version
from fanal.plans.services.carrying import compared_text
from fanal.plans.services.writing import folded

YEARS, LENGTH, AT_ONCE, MEASURES = 30, 5, 4, 150
CHAPTERS = 10
COMPARING_S = 30
WORDS = (
    "train", "inform", "connect", "equip", "evaluate", "inspect", "protect", "detect", "refer", "guards", "harbour",
    "consulate", "guardian", "hospital", "construction", "motorway", "interpreter", "bank", "youth", "court",
    "register", "database", "leaflet", "hotline", "shelter", "circular",
)  # fmt: skip


def fill(*, scale: float, members: Mapping[str, Member]) -> None:
    """Plans one after the other, four side by side, the last ones in force; each with one amendment."""
    by = members["chair"]
    today = timezone.localdate()
    rounds = max(1, round(YEARS / LENGTH * min(scale, 1)))
    leads = [each.code for each in directory.institutions(today)]
    measures = max(10, round(MEASURES * min(scale, 1)))
    with acting_as(by), transaction.atomic():
        for nth in range(rounds):
            first = date(today.year - LENGTH * (rounds - nth) + LENGTH - 1, 1, 1)
            for beside in range(AT_ONCE):
                _plan(f"bench-{nth}-{beside}", first, measures, leads, beside)
        Version.objects.update(created_by=by.person_id)  # adopted here: from now on none of it changes


def _plan(code: str, first: date, measures: int, leads: Sequence[str], beside: int) -> None:
    at = datetime.combine(first, time(9), tzinfo=UTC)
    last = date(first.year + LENGTH - 1, 12, 31)
    plan = Plan.objects.create(
        code=code, titles={"en": f"Measured plan {code}"}, phenomena=[], synthetic=True, created_at=at,
        next_number=measures + 1,
    )  # fmt: skip
    for number, day in ((1, first), (2, date(first.year + 2, 7, 1))):
        version = Version.objects.create(
            plan=plan, number=number, starts_on=first, ends_on=last, effective_on=day, adopted_on=day,
            act="Measured", created_at=at,
        )  # fmt: skip
        chapters = Heading.objects.bulk_create(
            Heading(
                version=version, level=Level.CHAPTER, position=n, number=str(n), titles={"en": f"Chapter {n}"}
            )
            for n in range(1, CHAPTERS + 1)
        )
        rows = Measure.objects.bulk_create(
            _measure(plan, version, chapters[n % CHAPTERS], n, leads, beside) for n in range(measures)
        )
        indicators = Indicator.objects.bulk_create(_indicator(row, last) for row in rows)
        Benchmark.objects.bulk_create(
            Benchmark(indicator=each, on=date(first.year + year, 12, 31), value=10 * (year + 1))
            for each in indicators
            for year in range(LENGTH - 1)
        )


def _measure(
    plan: Plan, version: Version, heading: Heading, n: int, leads: Sequence[str], beside: int
) -> Measure:
    picked = [WORDS[(n * step + beside * 5 + 3) % len(WORDS)] for step in (1, 3, 7, 11)]
    titles = {"en": f"{' '.join(picked)} {n}", "fr": f"{' '.join(reversed(picked))} {n}"}
    key, number = f"{plan.code}-{n + 1:02d}", f"{n % CHAPTERS + 1}.{n // CHAPTERS + 1}"
    return Measure(
        version=version, heading=heading, key=key, position=n, number=number, titles=titles,
        texts={"en": " ".join(WORDS[(n + step) % len(WORDS)] for step in range(20))},
        lead=leads[n % len(leads)], starts_on=version.starts_on, ends_on=version.ends_on,
        budget_cents=None if n % 3 else n * 100_000, words=folded(key, number, titles),
    )  # fmt: skip


def _indicator(row: Measure, last: date) -> Indicator:
    return Indicator(
        measure=row, key=f"{row.key}.1", position=1, titles={"en": "Share done"}, unit="%", baseline=Decimal(0),
        target=Decimal(100), target_on=last,
    )  # fmt: skip


def _last() -> str:
    found = Plan.objects.filter(code__startswith="bench-").order_by("code").values_list("code", flat=True)
    return max(found, key=lambda code: int(code.split("-")[1]))


def pages() -> Sequence[tuple[str, str, str]]:
    """(label, who reads, address) of each page of plans."""
    code = _last()
    return (
        ("Plans", "chair", "/plans/"),
        ("A plan by chapters", "correspondent", f"/plans/{code}/"),
        ("A measure", "correspondent", f"/plans/measures/{code}-07/"),
        ("What changed between two versions", "chair", f"/plans/{code}/versions/"),
        ("Measures by their words", "chair", "/plans/find/?q=guards+harbour"),
        ("Plans, for the public", "", "/plans/public/"),
        ("A plan, for the public", "", f"/plans/public/{code}/"),
        ("A plan as a workbook", "chair", f"/plans/{code}/export/xlsx/"),
    )


def others(*, scale: float) -> Iterator[Result]:
    """How long it takes to compare the measures of a plan with all those before it."""
    version = Version.objects.filter(plan=_last(), number=2).get()
    started = perf_counter()
    new = [compared_text(line) for line in queries.measures_of(version.pk, indicators=False)]
    old = [compared_text(line) for line in queries.older_measures(version, timezone.localdate())]
    found = rules.likenesses(new, old)
    note = f"{len(new)} measures with {len(old)} older ones: {len(found)} likenesses, scale {scale:g}"
    yield Result("Measures that come back", perf_counter() - started, "s", most=COMPARING_S, note=note)
