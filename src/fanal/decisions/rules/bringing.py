"""Older decisions in a table: what each row says, and every problem of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from fanal.decisions.rules.register import State

T = TypeVar("T")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "body": ("body", "organe", "orgaan", "gremium"),
    "title": ("title", "titre", "titel"),
    "text": ("text", "texte", "tekst"),
    "taken_on": ("taken on", "decided on", "prise le", "genomen op", "beschlossen am"),
    "due_on": ("due on", "échéance", "tegen", "fällig am"),
    "owners": ("owners", "responsables", "verantwoordelijken", "verantwortlich"),
    "state": ("state", "état", "staat", "stand"),
    "origin": ("source", "bron", "quelle"),
    "origin_url": ("link", "lien", "koppeling", "verweis"),
}
"""What a column may be called, in any case; its name here works too."""
NEEDED = ("body", "title", "taken_on")
_LONGEST = {"title": 300, "text": 20_000, "origin": 1000, "origin_url": 400}
_STATES = (State.OPEN, State.IN_PROGRESS, State.DONE, State.DROPPED)


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may name: bodies that the reader prepares and the units that read there, by the words for them.

    `words`: folded name, short name, prefix or code → code of the body, or id of the unit; `readers`: body → units;
    `states`: folded word → state; `there`: (body, day, folded title) of what the register holds already.
    """

    bodies: Mapping[str, str]
    units: Mapping[str, int]
    readers: Mapping[str, frozenset[int]]
    states: Mapping[str, State]
    there: frozenset[tuple[str, date, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a cell; `value` is what stands there."""

    column: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the table as the register would hold it."""

    row: int
    body: str
    title: str
    text: str
    taken_on: date
    due_on: date | None
    owners: tuple[int, ...]
    state: State
    origin: str
    origin_url: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What bringing a table in would do: the entries, the rows with problems, the rows that are there already."""

    entries: Sequence[Entry] = ()
    problems: Mapping[int, Sequence[Problem]] = field(default_factory=dict)
    known: Sequence[int] = ()


def mapped(columns: Iterable[str]) -> dict[str, str]:
    """{column as written: name of the field}; columns that nobody knows are left out."""
    names = {word: name for name, words in COLUMNS.items() for word in (name, name.replace("_", " "), *words)}
    return {
        column: names[column.strip().casefold()] for column in columns if column.strip().casefold() in names
    }


def planned(
    rows: Iterable[tuple[int, Mapping[str, str]]], known: Known, on: date, read: Callable[[str], date | None]
) -> Plan:
    """Each row (its number in the file, its cells by field) as an entry, or with all that is wrong in it.

    `read`: a day as people type it; None for what is none.
    """
    entries: list[Entry] = []
    problems: dict[int, Sequence[Problem]] = {}
    there, twice = set(known.there), []
    for number, cells in rows:
        found: list[Problem] = []
        entry = _entry(number, cells, known, on, read, found)
        if found or entry is None:
            problems[number] = found
            continue
        key = (entry.body, entry.taken_on, fold(entry.title))
        if key in there:
            twice.append(number)
        else:
            there.add(key)
            entries.append(entry)
    return Plan(entries, problems, twice)


def fold(words: str) -> str:
    """Words without case and superfluous space."""
    return " ".join(words.casefold().split())


def _entry(
    number: int,
    cells: Mapping[str, str],
    known: Known,
    on: date,
    read: Callable[[str], date | None],
    found: list[Problem],
) -> Entry | None:
    for name in NEEDED:
        if not cells.get(name):
            found.append(Problem(name, "missing"))
    for name, most in _LONGEST.items():
        if len(cells.get(name, "")) > most:
            found.append(Problem(name, "too_long", str(len(cells[name]))))
    body = _one(known.bodies, "body", cells, found)
    state = _one(known.states, "state", cells, found) or State.DONE
    taken, due = _day("taken_on", cells, read, found), _day("due_on", cells, read, found)
    if taken and taken > on:
        found.append(Problem("taken_on", "in_future", cells["taken_on"]))
    if taken and due and due < taken:
        found.append(Problem("due_on", "before_taken", cells["due_on"]))
    link = cells.get("origin_url", "")
    if link and not link.startswith(("https://", "http://")):
        found.append(Problem("origin_url", "no_address", link[:60]))
    owners = _owners(cells.get("owners", ""), known, body or "", found)
    if found or body is None or taken is None or state not in _STATES:
        return None
    return Entry(
        row=number, body=body, title=cells["title"], text=cells.get("text", ""), taken_on=taken, due_on=due,
        owners=owners, state=state, origin=cells.get("origin", ""), origin_url=link,
    )  # fmt: skip


def _one(table: Mapping[str, T], name: str, cells: Mapping[str, str], found: list[Problem]) -> T | None:
    said = cells.get(name, "")
    if said and fold(said) not in table:
        found.append(Problem(name, "unknown", said[:60]))
    return table.get(fold(said))


def _day(
    name: str, cells: Mapping[str, str], read: Callable[[str], date | None], found: list[Problem]
) -> date | None:
    said = cells.get(name, "")
    day = read(said) if said else None
    if said and day is None:
        found.append(Problem(name, "unreadable", said[:30]))
    return day


def _owners(said: str, known: Known, body: str, found: list[Problem]) -> tuple[int, ...]:
    ids = []
    for word in (word.strip() for word in said.replace("\n", ";").split(";")):
        if not word:
            continue
        unit = known.units.get(fold(word))
        if unit is None:
            found.append(Problem("owners", "unknown", word[:60]))
        elif body and unit not in known.readers.get(body, frozenset()):
            found.append(Problem("owners", "without_seat", word[:60]))
        else:
            ids.append(unit)
    return tuple(sorted(set(ids)))
