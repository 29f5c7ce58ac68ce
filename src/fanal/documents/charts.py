"""Charts as SVG: bars, a line against its target, stacked bars. The same values always give the same letters. Pure.

Only shapes and text that browsers, Typst, Word and LibreOffice all draw: no styles, ids, patterns or scripts.
"""

import math
from collections.abc import Iterator, Sequence
from html import escape

from django.utils.formats import number_format

from fanal.documents.model import Kind, Series, Spec

WIDTH, HEIGHT = 640, 330
"""Of every chart, in its own units; on paper it takes the width of the text."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 14, 14, 26
_INK, _QUIET, _LINE = "#16223a", "#4a5468", "#ddd8cd"
_COLOURS = ("#1b4b8f", "#e0912b", "#1c6b43", "#8fb3e0", "#a61b1b", "#5b6478", "#9a6bb0", "#c7b79a")
_DASHES = ("", "9 4", "2 4", "9 4 2 4")
_FONT = "Libertinus Serif, Liberation Serif, Times New Roman, serif"


def cells(spec: Spec) -> list[list[str]]:
    """The figures as rows of words in the language in force: category, then one cell for each series."""
    return [
        [category, *(_said(each, nth, spec.decimals) for each in spec.all)]
        for nth, category in enumerate(spec.categories)
    ]


def svg(spec: Spec) -> str:
    """The picture, `WIDTH` × `HEIGHT`, numbers written as in the language in force."""
    legend = list(_legend(spec))
    top = _TOP + 20 * (legend[-1][0] + 1) if legend else _TOP
    box = _Box(spec, top + (14 if spec.unit else 0))
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
        f'<rect x="0" y="0" width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *(line for _row, line in legend),
        *_grid(spec, box),
        *({Kind.BARS: _bars, Kind.STACKED: _stacked, Kind.LINE: _lines}[spec.kind](spec, box)),
    ]
    if spec.target is not None:
        drawn += _line(spec.target, box, _INK, "6 4", len(spec.series))
    return "".join([*drawn, "</svg>"])


def _said(series: Series, nth: int, decimals: int) -> str:
    value = series.values[nth]
    if nth < len(series.shown) and series.shown[nth]:
        return series.shown[nth]
    return "–" if value is None else _number(value, decimals)


def _number(value: float, decimals: int) -> str:
    return str(
        number_format(round(value, decimals), decimal_pos=decimals, use_l10n=True, force_grouping=True)
    )


class _Box:
    """Where a value and a category stand on the picture."""

    def __init__(self, spec: Spec, top: float) -> None:
        self.top, self.bottom = top, HEIGHT - _BOTTOM
        self.low, self.high, self.step = _scale(spec)
        self.slot = (WIDTH - _LEFT - _RIGHT) / len(spec.categories)

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def x(self, nth: int) -> float:
        """The middle of a category."""
        return _LEFT + self.slot * (nth + 0.5)


def _scale(spec: Spec) -> tuple[float, float, float]:
    """Lowest and highest value of the axis, zero included, and the distance of its lines: 1, 2 or 5 times ten to n."""
    values = [value for each in spec.all for value in each.values if value is not None]
    if spec.kind is Kind.STACKED:
        values += [sum(each.values[nth] or 0 for each in spec.series) for nth in range(len(spec.categories))]
    low, high = min([0.0, *values]), max([0.0, *values])
    span = (high - low) or 1.0
    power = 10 ** math.floor(math.log10(span / 5))
    step = next(power * times for times in (1, 2, 5, 10) if span / (power * times) <= 6)
    if spec.decimals == 0:
        step = max(step, 1)
    return math.floor(low / step) * step, max(math.ceil(high / step), 1) * step, step


def _grid(spec: Spec, box: _Box) -> Iterator[str]:
    if spec.unit:
        yield _text(_LEFT - 8, box.top - 12, spec.unit, "start", _QUIET)
    decimals = max(0, -math.floor(math.log10(box.step)))
    for nth in range(round((box.high - box.low) / box.step) + 1):
        value = box.low + nth * box.step
        y = box.y(value)
        yield _rule(_LEFT, y, WIDTH - _RIGHT, y, _INK if abs(value) < box.step / 2 else _LINE)
        yield _text(_LEFT - 8, y + 4, _number(value, decimals), "end", _QUIET)
    room = max(1, math.ceil(max(map(len, spec.categories)) * 7.5 / box.slot))
    for nth, category in enumerate(spec.categories):
        if nth % room == 0:
            yield _text(box.x(nth), box.bottom + 18, _short(category, room * box.slot), "middle", _INK)


def _short(words: str, room: float) -> str:
    most = max(3, int(room / 6))
    return words if len(words) <= most else words[: most - 1] + "…"


def _bars(spec: Spec, box: _Box) -> Iterator[str]:
    width = min(box.slot * 0.76 / len(spec.series), 60)
    for place, each in enumerate(spec.series):
        for nth, value in enumerate(each.values):
            if value is None:
                continue
            x = box.x(nth) + (place - len(spec.series) / 2) * width
            yield _rect(x, box.y(max(value, 0)), width - 1, abs(box.y(value) - box.y(0)), _colour(place))
            words = _number(value, spec.decimals)
            if width >= 7 * len(words):
                yield _text(x + width / 2, box.y(max(value, 0)) - 4, words, "middle", _INK)


def _stacked(spec: Spec, box: _Box) -> Iterator[str]:
    width = min(box.slot * 0.7, 70)
    for nth in range(len(spec.categories)):
        at = 0.0
        for place, each in enumerate(spec.series):
            value = each.values[nth] or 0
            if value > 0:
                yield _rect(
                    box.x(nth) - width / 2,
                    box.y(at + value),
                    width,
                    box.y(at) - box.y(at + value),
                    _colour(place),
                )
                at += value


def _lines(spec: Spec, box: _Box) -> Iterator[str]:
    for place, each in enumerate(spec.series):
        yield from _line(each, box, _colour(place), _DASHES[place % len(_DASHES)], place)


def _line(series: Series, box: _Box, colour: str, dashes: str, place: int) -> Iterator[str]:
    """A line that is broken where a value is missing, with a mark on each value."""
    run: list[str] = []
    for nth, value in enumerate((*series.values, None)):
        if value is not None:
            run.append(f"{_n(box.x(nth))},{_n(box.y(value))}")
            continue
        if len(run) > 1:
            broken = f' stroke-dasharray="{dashes}"' if dashes else ""
            yield f'<polyline points="{" ".join(run)}" fill="none" stroke="{colour}" stroke-width="2.5"{broken}/>'
        run = []
    for nth, value in enumerate(series.values):
        if value is not None:
            yield _mark(box.x(nth), box.y(value), colour, place)


def _mark(x: float, y: float, colour: str, place: int) -> str:
    """A disc, a square, a diamond, a triangle: who sees no colours tells them apart."""
    if place % 4 == 0:
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="4" fill="{colour}"/>'
    corners = {
        1: ((-4, -4), (4, -4), (4, 4), (-4, 4)),
        2: ((0, -5), (5, 0), (0, 5), (-5, 0)),
        3: ((0, -5), (5, 4), (-5, 4)),
    }[place % 4]
    points = " ".join(f"{_n(x + dx)},{_n(y + dy)}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


def _legend(spec: Spec) -> Iterator[tuple[int, str]]:
    """(row, shape) of each name above the picture; one series alone needs none: the caption names it."""
    if len(spec.all) == 1:
        return
    x, row = float(_LEFT), 0
    for place, each in enumerate(spec.all):
        room = 34 + 7 * len(each.name)
        if x + room > WIDTH and x > _LEFT:
            x, row = float(_LEFT), row + 1
        y = _TOP + 20 * row
        is_target = each is spec.target
        if spec.kind is Kind.LINE or is_target:
            colour = _INK if is_target else _colour(place)
            dashes = "6 4" if is_target else _DASHES[place % len(_DASHES)]
            broken = f' stroke-dasharray="{dashes}"' if dashes else ""
            yield (
                row,
                (
                    f'<line x1="{_n(x)}" y1="{_n(y)}" x2="{_n(x + 20)}" y2="{_n(y)}" stroke="{colour}" '
                    f'stroke-width="2.5"{broken}/>'
                ),
            )
            yield row, _mark(x + 10, y, colour, place)
        else:
            yield row, _rect(x + 4, y - 6, 12, 12, _colour(place))
        yield row, _text(x + 25, y + 4, _short(each.name, WIDTH - _LEFT - 30), "start", _INK)
        x += room


def _colour(place: int) -> str:
    return _COLOURS[place % len(_COLOURS)]


def _n(value: float) -> str:
    """At most one decimal, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")


def _rule(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{colour}" stroke-width="1"/>'
    )


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{colour}"/>'


def _text(x: float, y: float, words: str, anchor: str, colour: str) -> str:
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-family="{_FONT}" font-size="13" text-anchor="{anchor}" '
        f'fill="{colour}">{escape(words, quote=False)}</text>'
    )


def names(spec: Spec) -> Sequence[str]:
    """The headers of the table of figures."""
    return [spec.head, *(each.name for each in spec.all)]
