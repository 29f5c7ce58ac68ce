"""What became of the alerts: counts by outcome. No alert without an account."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.alerts.models import Alert, Tally
from fanal.alerts.rules import protected


@dataclass(frozen=True, slots=True)
class Cell:
    """How many alerts stand at an outcome (empty: still open). `count` None: fewer than five, not shown."""

    outcome: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """Alerts recorded in a year by what became of them. `exact`: the reader's own figures, not rounded."""

    year: int
    cells: tuple[Cell, ...]
    total: int | None
    exact: bool


def own_funnel(by: Member, year: int) -> Funnel:
    """The exact figures of the alerts that the member's own unit recorded in a year."""
    rows = (
        visible(Alert, by)
        .filter(owner_unit_id=by.unit_id, recorded_at__year=year)
        .values("outcome")
        .annotate(n=Count("id"))
        .order_by("outcome")
    )
    counts = {row["outcome"]: row["n"] for row in rows}
    cells = tuple(Cell(outcome, n) for outcome, n in counts.items())
    return Funnel(year, cells, sum(counts.values()), exact=True)


def national_funnel(year: int, *, unit_kind: str = "", form: str = "") -> Funnel:
    """The figures of the whole country, as those see them who read no alert: small ones hidden, others rounded.

    Reads counts only; no alert is opened. Cells and total are protected each on its own (`rules.protected`).
    """
    rows = Tally.objects.filter(month__gte=date(year, 1, 1), month__lte=date(year, 12, 31))
    if unit_kind:
        rows = rows.filter(unit_kind=unit_kind)
    if form:
        rows = rows.filter(form=form)
    sums = rows.values("outcome").annotate(n=Sum("alerts")).order_by("outcome")
    counts = {row["outcome"]: row["n"] for row in sums if row["n"]}
    cells = tuple(Cell(outcome, protected(n)) for outcome, n in counts.items())
    return Funnel(year, cells, protected(sum(counts.values())), exact=False)


def years(at: datetime) -> tuple[int, ...]:
    """The years that have counts, newest first, this one included."""
    found = Tally.objects.annotate(year=ExtractYear("month")).values_list("year", flat=True).distinct()
    return tuple(sorted({at.year, *found}, reverse=True))
