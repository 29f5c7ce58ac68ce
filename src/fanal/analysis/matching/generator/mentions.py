"""Mentions by the million, with the truth beside them: the same seed gives the same ones, on any number of cores."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from itertools import accumulate
from multiprocessing import get_context
from os import sched_getaffinity
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from . import identifiers
from .chance import Chance
from .mention import Writer
from .person import Person, invent, relative
from .words import Part, cultures

Tell = Callable[[str, int, int], None]
BLOCK = 20_000  # mentions that are made together; people of two blocks are not related
MOST = 10_000_000
_LISTS = ("aliases", "births", "phones", "plates", "ibans", "documents", "nationals", "emails", "handles")
_TEXTS = ("name", "given", "family", "birth_place", "sex", "nationality", "occupation", "address", "postcode")
SCHEMA = pa.schema(
    [
        ("mention", pa.string()),
        ("entity", pa.int64()),
        ("corruptions", pa.int64()),
        ("synthetic", pa.bool_()),
        *((name, pa.string()) for name in _TEXTS),
        *((name, pa.list_(pa.string())) for name in _LISTS),
    ],
    metadata={"synthetic": "every person in this file is invented"},
)
MAPPING = """\
# Which column of generated mentions is what. Every person in them is invented.
kind = "person"
id = "mention"
names = ["name", "aliases"]
births = ["births"]
places = ["birth_place"]

[identifiers]
phone = ["phones"]
plate = ["plates"]
iban = ["ibans"]
document = ["documents"]
national = ["nationals"]
email = ["emails"]
handle = ["handles"]

[traits]
sex = ["sex"]
nationality = ["nationality"]
occupation = ["occupation"]
postcode = ["postcode"]
"""
_SINGLE, _MANY = 0.42, 0.006  # shares of people with one mention, and with dozens
_EACH_HUB = 25_000  # mentions for each number that thousands give


def mentions(number: int, seed: int, part: Part, *, names: Path | None = None) -> Iterator[pa.RecordBatch]:
    """Batches (SCHEMA) of `number` mentions, in each batch in no order.

    `names`: a folder of transliterations, see `words`. Refuses more than ten million, and a negative number, with
    ValueError. The same numbers give the same mentions; evaluation has other names than development, under any seed.
    """
    _demand(number)
    hubs = _hubs(number, seed, part)
    for block, size in _blocks(number):
        yield _block(block, size, seed, part, names, hubs)


def write(file: Path, number: int, seed: int, part: Part, *, names: Path | None = None, tell: Tell) -> Path:
    """The same mentions as Parquet, made on every core, and the mapping beside it; answers the mapping's place."""
    _demand(number)
    file.parent.mkdir(parents=True, exist_ok=True)
    make = partial(_block, seed=seed, part=part, names=names, hubs=_hubs(number, seed, part))
    blocks = _blocks(number)
    with parquet.ParquetWriter(file, SCHEMA) as opened, _several() as pool:
        done = 0
        several = (pool.map if len(blocks) > 1 else map)(make, *zip(*blocks, strict=True)) if blocks else ()
        for batch in several:
            opened.write_batch(batch)
            done += batch.num_rows
            tell("Inventing people", done, number)
    mapping = file.with_name("mapping.toml")
    mapping.write_text(MAPPING, encoding="utf-8")
    return mapping


def _several() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(len(sched_getaffinity(0)), get_context("forkserver"))


def _demand(number: int) -> None:
    if not 0 <= number <= MOST:
        raise ValueError(f"{number} mentions; 0 to {MOST:,} can be made")


def _blocks(number: int) -> list[tuple[int, int]]:
    """(block, mentions in it) of so many mentions."""
    return [(block, min(BLOCK, number - block * BLOCK)) for block in range(-(-number // BLOCK))]


def _block(
    block: int, number: int, seed: int, part: Part, names: Path | None, hubs: tuple[str, ...]
) -> pa.RecordBatch:
    chance = Chance(f"{part} {seed} {block}")
    writer = Writer(chance, hubs, _hub_weights(len(hubs)))
    columns: dict[str, list[Any]] = {name: [] for name in (*_TEXTS, *_LISTS, "entity", "corruptions")}
    for person, count in _people(block, number, part, names, chance):
        for _ in range(count):
            for name, cell in writer.write(person).items():
                columns[name].append(cell)
            columns["entity"].append(person.entity)
            columns["corruptions"].append(writer.done)
    order = list(range(number))
    chance.shuffle(order)
    columns = {name: [cells[n] for n in order] for name, cells in columns.items()}
    columns["mention"] = [f"{block}-{n}" for n in range(number)]
    columns["synthetic"] = [True] * number
    return pa.RecordBatch.from_pydict(columns, schema=SCHEMA)


def _people(
    block: int, number: int, part: Part, names: Path | None, chance: Chance
) -> Iterator[tuple[Person, int]]:
    """People with how many mentions each has, until there are enough."""
    known = cultures(part, names)
    weights = tuple(accumulate(culture.weight for culture in known))
    entity, made = block * BLOCK, 0
    person: Person | None = None
    while made < number:
        person = (relative(person, entity, chance.random(), chance) if person else None) or invent(
            entity, known, weights, chance
        )
        count = min(_size(chance), number - made)
        yield person, count
        entity, made = entity + 1, made + count


def _size(chance: Chance) -> int:
    """How many mentions somebody has: often one, mostly few, seldom dozens."""
    pick = chance.random()
    if pick < _SINGLE:
        return 1
    if pick > 1 - _MANY:
        return chance.between(12, 60)
    size = 2
    while chance.random() < 0.5 and size < 20:
        size += 1
    return size


def _hubs(number: int, seed: int, part: Part) -> tuple[str, ...]:
    chance = Chance(f"{part} {seed} hubs")
    return tuple(identifiers.phone(chance) for _ in range(max(2, number // _EACH_HUB)))


@lru_cache(maxsize=8)
def _hub_weights(number: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 1) for rank in range(number)))
