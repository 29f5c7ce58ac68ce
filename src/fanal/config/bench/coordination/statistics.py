"""A register of ten thousand figures: thirty years, every unit, several sources that do not agree."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from fanal.access.rules import Member
from fanal.country import queries as country
from fanal.statistics.queries import Figure

FIGURES = 10_000
_SOURCES = 3


def fill(*, scale: float, members: Mapping[str, Member]) -> None:  # noqa: ARG001
    """Figures by year, unit, phenomenon and breakdown; one in ten is contradicted by another source."""
    now = timezone.now()
    law = country.law(now.date())
    units = [code.code for code in law.codes("counting_unit")]
    breakdowns = ["", *(code.code for code in law.codes("figure_breakdown"))]
    wanted = max(200, round(FIGURES * min(scale, 1)))
    rows = []
    for n in range(wanted):
        year = now.year - 30 + n % 30
        unit, breakdown = units[n // 30 % len(units)], breakdowns[n // (30 * len(units)) % len(breakdowns)]
        source = n // (30 * len(units) * len(breakdowns)) % _SOURCES
        rows.append(
            Figure(
                code=f"bench-{n}",
                version=1,
                counting_unit=unit,
                phenomenon="smuggling",
                breakdown=breakdown,
                period=str(year),
                starts_on=date(year, 1, 1),
                ends_on=date(year, 12, 31),
                value=100 + n % 97 + (7 * source if n % 10 == 0 else 0),
                status="known",
                definitions={"en": "Counted for the measurement"},
                source=f"Measured source {source}",
                protected=True,
                synthetic=True,
                recorded_at=now,
            )
        )
    Figure.objects.bulk_create(rows, batch_size=2000)


def pages() -> Sequence[tuple[str, str, str]]:
    """The pages of the register."""
    return (
        ("Figures", "chair", "/figures/"),
        ("Figures, filtered", "correspondent", "/figures/?counting_unit=signal&since=2010&until=2020"),
        ("One figure and its series", "chair", "/figures/bench-0/"),
        ("Contradictions", "chair", "/figures/conflicts/"),
    )
