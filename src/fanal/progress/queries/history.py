"""What was said of one measure: reports with their evidence, remarks and reviews, and the curves of its indicators."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language

from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.plans import queries as plans
from fanal.plans.rules import IndicatorLine, MeasureLine
from fanal.progress.models import Evidence, Remark, Report, Review, Ruling, Value
from fanal.progress.queries.standing import end_of
from fanal.progress.rules.curves import Curve, curve
from fanal.web.cursors import Page, page

REPORTS = 8
"""Reports on one page of a measure: two years of quarters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a unit said of a report: a review (`agrees` is so or not), or a remark (None)."""

    unit: str
    words: str
    at: datetime
    agrees: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A report with all that belongs to it; `reviews` and `remarks` the last one first."""

    row: Report
    unit: str
    values: Sequence[tuple[IndicatorLine | None, Value]]
    evidence: Sequence[Evidence]
    remarks: Sequence[Opinion]
    reviews: Sequence[Opinion]


def reports(line: MeasureLine, *, cursor: str = "", size: int = REPORTS) -> Page[Said]:
    """The reports on a measure, the last sent first. Seven statements however many there are."""
    found = page(Report.objects.filter(measure=line.key), cursor=cursor, size=size, order="-sent_at")
    return Page(_with_parts(found.items, line), found.next)


def report(report_id: UUID) -> tuple[Said, MeasureLine]:
    """One report and its measure as it stood; `NotFound`."""
    row = Report.objects.filter(pk=report_id).first()
    if row is None:
        raise NotFound
    line = plans.measure(row.measure, max(row.period, row.sent_at.date()))
    return _with_parts([row], line)[0], line


def _with_parts(rows: Sequence[Report], line: MeasureLine) -> list[Said]:
    ids = [row.pk for row in rows]
    indicators = {each.key: each for each in line.indicators}
    values: dict[UUID, list[Value]] = defaultdict(list)
    for value in Value.objects.filter(report__in=ids).order_by("indicator"):
        values[value.report_id].append(value)
    pieces: dict[UUID, list[Evidence]] = defaultdict(list)
    for piece in Evidence.objects.filter(report__in=ids).order_by("position"):
        pieces[piece.report_id].append(piece)
    remarks = list(Remark.objects.filter(report__in=ids).order_by("-at", "-id"))
    reviews = list(Review.objects.filter(report__in=ids).order_by("-at", "-id"))
    heard = (
        {row.unit_id for row in rows} | {row.unit_id for row in remarks} | {row.unit_id for row in reviews}
    )
    units = directory.labels(heard, get_language() or "en")
    return [
        Said(
            row=row,
            unit=units.get(row.unit_id, ""),
            values=[(indicators.get(each.indicator), each) for each in values[row.pk]],
            evidence=pieces[row.pk],
            remarks=[
                Opinion(unit=units.get(each.unit_id, ""), words=each.words, at=each.at)
                for each in remarks
                if each.report_id == row.pk
            ],
            reviews=[
                Opinion(unit=units.get(each.unit_id, ""), words=each.reason, at=each.at, agrees=each.agrees)
                for each in reviews
                if each.report_id == row.pk
            ],
        )
        for row in rows
    ]


def rulings(key: str) -> Sequence[Ruling]:
    """The decisions that dropped a measure or took it up again, the last one first."""
    return list(Ruling.objects.filter(measure=key).order_by("-at", "-id"))


# Curves


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """An indicator with its curve; `rows` is the table that says the same: day, reported, wanted."""

    indicator: IndicatorLine
    curve: Curve | None
    rows: Sequence[tuple[date, Decimal | None, Decimal | None]]
    last: tuple[date, Decimal] | None


def curves(line: MeasureLine, on: date, *, reviewed_only: bool = False) -> list[Drawn]:
    """Each indicator of a measure against its benchmarks and its target, as known on a day. One statement."""
    known = values([indicator.key for indicator in line.indicators], on, reviewed_only=reviewed_only)
    return [_drawn(indicator, known.get(indicator.key, {})) for indicator in line.indicators]


def values(
    indicators: Sequence[str], on: date, *, reviewed_only: bool = False
) -> Mapping[str, Mapping[date, Decimal]]:
    """{indicator: {day: value}} as known on a day; of a day that was reported twice the later word."""
    rows = Value.objects.filter(indicator__in=indicators, sent_at__lte=end_of(on))
    if reviewed_only:
        rows = rows.filter(Exists(Review.objects.filter(report=OuterRef("report"), at__lte=end_of(on))))
    found: dict[str, dict[date, Decimal]] = defaultdict(dict)
    for key, day, value in rows.order_by("measured_on", "sent_at", "id").values_list(
        "indicator", "measured_on", "value"
    ):
        found[key][day] = value
    return found


def _drawn(indicator: IndicatorLine, told: Mapping[date, Decimal]) -> Drawn:
    wanted = dict(indicator.benchmarks)
    if indicator.baseline is not None and indicator.baseline_on is not None:
        wanted = {indicator.baseline_on: indicator.baseline, **wanted}
    if indicator.target is not None and indicator.target_on is not None:
        wanted[indicator.target_on] = indicator.target
    ordered = sorted(told.items())
    days = sorted({*told, *wanted})
    return Drawn(
        indicator=indicator,
        curve=curve(ordered, sorted(wanted.items())),
        rows=[(day, told.get(day), wanted.get(day)) for day in days],
        last=ordered[-1] if ordered else None,
    )


# What waits for the review


def unreviewed(plan_codes: Sequence[str], since: datetime) -> QuerySet[Report]:
    """Reports on these plans since then that nobody reviewed and that no later one of their measure replaced."""
    reviewed = Review.objects.filter(report=OuterRef("pk"))
    later = Report.objects.filter(
        measure=OuterRef("measure"), period__gte=OuterRef("period"), sent_at__gt=OuterRef("sent_at")
    )
    return Report.objects.filter(~Exists(reviewed), ~Exists(later), plan__in=plan_codes, sent_at__gte=since)
