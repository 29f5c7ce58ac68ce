"""A plan as one table: a row for each chapter, objective, measure and indicator, each under the one it belongs to.

Pure: rows of text in, what they say out, with every problem by its row and column. `columns` are codes that no language
changes; lists are separated by commas, benchmarks are `day: value` separated by semicolons.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from .lines import LANGUAGES, HeadingLine, IndicatorLine, MeasureLine
from .money import Unreadable, plain_cents, plain_number, read_cents, read_number
from .values import Fault, Found, Frame, IndicatorValues, MeasureValues, faults

T = TypeVar("T")
_TITLES = tuple(f"title_{language}" for language in LANGUAGES)
_TEXTS = tuple(f"text_{language}" for language in LANGUAGES)
_LISTS = {
    "co_leads": "co_leads",
    "contacts": "contacts",
    "sdgs": "sdgs",
    "gcm_objectives": "objectives",
    "gcm_principles": "principles",
    "sister_plans": "sisters",
}
COLUMNS = (
    "row", "number", "key", *_TITLES, *_TEXTS, "lead", "co_leads", "contacts", "starts_on", "ends_on", "budget_eur",
    "funding", "sdgs", "gcm_objectives", "gcm_principles", "sister_plans", "unit", "baseline", "baseline_on", "target",
    "target_on", "benchmarks",
)  # fmt: skip
KINDS = ("chapter", "objective", "measure", "indicator")
MOST = 5_000
"""Rows of one plan at most; a house bound."""
_COLUMN_OF = {
    "title": "title_fr",
    "indicator": "title_fr",
    "budget": "budget_eur",
    **{b: a for a, b in _LISTS.items()},
}


class Snag(StrEnum):
    """What is wrong with a row as a row; what is wrong with its measure is a `Fault`."""

    UNKNOWN_ROW = "unknown_row"
    NO_CHAPTER = "no_chapter"
    NO_MEASURE = "no_measure"
    UNKNOWN_KEY = "unknown_key"
    KEY_TWICE = "key_twice"
    NUMBER_TWICE = "number_twice"
    NUMBER_IN_DRAFT = "number_in_draft"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    BAD_BENCHMARK = "bad_benchmark"
    TOO_MANY = "too_many"
    NO_HEADING_NUMBER = "no_heading_number"
    NO_HEADING_TITLE = "no_heading_title"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where: the number of the row in the file, the column, and the word it is about."""

    row: int
    column: str
    what: Snag | Fault
    about: str = ""


@dataclass(frozen=True, slots=True)
class WantedHeading:
    """A chapter, or an objective (`chapter` is the number of its chapter)."""

    level: str
    number: str
    titles: Mapping[str, str]
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class WantedMeasure:
    """A measure under a heading: (level, number) of it."""

    row: int
    heading: tuple[str, str]
    values: MeasureValues


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says. With a problem nothing of it is written."""

    headings: tuple[WantedHeading, ...] = ()
    measures: tuple[WantedMeasure, ...] = ()
    problems: tuple[Problem, ...] = ()


class Row(Protocol):
    """A row of a sheet."""

    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> Mapping[str, str]: ...


@dataclass
class _Reader:
    """Reads row by row, remembering under what it stands."""

    read_day: Callable[[str], date]
    frame: Frame
    keys: Mapping[str, str]
    headings: list[WantedHeading] = field(default_factory=list)
    measures: list[WantedMeasure] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: dict[int, list[int]] = field(default_factory=dict)
    chapter: str = ""
    place: tuple[str, str] = ("", "")
    row: int = 0

    def snag(self, column: str, what: Snag | Fault, about: str = "") -> None:
        self.problems.append(Problem(self.row, column, what, about))

    def take(self, row: Row) -> None:
        self.row = row.number
        kind = row.cells.get("row", "").strip().lower()
        if kind not in KINDS:
            self.snag("row", Snag.UNKNOWN_ROW, kind)
        elif kind in ("chapter", "objective"):
            self.heading(kind, row.cells)
        elif kind == "measure":
            self.measure(row.cells)
        else:
            self.indicator(row.cells)

    def heading(self, kind: str, cells: Mapping[str, str]) -> None:
        number, titles = _said(cells, "number"), _texts(cells, "title")
        if kind == "objective" and not self.chapter:
            self.snag("row", Snag.NO_CHAPTER)
            return
        if not number:
            self.snag("number", Snag.NO_HEADING_NUMBER)
        if not titles:
            self.snag("title_fr", Snag.NO_HEADING_TITLE)
        if any((each.level, each.number) == (kind, number) for each in self.headings):
            self.snag("number", Snag.NUMBER_TWICE, number)
        self.headings.append(WantedHeading(kind, number, titles, self.chapter if kind == "objective" else ""))
        if kind == "chapter":
            self.chapter = number
        self.place = (kind, number)

    def measure(self, cells: Mapping[str, str]) -> None:
        if not self.place[0]:
            self.snag("row", Snag.NO_CHAPTER)
        number, key = _said(cells, "number"), _said(cells, "key")
        if key and key not in self.keys:
            self.snag("key", Snag.UNKNOWN_KEY, key)
        if key and any(each.values.key == key for each in self.measures):
            self.snag("key", Snag.KEY_TWICE, key)
        if number and any(each.values.number == number for each in self.measures):
            self.snag("number", Snag.NUMBER_TWICE, number)
        values = MeasureValues(
            key=key or next((known for known, said in self.keys.items() if said == number), ""),
            number=number,
            titles=_texts(cells, "title"),
            texts=_texts(cells, "text"),
            lead=_said(cells, "lead"),
            starts_on=self.day(cells, "starts_on"),
            ends_on=self.day(cells, "ends_on"),
            budget_cents=self.value(cells, "budget_eur", read_cents),
            funding=_said(cells, "funding"),
            **{name: _list(cells, column) for column, name in _LISTS.items()},  # type: ignore[arg-type]
        )
        self.measures.append(WantedMeasure(self.row, self.place, values))
        self.lines[self.row] = []

    def indicator(self, cells: Mapping[str, str]) -> None:
        if not self.measures:
            self.snag("row", Snag.NO_MEASURE)
            return
        values = IndicatorValues(
            key=_said(cells, "key"),
            titles=_texts(cells, "title"),
            unit=_said(cells, "unit"),
            baseline=self.value(cells, "baseline", read_number),
            baseline_on=self.day(cells, "baseline_on"),
            target=self.value(cells, "target", read_number),
            target_on=self.day(cells, "target_on"),
            benchmarks=self.marks(_said(cells, "benchmarks")),
        )
        last = self.measures[-1]
        self.measures[-1] = replace(
            last, values=replace(last.values, indicators=(*last.values.indicators, values))
        )
        self.lines[last.row].append(self.row)

    def day(self, cells: Mapping[str, str], column: str) -> date | None:
        said = _said(cells, column)
        if not said:
            return None
        try:
            return self.read_day(said)
        except ValueError:
            self.snag(column, Snag.BAD_DATE, said)
            return None

    def value(self, cells: Mapping[str, str], column: str, read: Callable[[str], T | None]) -> T | None:
        said = _said(cells, column)
        try:
            return read(said)
        except Unreadable:
            self.snag(column, Snag.BAD_NUMBER, said)
            return None

    def marks(self, said: str) -> tuple[tuple[date, Decimal], ...]:
        found = []
        for part in said.replace("\n", ";").split(";"):
            if not part.strip():
                continue
            day, _colon, number = part.strip().partition(":")
            try:
                value = read_number(number)
                if value is None:
                    raise Unreadable(part)
                found.append((self.read_day(day.strip()), value))
            except ValueError:
                self.snag("benchmarks", Snag.BAD_BENCHMARK, part.strip())
        return tuple(sorted(found))

    def check(self) -> None:
        """What is wrong with the measures themselves, each at its row."""
        unread = {(each.row, each.column) for each in self.problems}
        for wanted in self.measures:
            for found in faults(replace(wanted.values, indicators=()), self.frame):
                self._tell(wanted.row, found, unread)
            for row, indicator in zip(self.lines[wanted.row], wanted.values.indicators, strict=True):
                alone = replace(_SOUND, indicators=(indicator,))
                for found in faults(alone, self.frame):
                    if found.field in _INDICATOR_FIELDS:
                        self._tell(row, found, unread)

    def _tell(self, row: int, found: Found, unread: set[tuple[int, str]]) -> None:
        column = _COLUMN_OF.get(found.field, found.field)
        if (row, column) not in unread:
            self.problems.append(Problem(row, column, found.fault, found.about))


_SOUND = MeasureValues()
_INDICATOR_FIELDS = frozenset(
    ("indicator", "unit", "baseline", "baseline_on", "target", "target_on", "benchmarks")
)


def read(
    rows: Sequence[Row], *, frame: Frame, keys: Mapping[str, str], read_day: Callable[[str], date]
) -> Table:
    """What a table says of a plan, with every problem in the order of the rows.

    `keys`: {key: number} of the measures of the draft; a measure without a key is the one that has its number, or else
    a new one. `read_day` reads a day as people write it and raises ValueError.
    """
    reader = _Reader(read_day, frame, keys)
    for row in rows[:MOST]:
        reader.take(row)
    if len(rows) > MOST:
        reader.row = rows[MOST].number
        reader.snag("row", Snag.TOO_MANY, str(MOST))
    reader.check()
    problems = tuple(sorted(reader.problems, key=lambda each: each.row))
    return Table(tuple(reader.headings), tuple(reader.measures), problems)


def _said(cells: Mapping[str, str], column: str) -> str:
    """A cell; the apostrophe with which a formula is kept from running does not belong to it."""
    said = cells.get(column, "").replace("\r\n", "\n").strip()
    return said[1:] if said[:1] == "'" and said[1:2] in tuple("=+-@＝＋－＠") else said


def _texts(cells: Mapping[str, str], name: str) -> dict[str, str]:
    found = {language: _said(cells, f"{name}_{language}") for language in LANGUAGES}
    return {language: said for language, said in found.items() if said}


def _list(cells: Mapping[str, str], column: str) -> tuple[str, ...]:
    parts = (part.strip() for part in _said(cells, column).replace(";", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


# Out


def written(
    headings: Iterable[HeadingLine], measures: Sequence[MeasureLine], *, numbers: bool
) -> list[tuple[object, ...]]:
    """A version as rows under `COLUMNS`; read again they say the same. `numbers`: as numbers, for a workbook."""
    found: list[dict[str, object]] = []
    for heading in headings:
        found.append({"row": heading.level, "number": heading.number, **_spread("title", heading.titles)})
        for line in measures:
            if line.heading == heading.anchor:
                found.append(_measure(line, numbers))
                found += [_indicator(each, numbers) for each in line.indicators]
    return [tuple(row.get(column) for column in COLUMNS) for row in found]


def _spread(name: str, texts: Mapping[str, str]) -> dict[str, object]:
    return {f"{name}_{language}": texts.get(language, "") for language in LANGUAGES}


def _measure(line: MeasureLine, numbers: bool) -> dict[str, object]:
    cents = line.budget_cents
    budget: object = plain_cents(cents) if not numbers or cents is None else cents / 100
    return {
        "row": "measure", "number": line.number, "key": line.key, "lead": line.lead, "starts_on": line.starts_on,
        "ends_on": line.ends_on, "budget_eur": budget, "funding": line.funding,
        **_spread("title", line.titles), **_spread("text", line.texts),
        **{column: ", ".join(getattr(line, name)) for column, name in _LISTS.items()},
    }  # fmt: skip


def _indicator(line: IndicatorLine, numbers: bool) -> dict[str, object]:
    def value(number: Decimal | None) -> object:
        return plain_number(number) if not numbers or number is None else float(number)

    return {
        "row": "indicator", "key": line.key, "unit": line.unit, "baseline": value(line.baseline),
        "baseline_on": line.baseline_on, "target": value(line.target), "target_on": line.target_on,
        "benchmarks": "; ".join(f"{on:%d.%m.%Y}: {plain_number(number)}" for on, number in line.benchmarks),
        **_spread("title", line.titles),
    }  # fmt: skip
