"""Who is known not to be one: a CSV file of two identifiers a line, under the header `one,other`."""

import csv
from collections.abc import Sequence
from pathlib import Path

_HEADER = ["one", "other"]
_SHOWN = 10


class BadApart(Exception):
    """The pairs cannot be used; the text names each bad line."""


def read_apart(file: Path) -> list[tuple[str, str]]:
    """The pairs of identifiers that are never one, in order; empty lines are skipped.

    Refuses with BadApart another header, a line without exactly two identifiers, and one that keeps a record apart
    from itself: none is left out in silence.
    """
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        lines = csv.reader(text.replace("\0", "") for text in opened)
        if (header := next(lines, [])) != _HEADER:
            raise BadApart(f"{file.name} begins with {','.join(header)!r} instead of {','.join(_HEADER)!r}.")
        rows = [(lines.line_num, [cell.strip() for cell in cells]) for cells in lines if any(cells)]
    wrong = [f"{file.name}, line {number}: {what}" for number, cells in rows if (what := _wrong(cells))]
    if wrong:
        more = [f"… and {len(wrong) - _SHOWN:,} more."] if len(wrong) > _SHOWN else []
        raise BadApart("\n".join(wrong[:_SHOWN] + more))
    return [(one, other) for _, (one, other) in rows]


def _wrong(cells: Sequence[str]) -> str:
    if len(cells) != 2 or not all(cells):
        return f"{sum(map(bool, cells))} identifiers instead of two"
    return f"{cells[0]!r} is kept apart from itself" if cells[0] == cells[1] else ""
