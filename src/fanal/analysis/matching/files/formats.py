"""Rows of CSV, Parquet and JSON Lines, each with the line where it begins, or with what is wrong with it."""

import csv
import json
from collections.abc import Iterator
from collections.abc import Mapping as Cells
from itertools import chain
from pathlib import Path
from typing import Any

from .mapping import BadMapping, Mapping
from .problem import Problem

Rows = Iterator[tuple[int, Cells[str, Any] | Problem]]
_BATCH = 10_000
_COMMAS = ",;\t"  # Excel writes the second where the first stands in numbers
_LONGEST_CELL = 10_000_000


def rows(file: Path, mapping: Mapping) -> Rows:
    """(line, cells by column) of each row that is not empty.

    By the file's ending: `.csv`, `.tsv`, `.parquet`, `.jsonl` or `.ndjson`. Refuses with BadMapping another ending, a
    file that is not what its ending says, and a column that the mapping names and the file does not have.
    """
    ending = file.suffix.lower()
    if ending in (".csv", ".tsv"):
        yield from _csv(file, mapping)
    elif ending in (".jsonl", ".ndjson"):
        yield from _json_lines(file, mapping)
    elif ending == ".parquet":
        yield from _parquet(file, mapping)
    else:
        raise BadMapping(f"{file.name}: only .csv, .tsv, .parquet, .jsonl and .ndjson are read")


def _csv(file: Path, mapping: Mapping) -> Rows:
    csv.field_size_limit(_LONGEST_CELL)
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        first = opened.readline()
        comma = max(_COMMAS, key=first.count)  # the first line names columns: what parts them occurs most
        texts = (text.replace("\0", "") for text in chain([first], opened))
        lines = csv.reader(texts, delimiter=comma, skipinitialspace=comma != "\t")
        header = [name.strip() for name in next(lines, [])]
        mapping.demand(header, file.name)
        begun = lines.line_num + 1
        while True:
            try:
                values = next(lines)
            except StopIteration:
                return
            except csv.Error as problem:
                yield begun, Problem(file.name, begun, "", f"not CSV: {problem}", lost=True)
                values = []
            if len(values) == len(header):
                yield begun, dict(zip(header, values, strict=True))
            elif values:
                what = f"{len(values)} cells, {len(header)} in the first line"
                yield begun, Problem(file.name, begun, "", what, lost=True)
            begun = lines.line_num + 1


def _json_lines(file: Path, mapping: Mapping) -> Rows:
    _demand_somewhere(file, mapping)
    with file.open(encoding="utf-8-sig", errors="replace") as opened:
        for number, text in enumerate(opened, 1):
            if not text.strip():
                continue
            try:
                cells = json.loads(text)
            except (ValueError, RecursionError) as problem:
                yield number, Problem(file.name, number, "", f"not JSON: {problem}", lost=True)
                continue
            if isinstance(cells, dict):
                yield number, cells
            else:
                yield number, Problem(file.name, number, "", "not an object in braces", lost=True)


def _demand_somewhere(file: Path, mapping: Mapping) -> None:
    """A line may leave out what is unknown; a column that no line has is a mistake of the mapping."""
    missing, there = set(mapping.columns()), dict[str, None]()
    with file.open(encoding="utf-8-sig", errors="replace") as opened:
        for text in opened:
            if not missing:
                return
            try:
                cells = json.loads(text)
            except (ValueError, RecursionError):
                continue
            if isinstance(cells, dict):
                missing -= cells.keys()
                there |= dict.fromkeys(cells)
    mapping.demand([*there], file.name)


def _parquet(file: Path, mapping: Mapping) -> Rows:
    from pyarrow import ArrowInvalid, parquet

    try:
        opened = parquet.ParquetFile(file)
    except ArrowInvalid as problem:
        raise BadMapping(f"{file.name} cannot be read as Parquet: {problem}") from problem
    mapping.demand(opened.schema_arrow.names, file.name)
    number = 0
    for batch in opened.iter_batches(_BATCH, columns=sorted(set(mapping.columns()))):
        for cells in batch.to_pylist():
            number += 1
            yield number, cells
