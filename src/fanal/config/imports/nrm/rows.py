"""The lines of a file of the United Kingdom's National Referral Mechanism: which count persons, which are totals.

A file has one line for each group, with the number of persons in it. `Total` in a column means: all values of it, so
only a line without any `Total` counts persons once. All responders together are one more value of the second column,
`… total`. Home Office, National Referral Mechanism and Duty to Notify statistics (Open Government Licence).
"""

import csv
import gzip
import hashlib
import io
from dataclasses import dataclass, fields
from pathlib import Path

from .nationalities import countries

HEADER = (
    "First responder type",
    "First responder",
    "Exploitation type",
    "Age at exploitation",
    "Gender",
    "Nationality",
    "People",
)
TOTAL = "Total"
EVERYBODY = " total"
UNKNOWN = "Not specified or unknown"
TYPES = ("Sexual", "Labour", "Domestic", "Criminal", "Organ Harvesting")
AGES = ("Adult (18 or over)", "Child (17 or under)", UNKNOWN)
GENDERS = ("Female", "Male", "Other", UNKNOWN)


@dataclass(frozen=True, slots=True)
class Group:
    """What a line is about. None: all values of that column together. `types` is empty when not known."""

    responder: str | None
    types: frozenset[str] | None
    age: str | None
    gender: str | None
    nationality: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, counted from 1 with the header, and its number of persons."""

    number: int
    responder_type: str
    group: Group
    people: int

    @property
    def is_total(self) -> bool:
        """Whether it repeats persons that other lines count."""
        return any(getattr(self.group, field.name) is None for field in fields(Group))


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be read: where, in which column, and what is wrong with it."""

    number: int
    column: str
    problem: str


class BadFile(ValueError):
    """A file that is no file of the mechanism at all; the message says why."""


@dataclass(frozen=True)
class Sheet:
    """A whole file. `digest` names its content, whatever it is called and however it is packed."""

    path: Path
    digest: str
    lines: tuple[Line, ...]
    bad: tuple[BadLine, ...]

    @property
    def leaves(self) -> tuple[Line, ...]:
        """The lines that count persons, empty groups left out."""
        return tuple(line for line in self.lines if not line.is_total and line.people)

    @property
    def totals(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_total)


def read(path: Path) -> Sheet:
    """Read a CSV file, packed by gzip or not. `BadFile`: absent, not text, or with other columns than `HEADER`."""
    try:
        packed = path.read_bytes()
        content = gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed
        text = content.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as problem:
        raise BadFile(f"{path}: cannot be read as a CSV file in UTF-8 ({problem})") from problem
    rows = csv.reader(io.StringIO(text, newline=""))
    header = tuple(cell.strip() for cell in next(rows, ()))
    if header != HEADER:
        raise BadFile(
            f"{path}: the first line must be {','.join(HEADER)}; it is {','.join(header) or 'empty'}"
        )
    lines: list[Line] = []
    bad: list[BadLine] = []
    seen: dict[Group, int] = {}
    for cells in rows:
        if not any(cells):
            continue
        try:
            line = _line(rows.line_num, cells)
            if seen.setdefault(line.group, line.number) != line.number:
                raise _Wrong("", f"the same group stands in line {seen[line.group]}")
            lines.append(line)
        except _Wrong as wrong:
            bad.append(BadLine(rows.line_num, wrong.column, wrong.problem))
    return Sheet(path, hashlib.sha256(content).hexdigest(), tuple(lines), tuple(bad))


class _Wrong(ValueError):
    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column, self.problem = column, problem


def _line(number: int, cells: list[str]) -> Line:
    if len(cells) != len(HEADER):
        raise _Wrong("", f"{len(cells)} columns instead of {len(HEADER)}")
    kind, responder, types, age, gender, nationality, people = (cell.strip() for cell in cells)
    if not responder:
        raise _Wrong(HEADER[1], "empty")
    group = Group(
        responder=None if responder.casefold() == (kind + EVERYBODY).casefold() else responder,
        types=_types(types),
        age=_one_of(AGES, age, HEADER[3]),
        gender=_one_of(GENDERS, gender, HEADER[4]),
        nationality=_nationality(nationality),
    )
    return Line(number, kind, group, _people(people))


def _types(words: str) -> frozenset[str] | None:
    if words == TOTAL:
        return None
    if words == UNKNOWN:
        return frozenset()
    parts = words.replace(" & ", ", ").split(", ")
    for part in parts:
        if part not in TYPES:
            raise _Wrong(HEADER[2], f"{part!r} is none of {', '.join(TYPES)}")
    return frozenset(parts)


def _one_of(known: tuple[str, ...], value: str, column: str) -> str | None:
    if value == TOTAL:
        return None
    if value not in known:
        raise _Wrong(column, f"{value!r} is none of {', '.join(known)}")
    return value


def _nationality(words: str) -> str | None:
    if words == TOTAL:
        return None
    if not words or countries(words) is None:
        raise _Wrong(HEADER[5], f"{words!r} is no nationality we know")
    return words


def _people(count: str) -> int:
    if not (count.isascii() and count.isdigit()):
        raise _Wrong(HEADER[6], f"{count!r} is no number of persons")
    return int(count)
