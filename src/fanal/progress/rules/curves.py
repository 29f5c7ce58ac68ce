"""The curve of an indicator against what was wanted, as points of a picture. Pure: numbers in, numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 480, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 14, 14, 34


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the picture, with the day and the value it stands for."""

    x: float
    y: float
    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal line of the picture."""

    y: float
    value: Decimal


@dataclass(frozen=True, slots=True)
class Curve:
    """What was reported (`told`) and what was wanted (`wanted`, from the baseline to the target), to be drawn."""

    told: tuple[Spot, ...]
    wanted: tuple[Spot, ...]
    levels: tuple[Level, ...]
    first: date
    last: date

    @property
    def path(self) -> str:
        """The line through what was reported, as SVG writes it."""
        return _path(self.told)

    @property
    def wish(self) -> str:
        """The line through what was wanted."""
        return _path(self.wanted)


def curve(told: Sequence[tuple[date, Decimal]], wanted: Sequence[tuple[date, Decimal]]) -> Curve | None:
    """The picture of an indicator; None where nothing was reported and nothing is wanted on a day.

    Both are in the order of their days. The scale begins at zero unless a value lies below it.
    """
    spots = [*told, *wanted]
    if not spots:
        return None
    days = [on for on, _ in spots]
    values = [value for _, value in spots]
    first, last = min(days), max(days)
    low, high = min(*values, Decimal(0)), max(*values, Decimal(0))
    if low == high:
        high = low + 1

    def place(on: date, value: Decimal) -> Spot:
        along = (on - first).days / max((last - first).days, 1)
        return Spot(round(_LEFT + along * (WIDTH - _LEFT - _RIGHT), 1), _height(value, low, high), on, value)

    middle = (low + high) / 2
    levels = tuple(Level(_height(value, low, high), value) for value in (low, middle, high))
    return Curve(
        told=tuple(place(*each) for each in told),
        wanted=tuple(place(*each) for each in wanted),
        levels=levels,
        first=first,
        last=last,
    )


def _height(value: Decimal, low: Decimal, high: Decimal) -> float:
    share = float((value - low) / (high - low))
    return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)


def _path(spots: Sequence[Spot]) -> str:
    return " ".join(f"{spot.x},{spot.y}" for spot in spots)
