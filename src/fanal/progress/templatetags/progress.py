"""`{% load progress %}`: states, reasons, periods and numbers in the reader's words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fanal.plans.rules import IndicatorLine, MeasureLine, PlanLine
from fanal.progress import queries
from fanal.progress.queries import Standing
from fanal.progress.rules import Period, period_of
from fanal.web.templatetags.fanal import tag

register = template.Library()


@register.filter
def title(value: MeasureLine | IndicatorLine | PlanLine) -> str:
    """`{{ line|title }}`: its title in the reader's language."""
    return value.title(get_language() or "en")


@register.filter
def of(names: Mapping[str, str], code: str) -> str:
    """`{{ names|of:line.lead }}`: the name behind a code, or the code."""
    return names.get(code, code)


@register.filter
def sign(standing: Standing) -> str:
    """`{{ standing|sign }}`: the sign of the state; decorative, the word stands beside it."""
    return queries.SIGNS[standing.state.code]


@register.filter
def word(standing: Standing) -> str:
    """`{{ standing|word }}`: the word of the state."""
    return queries.state_words(standing.state.code)


@register.filter
def state_tag(standing: Standing) -> SafeString:
    """`{{ standing|state_tag }}`: sign, word and tone."""
    found = queries.state_tag(standing.state.code)
    return tag(found.text, found.tone)


@register.filter
def why(standing: Standing) -> str:
    """`{{ standing|why }}`: the reason of the state in one sentence."""
    return queries.reason_words(standing.state.reason, standing.line, standing.task.rhythm.months)


@register.filter
def due_on(standing: Standing, period: Period) -> date:
    """`{{ standing|due_on:period }}`: the last day of reporting for a period."""
    return period.due_on(standing.task.rhythm)


@register.filter
def evaluated(standing: Standing) -> str:
    """`{{ standing|evaluated }}`: realised, partly or not, once the plan is over."""
    return str(queries.EVALUATIONS[standing.evaluation]) if standing.evaluation else ""


@register.filter
def period(value: Period | str) -> str:
    """`{{ row.period_code|period }}`: a period in words."""
    found = period_of(value) if isinstance(value, str) else value
    return queries.period_words(found) if found else str(value)


@register.filter
def number(value: Decimal | None) -> str:
    """`{{ value|number }}`: `1 234,5`; nothing for None."""
    return "" if value is None else queries.number_words(value)


@register.filter
def link(address: str) -> SafeString:
    """`{{ piece.value|link }}`: a web address that opens, named by its host and path."""
    parts = urlsplit(address)
    return format_html(
        '<a href="{}" rel="noreferrer nofollow">{}</a>', address, f"{parts.netloc}{parts.path}"[:80]
    )


@register.filter
def count(counts: Mapping[str, int], code: str) -> int:
    """`{{ owing.counts|count:code }}`: how many are in a state."""
    return counts.get(code, 0)


@register.filter
def unlocal(value: float) -> str:
    """`{{ spot.x|unlocal }}`: a number as SVG reads it, whatever the reader's language."""
    return f"{value:g}"


@register.filter
def less(value: float, by: int) -> str:
    """`{{ spot.x|less:4 }}`: the corner of a square around a point."""
    return f"{value - by:g}"
