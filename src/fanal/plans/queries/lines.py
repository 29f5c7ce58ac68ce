"""Plans and measures as frozen lines, for the pages and for every capability above."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from fanal.access.vault import plain
from fanal.errors import NotFound
from fanal.plans import rules
from fanal.plans.models import Benchmark, Heading, Indicator, Level, Measure, Version
from fanal.plans.rules import HeadingLine, IndicatorLine, MeasureLine, PlanLine, State, VersionLine
from fanal.reading import is_reading, once

IN_ORDER = (
    Coalesce("heading__parent__position", "heading__position"),
    F("heading__parent").asc(nulls_first=True),
    "heading__position",
    "position",
)
"""Measures as the plan prints them: by chapter; those directly in it, then objective by objective."""
FOUND = 100
"""Measures that one search answers at most; who finds more says more words."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every version there is, by plan, in the order of their numbers: one statement, some dozens of rows."""

    rows: Mapping[str, Sequence[Version]]

    def counted(self, code: str, on: date) -> Version | None:
        """The version of a plan that counts on a day."""
        rows = self.rows.get(code, ())
        found = rules.in_force([version_line(row) for row in rows], on)
        return None if found is None else next(row for row in rows if row.number == found.number)

    def state(self, code: str, on: date) -> State:
        return rules.state([version_line(row) for row in self.rows[code]], on)

    def running(self, on: date) -> list[Version]:
        """The versions that count on a day, of the plans in force."""
        codes = (code for code in self.rows if self.state(code, on) is State.IN_FORCE)
        return [row for code in codes if (row := self.counted(code, on)) is not None]


@once
def _shelf(*codes: str) -> Shelf:
    rows = Version.objects.select_related("plan").order_by("plan_id", "number")
    found: dict[str, list[Version]] = defaultdict(list)
    for row in rows.filter(plan__in=codes) if codes else rows:
        found[row.plan_id].append(row)
    return Shelf(found)


def all_shelves() -> Shelf:
    """Every version of every plan. One statement."""
    return _shelf()


def plans(on: date, *, drafts: bool = False) -> tuple[PlanLine, ...]:
    """Every plan as it stands on a day, the youngest first; `drafts`: also those nobody adopted. Two statements."""
    shelf = _shelf()
    counts = dict(Measure.objects.values_list("version").annotate(n=Count("pk")).order_by())
    return _plans(shelf, shelf.rows, on, counts, drafts=drafts)


def _plans(
    shelf: Shelf, codes: Iterable[str], on: date, counts: Mapping[UUID, int], *, drafts: bool
) -> tuple[PlanLine, ...]:
    found = (_plan(shelf, code, on, counts, drafts=drafts) for code in codes)
    return tuple(
        sorted(
            (each for each in found if each),
            key=lambda each: (each.version.starts_on, each.code),
            reverse=True,
        )
    )


def plan(code: str, on: date, *, drafts: bool = False) -> PlanLine:
    """One plan as it stands on a day; `NotFound`. Two statements."""
    shelf = _shelf(code)
    ids = [row.pk for row in shelf.rows.get(code, ())]
    counts = dict(Version.objects.filter(pk__in=ids).annotate(n=Count("measures")).values_list("pk", "n"))
    found = _plan(shelf, code, on, counts, drafts=drafts) if ids else None
    if found is None:
        raise NotFound
    return found


def in_force(on: date) -> tuple[PlanLine, ...]:
    """The plans in force on a day. None at all is a state that is said out loud."""
    shelf = _shelf()
    running = {row.plan_id: row.pk for row in shelf.running(on)}
    rows = Measure.objects.filter(version__in=running.values())
    counts = dict(rows.values_list("version").annotate(n=Count("pk")).order_by())
    return _plans(shelf, running, on, counts, drafts=False)


def _plan(shelf: Shelf, code: str, on: date, counts: Mapping[UUID, int], *, drafts: bool) -> PlanLine | None:
    rows = shelf.rows[code]
    draft = next((row for row in rows if row.adopted_on is None), None)
    adopted = [row for row in rows if row.adopted_on is not None]
    if not adopted and not drafts:
        return None
    counted = shelf.counted(code, on) or (adopted[0] if adopted else rows[0])
    return PlanLine(
        code=code,
        phenomena=tuple(counted.plan.phenomena),
        titles=counted.plan.titles,
        synthetic=counted.plan.synthetic,
        state=shelf.state(code, on),
        version=version_line(counted),
        measures=counts.get(counted.pk, 0),
        has_draft=drafts and draft is not None,
    )


def version_lines(code: str, *, drafts: bool = False) -> tuple[VersionLine, ...]:
    """The versions of a plan, the first one first; empty for a plan that does not exist."""
    rows = _shelf(code).rows.get(code, ())
    return tuple(version_line(row) for row in rows if drafts or row.adopted_on is not None)


def version_line(row: Version) -> VersionLine:
    """A version as a value."""
    names = VersionLine.__dataclass_fields__
    return VersionLine(**{name: getattr(row, name) for name in names})


# Measures


def measures(plan_code: str, on: date) -> tuple[MeasureLine, ...]:
    """The measures of the version of a plan that counts on a day, in its order, with their indicators.

    Of a plan that is closed, those of its last version; empty before the first adoption. Four statements.
    """
    counted = _shelf(plan_code).counted(plan_code, on)
    return () if counted is None else measures_of(counted.pk)


def measures_of(*version_ids: UUID, indicators: bool = True) -> tuple[MeasureLine, ...]:
    """The measures of these versions, each in its order."""
    return _lines(Measure.objects.filter(version__in=version_ids), indicators=indicators)


def measures_led_by(institution_code: str, on: date) -> tuple[MeasureLine, ...]:
    """The measures that an institution leads in the plans in force on a day, plan by plan, in their order."""
    return _lines(Measure.objects.filter(version__in=_running(on), lead=institution_code))


def measures_in_force(on: date) -> tuple[MeasureLine, ...]:
    """Every measure of the plans in force on a day, plan by plan, in their order. One statement, or four for each
    plan that was not read before."""
    rows = sorted(_shelf().running(on), key=lambda row: (-row.starts_on.toordinal(), row.plan_id, row.pk))
    return tuple(line for row in rows for line in _text(row))


def _text(row: Version) -> tuple[MeasureLine, ...]:
    """What was adopted here never changes (the database refuses), so that it is read once. What a country delivers may
    be completed, and an act that is under way may still be undone: these are read each time."""
    stays = row.adopted_on is not None and row.created_by is not None and is_reading()
    return _kept(row.pk) if stays else measures_of(row.pk)


@lru_cache(maxsize=32)
def _kept(version: UUID) -> tuple[MeasureLine, ...]:
    return measures_of(version)


def _running(on: date) -> list[UUID]:
    return [row.pk for row in _shelf().running(on)]


def measure(key: str, on: date) -> MeasureLine:
    """A measure as the last version by that day that has it says; `NotFound` for one that no adopted version has.

    An amendment may have dropped it: then its `version` is not the one that counts.
    """
    row = _current([key], on).get(key)
    if row is None:
        raise NotFound
    return _lines(Measure.objects.filter(pk=row))[0]


def lines(keys: Collection[str], on: date) -> dict[str, MeasureLine]:
    """{key: its line} of adopted measures, without indicators: to name what others refer to. Two statements.

    Keys that no adopted version has are left out.
    """
    ids = _current(keys, on).values()
    return {line.key: line for line in _lines(Measure.objects.filter(pk__in=ids), indicators=False)}


def find_measures(text: str, on: date, *, plan_code: str = "") -> tuple[MeasureLine, ...]:
    """The measures of which each typed word begins a word: their key, number and texts, in any language.

    In one plan, or in all that were adopted by that day; 100 at most, without indicators. An empty text finds nothing.
    """
    typed = plain(text).split()
    if not typed:
        return ()
    shelf = _shelf(plan_code) if plan_code else _shelf()
    ids = [row.pk for code in shelf.rows if (row := shelf.counted(code, on)) is not None]
    said = Q()
    for word in typed:
        said &= Q(words__contains=f" {word}")
    found = Measure.objects.filter(said, version__in=ids).order_by(
        "-version__starts_on", "version", "position"
    )
    return _lines(Measure.objects.filter(pk__in=[row.pk for row in found[:FOUND]]), indicators=False)


def _current(keys: Collection[str], on: date) -> dict[str, UUID]:
    """{key: the row of the last version effective by that day}."""
    rows = (
        Measure.objects.filter(key__in=set(keys), version__effective_on__lte=on)
        .order_by("version__number")
        .values_list("key", "pk")
    )
    return dict(rows)


_COPIED = (
    "key", "number", "titles", "texts", "lead", "starts_on", "ends_on", "budget_cents", "funding", "source",
    "to_verify",
)  # fmt: skip
_LISTS = ("co_leads", "contacts", "sdgs", "objectives", "principles", "sisters")
_BESIDE = ("pk", "version__plan_id", "version__number", "heading__anchor", "heading__parent__anchor")
_MEASURED = ("key", "titles", "unit", "baseline", "baseline_on", "target", "target_on")


def _lines(rows: QuerySet[Measure], *, indicators: bool = True) -> tuple[MeasureLine, ...]:
    """As plain values: a page of a plan has a hundred and fifty of them, and rows would take twice as long."""
    ordered = rows.order_by("-version__starts_on", "version__plan", "version", *IN_ORDER)
    found = list(ordered.values(*_COPIED, *_LISTS, *_BESIDE))
    by_measure = _indicators(rows) if indicators else {}
    return tuple(_line(row, by_measure.get(row["pk"], ())) for row in found)


def _line(row: Mapping[str, Any], indicators: tuple[IndicatorLine, ...]) -> MeasureLine:
    values = {name: row[name] for name in _COPIED} | {name: tuple(row[name]) for name in _LISTS}
    return MeasureLine(
        plan_code=row["version__plan_id"],
        version=row["version__number"],
        heading=str(row["heading__anchor"]),
        chapter=str(row["heading__parent__anchor"] or row["heading__anchor"]),
        indicators=indicators,
        **values,
    )


def _indicators(measures: QuerySet[Measure]) -> dict[UUID, tuple[IndicatorLine, ...]]:
    """Asked for by the same condition as the measures: hundreds of keys would take as long to write as to read."""
    wanted = measures.order_by().values("pk")
    rows = list(
        Indicator.objects.filter(measure__in=wanted)
        .order_by("measure", "position")
        .values("pk", "measure_id", *_MEASURED)
    )
    marks: dict[UUID, list[tuple[date, Decimal]]] = defaultdict(list)
    benchmarks = Benchmark.objects.filter(indicator__measure__in=wanted).order_by("on")
    for indicator, on, value in benchmarks.values_list("indicator_id", "on", "value"):
        marks[indicator].append((on, value))
    found: dict[UUID, list[IndicatorLine]] = defaultdict(list)
    for row in rows:
        values = {name: row[name] for name in _MEASURED}
        found[row["measure_id"]].append(IndicatorLine(**values, benchmarks=tuple(marks[row["pk"]])))
    return {key: tuple(value) for key, value in found.items()}


def headings(plan_code: str, version: int) -> tuple[HeadingLine, ...]:
    """The chapters of a version in their order, each followed by its objectives."""
    rows = Heading.objects.filter(version__plan=plan_code, version__number=version).select_related("parent")
    ordered = list(rows.order_by("position", "number"))
    found: list[Heading] = []
    for chapter in (row for row in ordered if row.level == Level.CHAPTER):
        found += [chapter, *(row for row in ordered if row.parent_id == chapter.pk)]
    return tuple(
        HeadingLine(
            anchor=str(row.anchor),
            level=row.level,
            parent=str(row.parent.anchor) if row.parent else "",
            number=row.number,
            titles=row.titles,
        )
        for row in found
    )
