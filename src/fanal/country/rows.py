"""Facts as plain rows and back. Pure: what a table needs to know of a frozen fact."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from itertools import count
from typing import Any

from pydantic import TypeAdapter

from .schema import REFERENCE, Code, Fact, Text, kind_of

_COLUMNS = frozenset(each.name for each in fields(Fact))


@dataclass(frozen=True, slots=True)
class Row:
    """A fact taken apart: its columns, its texts by field, and the rest of its fields as JSON."""

    kind: str
    code: str
    valid_from: date
    valid_to: date | None
    position: int
    labels: dict[str, dict[str, str]]
    value: dict[str, Any]
    source: str
    to_verify: bool


_SHAPES: tuple[type[Fact], ...] = (Code, *REFERENCE.values())
_ADAPTERS: dict[type[Fact], TypeAdapter[Fact]] = {shape: TypeAdapter(shape) for shape in _SHAPES}


def row_of(fact: Fact, position: int) -> Row:
    """A fact as a row; `position` keeps the order within its kind."""
    dumped = _ADAPTERS[type(fact)].dump_python(fact, mode="json")
    texts = {each.name for each in fields(fact) if isinstance(getattr(fact, each.name), Text)}
    return Row(
        kind=kind_of(fact),
        code=fact.code,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        position=position,
        labels={name: dumped[name] for name in sorted(texts)},
        value={name: dumped[name] for name in dumped if name not in texts and name not in _COLUMNS},
        source=fact.source,
        to_verify=fact.to_verify,
    )


def rows_of(facts: Iterable[Fact]) -> Iterator[Row]:
    """Facts as rows, numbered kind by kind in their order."""
    positions = defaultdict[str, Iterator[int]](count)
    return (row_of(fact, next(positions[kind_of(fact)])) for fact in facts)


def fact_of(
    kind: str, labels: Mapping[str, Any], value: Mapping[str, Any], columns: Mapping[str, Any]
) -> Fact:
    """The fact a row stands for. `columns` are those every fact has (code, source, dates, to_verify).

    pydantic.ValidationError when an edited row no longer has the shape of its kind.
    """
    shape = Code if kind.startswith("code/") else REFERENCE[kind]
    return _ADAPTERS[shape].validate_python({**value, **labels, **columns})
