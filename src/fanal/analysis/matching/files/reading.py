"""Rows of a file as records. A bad row is told with its line and field, and the others go on."""

import math
from collections.abc import Iterator
from collections.abc import Mapping as Cells
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from fanal.analysis.matching.dates import birth
from fanal.analysis.matching.identifiers import normal
from fanal.analysis.matching.in_turn import in_turn, pieces
from fanal.analysis.matching.record import Kind, Record

from .formats import rows
from .mapping import Columns, Mapping
from .problem import Problem

LONGEST = 10_000  # signs of one cell; what is longer is cut, and said
_TOGETHER = 5_000  # rows that one process reads at a time
_LOST = "\ufffd"  # what stands where bytes are no UTF-8


@dataclass(frozen=True, slots=True)
class Row:
    """A record and what is doubtful in it."""

    line: int
    record: Record
    problems: tuple[Problem, ...] = ()


def read(file: Path, mapping: Mapping) -> Iterator[Row | Problem]:
    """Every row of a file, in order: a record with its doubts, or a problem where there is no record in it.

    Refuses with BadMapping what `formats.rows` refuses.
    """
    known: dict[str, int] = {}
    every = chain.from_iterable(
        in_turn(partial(_made, file.name, mapping), pieces(rows(file, mapping), _TOGETHER))
    )
    for made in every:
        if isinstance(made, Row) and (first := known.setdefault(made.record.id, made.line)) != made.line:
            what = f"the identifier {made.record.id!r} stands already in line {first}"
            yield Problem(file.name, made.line, mapping.id, what, lost=True)
        else:
            yield made


def _made(file: str, mapping: Mapping, some: list[Any]) -> list[Row | Problem]:
    return [
        cells if isinstance(cells, Problem) else _record(file, line, cells, mapping) for line, cells in some
    ]


class _Cells:
    """The cells of one row, cleaned, and what was doubtful in them."""

    def __init__(self, file: str, line: int, cells: Cells[str, Any], several: str) -> None:
        self._file, self._line, self._cells, self._several = file, line, cells, several
        self.doubts: list[Problem] = []

    def of(self, column: str) -> list[str]:
        """The texts of a cell: control characters out, blanks joined, what is too long cut."""
        cell = self._cells.get(column)
        if cell is None:
            return []
        given = cell if isinstance(cell, list) else [cell]
        texts = [each if isinstance(each, str) else _text(each) for each in given if not _nested(each)]
        if len(texts) < len(given):
            what = "holds a list or an object where a text is expected"
            self.doubts.append(Problem(self._file, self._line, column, what, lost=True))
        if any(_LOST in text for text in texts):
            what = "some signs are not UTF-8 and cannot be read"
            self.doubts.append(Problem(self._file, self._line, column, what, lost=False))
        found = []
        for text in texts:
            for part in text.split(self._several) if self._several else (text,):
                if clean := _clean(part):
                    found.append(clean if len(clean) <= LONGEST else self._cut(clean, column))
        return found

    def every(self, columns: Columns) -> tuple[str, ...]:
        return tuple(text for column in columns for text in self.of(column))

    def names(self, columns: Columns) -> list[str]:
        """One name for each text of a single column; one name of all texts of several."""
        texts = list(self.every(columns))
        return texts if len(columns) == 1 or not texts else [" ".join(texts)]

    def _cut(self, text: str, column: str) -> str:
        what = f"{len(text)} signs, cut after {LONGEST}"
        self.doubts.append(Problem(self._file, self._line, column, what, lost=False))
        return text[:LONGEST]


def _nested(cell: Any) -> bool:
    return isinstance(cell, dict | list)


def _clean(text: str) -> str:
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())


def _text(cell: Any) -> str:
    """A cell as a person would write it: nothing for what is empty in tables of numbers, no `.0` after a whole one."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, bytes):
        return cell.decode(errors="replace")
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _record(file: str, line: int, row: Cells[str, Any], mapping: Mapping) -> Row | Problem:
    cells = _Cells(file, line, row, mapping.several)
    identifier = " ".join(cells.of(mapping.id)) if mapping.id else f"{file}:{line}"
    if not identifier:
        return Problem(file, line, mapping.id, "no identifier", lost=True)
    kind = mapping.kind
    if not isinstance(kind, Kind):
        said = " ".join(cells.of(kind)).casefold()
        if said not in tuple(Kind):
            return Problem(file, line, kind, f"{said!r} is none of {', '.join(Kind)}", lost=True)
        kind = Kind(said)
    record = Record(
        identifier,
        kind=kind,
        names=tuple(name for columns in mapping.names for name in cells.names(columns)),
        births=cells.every(mapping.births),
        places=cells.every(mapping.places),
        identifiers={
            kind: found for kind, each in mapping.identifiers.items() if (found := cells.every(each))
        },
        traits={kind: found for kind, each in mapping.traits.items() if (found := cells.every(each))},
    )
    if not (record.names or record.births or record.identifiers):
        return Problem(file, line, "", "neither a name nor a date of birth nor an identifier", lost=True)
    return Row(line, record, (*cells.doubts, *_weak(file, line, record)))


def _weak(file: str, line: int, record: Record) -> Iterator[Problem]:
    """Values that are kept, and count for little."""
    for text in record.births:
        day = birth(text)
        if day is None:
            yield Problem(file, line, "births", f"{text[:40]!r} holds no year", lost=True)
        elif not day.whole:
            yield Problem(file, line, "births", f"{text[:40]!r} is not a whole date", lost=False)
    for kind, texts in record.identifiers.items():
        for text in texts:
            form = normal(kind, text)
            if form is None:
                yield Problem(file, line, kind, f"{text[:40]!r} is too short", lost=True)
            elif form.valid is False:
                yield Problem(file, line, kind, "its check digits or its form do not hold: weak", lost=False)
