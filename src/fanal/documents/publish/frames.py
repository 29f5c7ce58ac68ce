"""What every format needs to know: the words of the frame, the tables and the width of their columns."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fanal.documents import charts
from fanal.documents.model import Blocks, Chart, List, Quote, Table, plain, table

_LINE = 88
"""Letters that fit beside each other in a table as wide as the text."""
_NUMBER = re.compile(r"[\d\s.,%+−–/-]*")


def words() -> dict[str, str]:
    """The words of the frame in the language in force."""
    return {
        "contents": _("Table of contents"),
        "tables": _("List of tables"),
        "charts": _("List of charts"),
        "page": _("Page"),
        "notes": _("Notes"),
    }


def day(on: date) -> str:
    return str(date_format(on, "j F Y"))


def grids(blocks: Blocks) -> Iterator[Table]:
    """Every table in the order of the page, those of figures under the charts included."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart):
            yield figures(block)
        elif isinstance(block, List):
            for item in block.items:
                yield from grids(item)
        elif isinstance(block, Quote):
            yield from grids(block.content)


def figures(chart: Chart) -> Table:
    """The figures of a chart as a table."""
    caption = _("Figures of %(chart)s") % {"chart": chart.label}
    return table(caption, charts.names(chart.spec), charts.cells(chart.spec))


def widths(grid: Table) -> list[int]:
    """How much of the line each column takes, in shares: by its longest text, but never less than its longest word."""
    least, wished = [4] * grid.width, [6] * grid.width
    for at, words, columns in _cells(grid):
        if columns == 1:
            longest = max(map(len, words.split()), default=0)
            least[at] = max(least[at], min(longest + 2, 24))
            wished[at] = max(wished[at], min(len(words) + 2, 40), least[at])
    room, asked = max(_LINE - sum(least), 0), sum(wished) - sum(least)
    part = min(room / asked, 1) if asked else 0
    return [round(10 * (low + (high - low) * part)) for low, high in zip(least, wished, strict=True)]


def numeric(grid: Table) -> list[int]:
    """The columns that hold numbers only; they line up at their end."""
    body = Table(grid.caption, (), grid.rows)
    texts: dict[int, list[str]] = {}
    for at, words, _columns in _cells(body):
        texts.setdefault(at, []).append(words)
    return [
        at
        for at, found in sorted(texts.items())
        if at >= grid.header_columns
        and all(map(_NUMBER.fullmatch, found))
        and any(re.search(r"\d", each) for each in found)
    ]


def _cells(grid: Table) -> Iterator[tuple[int, str, int]]:
    """(column, words, columns it spans) of every cell; cells that reach down push those below aside."""
    taken: dict[int, int] = {}
    for row in (*grid.header, *grid.rows):
        at = 0
        still = {column: left - 1 for column, left in taken.items() if left > 0}
        for cell in row:
            while taken.get(at, 0) > 0:
                at += 1
            yield min(at, grid.width - 1), plain(cell.content), cell.columns
            if cell.rows > 1:
                still |= dict.fromkeys(range(at, at + cell.columns), cell.rows - 1)
            at += cell.columns
        taken = still
