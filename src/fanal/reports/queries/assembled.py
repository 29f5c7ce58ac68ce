"""Sections that fill themselves from what the other capabilities hold, in the language in force.

Only what everybody may read goes in: an edition is read by all, so no restricted decision and no draft does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.reports.models import Report
from fanal.statistics import queries as statistics
from fanal.statistics.rules import FigureLine

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """What a section shows: nodes as an edition keeps them (`table`, `chart`, `text`), and the figures it prints."""

    nodes: list[Json]
    codes: tuple[str, ...] = ()


def part(name: str, row: Report, language: str, by: Member, on: date) -> Part:
    """The content of a kind of section; empty words where there is nothing to show."""
    found = _MAKERS[name](row, language, by, on)
    return found if found.nodes else Part([{"text": _("There is nothing to show for this period.")}])


def _figures(row: Report, language: str, by: Member, on: date) -> Part:
    """Tables of the protected figures of the period by counting unit, and a chart of each that has several years.

    The numbers are references: what contradicts another figure waits for a choice like any other.
    """
    law = country.law(on)
    lines = statistics.of_period(by, row.starts_on, row.ends_on)
    nodes: list[Json] = []
    for unit, same in groupby(lines, key=lambda line: line.matter.counting_unit):
        nodes += _unit(list(same), law.label("counting_unit", unit).get(language), law, language)
    return Part(nodes, tuple(line.code for line in lines))


def _unit(lines: Sequence[FigureLine], unit: str, law: Law, language: str) -> list[Json]:
    rows = []
    for line in lines:
        _name, phenomenon, form, breakdown = statistics.parts(line.matter, law, language)
        limits = ", ".join(word for word in (form, breakdown) if word) or "–"
        rows.append([line.matter.period, phenomenon, limits, {"figure": line.code}, line.source])
    header = [_("Period"), _("Phenomenon"), _("Limited to"), _("Value"), _("Source")]
    nodes: list[Json] = [{"table": {"caption": unit, "header": header, "rows": rows}}]
    plain = [
        line
        for line in lines
        if not line.matter.form and not line.matter.breakdown and line.value is not None
    ]
    periods = sorted({line.matter.period for line in plain})
    if len(periods) > 1:
        nodes.append({"chart": _chart(plain, periods, unit, law, language)})
    return nodes


def _chart(lines: Sequence[FigureLine], periods: Sequence[str], unit: str, law: Law, language: str) -> Json:
    phenomena = sorted({line.matter.phenomenon for line in lines})
    first: dict[tuple[str, str], FigureLine] = {}
    for line in lines:
        first.setdefault((line.matter.phenomenon, line.matter.period), line)
    series = [
        {
            "name": law.label("phenomenon", phenomenon).get(language),
            "values": [
                value.code if (value := first.get((phenomenon, period))) else None for period in periods
            ],
        }
        for phenomenon in phenomena
    ]
    alternative = _("%(unit)s from %(first)s to %(last)s; the numbers stand in the table before.") % {
        "unit": unit,
        "first": periods[0],
        "last": periods[-1],
    }
    caption = _("%(unit)s by period") % {"unit": unit}
    return {
        "head": _("Period"), "unit": unit, "categories": list(periods), "series": series, "caption": caption,
        "alternative": alternative,
    }  # fmt: skip


def _plans(row: Report, language: str, by: Member, on: date) -> Part:  # noqa: ARG001
    return Part([])


def _decisions(row: Report, language: str, by: Member, on: date) -> Part:  # noqa: ARG001
    return Part([])


def _recommendations(row: Report, language: str, by: Member, on: date) -> Part:  # noqa: ARG001
    return Part([])


_MAKERS: Mapping[str, Callable[[Report, str, Member, date], Part]] = {
    "figures": _figures,
    "plans": _plans,
    "decisions": _decisions,
    "recommendations": _recommendations,
}
