"""Words and pictures of the bodies. `{% load body_words %}`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from fanal.bodies.rules import Period, PeriodState

register = template.Library()

_SIGNS = {PeriodState.MET: "●", PeriodState.LATE: "◐", PeriodState.MISSED: "✕", PeriodState.OPEN: "○"}
_LEFT, _WIDE, _LINE = 48, 480, 24


@register.filter
def named(row: Any) -> str:
    """`{{ body|named }}`: the name of a body, a seat or a unit in the language of the page."""
    return str(row.label(get_language() or "en"))


def state_word(state: PeriodState) -> str:
    """The word for a state of a period."""
    return {
        PeriodState.MET: pgettext("cadence", "met"),
        PeriodState.LATE: pgettext("cadence", "late"),
        PeriodState.MISSED: pgettext("cadence", "missed"),
        PeriodState.OPEN: pgettext("cadence", "under way"),
    }[state]


def why(period: Period) -> str:
    """Why a period is as it is, in one sentence: what it takes, what was held, what was made up."""
    held = ", ".join(date_format(day, "SHORT_DATE_FORMAT") for day in period.held)
    words = {"held": len(period.held), "wanted": period.wanted, "lacking": period.lacking, "days": held}
    said = (
        _("%(held)d of %(wanted)d held: %(days)s.") % words
        if period.held
        else ngettext("None held, %(wanted)d was to be.", "None held, %(wanted)d were to be.", period.wanted)
        % words
    )
    if period.made_up:
        days = ", ".join(date_format(day, "SHORT_DATE_FORMAT") for day in period.made_up)
        said += " " + _("Made up on %(days)s.") % {"days": days}
    if period.lacking and period.state is PeriodState.LATE:
        said += " " + _("It may still be made up before the next period ends.")
    if period.lacking and period.state is PeriodState.OPEN:
        last = date_format(period.end, "SHORT_DATE_FORMAT")
        said += " " + ngettext(
            "%(lacking)d still to be held by %(last)s.", "%(lacking)d still to be held by %(last)s.", period.lacking
        ) % (words | {"last": last})  # fmt: skip
    return said


def label(period: Period) -> str:
    """`2026`, `2026-03`, `2026 T1`: a period by its first day and its length."""
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    if months == 12:
        return str(period.start.year)
    if months == 1:
        return f"{period.start:%Y-%m}"
    return f"{period.start.year} {(period.start.month - 1) // months + 1}/{12 // months}"


@register.inclusion_tag("bodies/cadence.html")
def cadence_strip(periods: Sequence[Period], title: str, id: str = "cadence") -> dict[str, object]:
    """`{% cadence_strip periods title=_("Meetings of the Bureau") %}` with `rules.cadence(…)`: one line a year, one
    mark a period, the latest year first, with the same as a table beneath. The page loads `bodies/bodies.css`."""
    years = sorted({it.start.year for it in periods}, reverse=True)
    count = {state: sum(it.state is state for it in periods) for state in PeriodState}
    over = len(periods) - count[PeriodState.OPEN]
    return {
        "id": id,
        "title": title,
        "sentence": _(
            "Of %(over)d periods that are over, %(met)d were met, %(late)d late, %(missed)d missed."
        )
        % {"over": over, **{state.value: number for state, number in count.items()}},
        "width": _LEFT + _WIDE,
        "height": _LINE * len(years),
        "years": [_year(year, nth, periods) for nth, year in enumerate(years)],
        "legend": [(_SIGNS[state], state_word(state), count[state]) for state in PeriodState],
        "table": [
            {"label": label(it), "word": state_word(it.state), "reason": why(it)} for it in reversed(periods)
        ],
    }


def _year(year: int, nth: int, periods: Iterable[Period]) -> dict[str, object]:
    marks = []
    for it in (it for it in periods if it.start.year == year):
        months = (it.end.year - it.start.year) * 12 + it.end.month - it.start.month + 1
        x, width = _LEFT + (it.start.month - 1) * _WIDE // 12, months * _WIDE // 12 - 4
        marks.append(
            {
                "x": x,
                "width": width,
                "middle": x + width // 2,
                "state": it.state.value,
                "sign": _SIGNS[it.state],
                "words": f"{label(it)}: {state_word(it.state)}. {why(it)}",
            }
        )
    return {"label": year, "y": nth * _LINE + 3, "text_y": nth * _LINE + 16, "marks": marks}
