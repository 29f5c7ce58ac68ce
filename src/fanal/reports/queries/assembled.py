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
from fanal.decisions import queries as decisions
from fanal.directory import queries as directory
from fanal.progress import queries as progress
from fanal.recommendations import queries as recommendations
from fanal.reports.models import Report
from fanal.statistics import queries as statistics
from fanal.statistics.rules import FigureLine

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """What a section shows: nodes as an edition keeps them (`table`, `chart`, `text`), and the figures it prints."""

    nodes: list[Json]
    codes: tuple[str, ...] = ()


Maker = Callable[[str], Part]


def maker(name: str, row: Report, by: Member, on: date) -> Maker:
    """What fills a kind of section, read once; the result gives its content in a language, which is in force."""
    make = _MAKERS[name](row, by, on)

    def made(language: str) -> Part:
        found = make(language)
        return found if found.nodes else Part([{"text": _("There is nothing to show for this period.")}])

    return made


def _figures(row: Report, by: Member, on: date) -> Maker:
    """Tables of the protected figures of the period by counting unit, and a chart of each that has several years.

    The numbers are references: what contradicts another figure waits for a choice like any other.
    """
    law = country.law(on)
    lines = statistics.of_period(by, row.starts_on, row.ends_on)

    def made(language: str) -> Part:
        nodes: list[Json] = []
        for unit, same in groupby(lines, key=lambda line: line.matter.counting_unit):
            nodes += _unit(list(same), law.label("counting_unit", unit).get(language), law, language)
        return Part(nodes, tuple(line.code for line in lines))

    return made


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


def _plans(row: Report, by: Member, on: date) -> Maker:  # noqa: ARG001
    """Each plan in force on the last day of the period, or else until now: its measures with their reviewed states."""
    day = min(row.ends_on, on)
    found = progress.by_plan(day, reviewed_only=True)
    names = {each.code: each for each in directory.institutions(on=day)}

    def made(language: str) -> Part:
        if not found:
            return Part([{"text": _("No plan is in force on %(day)s.") % {"day": f"{day:%d.%m.%Y}"}}])
        nodes: list[Json] = []
        for plan, standings in found:
            rows = [
                [
                    each.line.number,
                    each.line.title(language),
                    names[each.line.lead].label(language) if each.line.lead in names else "–",
                    str(progress.STATES[each.state.code]),
                ]
                for each in standings
            ]
            if plan.synthetic:
                nodes.append({"text": _("Synthetic: the measures of this plan are invented.")})
            header = [_("Number"), _("Measure"), _("Lead"), _("State")]
            nodes.append({"table": {"caption": plan.title(language), "header": header, "rows": rows}})
        return Part([node for node in nodes if "table" not in node or node["table"]["rows"]])

    return made


def _decisions(row: Report, by: Member, on: date) -> Maker:  # noqa: ARG001
    """The public extracts of decisions taken in the period: nothing else of a body is for every reader."""
    found = list(decisions.extracts().filter(taken_on__range=(row.starts_on, row.ends_on))[:500])

    def made(language: str) -> Part:  # noqa: ARG001
        rows = [[each.number, f"{each.taken_on:%d.%m.%Y}", each.title, each.text] for each in found]
        if not rows:
            return Part([])
        header = [_("Number"), _("Taken on"), _("Decision"), _("Words")]
        return Part(
            [{"table": {"caption": _("Public decisions of the period"), "header": header, "rows": rows}}]
        )

    return made


def _recommendations(row: Report, by: Member, on: date) -> Maker:  # noqa: ARG001
    """The recommendations issued until the end of the period, with the position that the government stated."""
    law = country.law(on)
    wanted = recommendations.recommendations(recommendations.Filters(), on).filter(issued_on__lte=row.ends_on)
    if row.subject:
        wanted = wanted.filter(document__icontains=row.subject)
    found = list(wanted.order_by("body", "-issued_on", "number")[:1000])

    def made(language: str) -> Part:
        nodes: list[Json] = []
        for body, same in groupby(found, key=lambda each: each.body):
            rows = [
                [
                    each.number,
                    each.document,
                    each.words.get(language) or each.words.get("en") or next(iter(each.words.values()), ""),
                    _label(law, "recommendation_position", each.position, language) or _("no position yet"),
                ]
                for each in same
            ]
            header = [_("Number"), _("Document"), _("Recommendation"), _("Position")]
            caption = _label(law, "recommendation_body", body, language)
            nodes.append({"table": {"caption": caption, "header": header, "rows": rows}})
        return Part(nodes)

    return made


def _label(law: Law, list_code: str, code: str, language: str) -> str:
    return law.label(list_code, code).get(language) if law.has_code(list_code, code) else code


WITH_FIGURES = frozenset({"figures"})
_MAKERS: Mapping[str, Callable[[Report, Member, date], Maker]] = {
    "figures": _figures,
    "plans": _plans,
    "decisions": _decisions,
    "recommendations": _recommendations,
}
