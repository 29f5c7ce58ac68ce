"""The map of the districts, to choose from: our own tiles, or real outlines where a file of them is given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.utils.translation import get_language

from fanal.directory import queries
from fanal.directory.rules import Area

register = template.Library()

PITCH_X, PITCH_Y, WIDTH, HEIGHT, LINE = 116, 82, 110, 76, 19
"""Distances between tiles, their size, and the height of a line of text, in units of the picture."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A district as it is drawn: a tile with its name on it, or the path of its outline."""

    area: Area
    url: str
    chosen: bool
    tint: int
    x: int = 0
    y: int = 0
    lines: tuple[tuple[str, int], ...] = ()
    path: str = ""

    @property
    def middle(self) -> int:
        """Where the name is centred."""
        return self.x + WIDTH // 2


@register.inclusion_tag("directory/map.html", takes_context=True)
def district_map(context: Context, areas: Sequence[Area], chosen: str = "") -> dict[str, object]:
    """`{% district_map areas chosen_code %}`: each district a link that keeps the rest of the question."""
    query: QueryDict = context["request"].GET
    outlines = queries.outlines()
    shapes = [
        Shape(
            area=area,
            url=_choosing(query, area),
            chosen=area.code == chosen,
            tint=(area.tile[0] + 2 * area.tile[1]) % 4,
            x=area.tile[0] * PITCH_X,
            y=area.tile[1] * PITCH_Y,
            lines=_lines(area),
            path=outlines[1].get(area.code, "") if outlines else "",
        )
        for area in areas
    ]
    columns = max((area.tile[0] for area in areas), default=0)
    rows = max((area.tile[1] for area in areas), default=0)
    size = outlines[0] if outlines else (columns * PITCH_X + WIDTH, rows * PITCH_Y + HEIGHT)
    return {"shapes": shapes, "outlined": outlines is not None, "width": size[0], "height": size[1]}


def _choosing(query: QueryDict, area: Area) -> str:
    kept = query.copy()
    for name in ("q", "municipality", "zone"):
        kept.pop(name, None)
    kept["district"] = area.code
    return f"?{kept.urlencode()}#answer"


def _lines(area: Area) -> tuple[tuple[str, int], ...]:
    """The name in short lines, broken at spaces and after hyphens, centred in the tile; each with its height."""
    words = re.findall(r"[^\s-]+(?:-|\s|$)", area.name.get(get_language() or "en"))
    top = (HEIGHT - LINE * len(words)) // 2 + LINE - 5
    return tuple((word, area.tile[1] * PITCH_Y + top + row * LINE) for row, word in enumerate(words))
