"""The online scorer and Splink's SQL on DuckDB, on the same pairs: the bits of both, side by side."""

import logging
from itertools import islice
from typing import Any

import numpy as np
from splink import Linker, SettingsCreator, block_on

from fanal.analysis.matching import sql
from fanal.analysis.matching.features import LAYOUT, features
from fanal.analysis.matching.scoring import scorer
from fanal.analysis.matching.training import Tell

from . import bases
from .bases import Base

_RECORDS, _PART, _LIMIT = 50_000, 250_000, 0.01


def conformance(base: Base, number: int, tell: Tell) -> tuple[int, int, float]:
    """(pairs whose bits are within 0.01, all pairs, largest difference): half neighbours by name, half at random."""
    model = bases.known(base)
    people = sorted(islice(bases.records(base.people), _RECORDS), key=lambda each: each.names)
    rows = np.array([features(each, model.rarity) for each in people], LAYOUT)
    chance = np.random.default_rng(1)
    these = chance.integers(0, len(rows) - 1, number)
    far = chance.integers(0, len(rows), number)
    those = np.where(np.arange(number) % 2, (these + chance.integers(1, 4, number)) % len(rows), far)
    online = scorer(rows, model)(these, those)
    said = {name: part for name, part in model.as_json().items() if name != "fanal"}
    within, largest = 0, 0.0
    for at in range(0, number, _PART):
        tell("Scoring in SQL", at, number)
        part = slice(at, min(at + _PART, number))
        batch = _in_sql(said, rows[these[part]], rows[those[part]])
        apart = np.abs(batch - online[part])
        within += int((apart <= _LIMIT).sum())
        largest = max(largest, float(apart.max()))
    tell("Scoring in SQL", number, number)
    return within, number, largest


def _in_sql(said: dict[str, Any], these: Any, those: Any) -> Any:
    """What Splink says of pairs of rows, in their order: its own SQL, made from the model's JSON."""
    api = sql.database()
    names = [str(n) for n in range(len(these))]
    pairs = [api.register(_paired(f"{side}", names, rows)) for side, rows in (("l", these), ("r", those))]
    settings = said | {"blocking_rules_to_generate_predictions": [block_on("pair")]}
    linker = Linker(pairs[0], SettingsCreator.from_path_or_dict(settings), log_level=logging.ERROR)
    found = linker.inference.predict_between(pairs[0], pairs[1]).as_duckdbpyrelation()
    bits = np.full(len(these), np.nan)
    known = found.select("unique_id_l, match_weight").fetchnumpy()
    bits[np.array([name[1:] for name in known["unique_id_l"]], np.int64)] = known["match_weight"]
    return bits


def _paired(side: str, names: list[str], rows: Any) -> Any:
    table = sql.table([f"{side}{name}" for name in names], rows)
    return table.append_column("pair", [names])
