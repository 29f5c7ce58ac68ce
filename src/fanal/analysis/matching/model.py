"""A model: how much each level of each comparison speaks for one and the same, learned from files.

It is kept as JSON in the format of Splink, so that Splink reads it as it stands; what Splink does not know (our version
and the rarity of words) stands in a second object of the same file.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from . import comparisons
from .comparisons import COMPARISONS, MOST, NUMBER, Codes, Comparison
from .rarity import Rarity
from .record import Identifier

FORMAT = 2
LEAST_M, MOST_M = 0.005, 0.995
_SLACK = 1e-9
_NEAR = 0.01  # of 1/distinct, by which the share of strangers may differ from it


class BadModel(Exception):
    """The model must not be used; the text lists why, a line each."""


@dataclass(frozen=True, slots=True)
class Shares:
    """For each level of a comparison the share of matches (`m`) and of others (`u`) that have it, by code."""

    m: tuple[float, ...]
    u: tuple[float, ...]

    def bits(self) -> tuple[float, ...]:
        return tuple(math.log2(m / u) for m, u in zip(self.m, self.u, strict=True))


@dataclass(frozen=True, slots=True)
class Model:
    """`prior`: the probability that two random records match; `shares` by the comparison's name.

    `distinct`: how many different values of each identifier the records had that it was learned from.
    """

    prior: float
    shares: Mapping[str, Shares]
    rarity: Rarity
    distinct: Mapping[str, int] = field(default_factory=dict)

    @property
    def prior_bits(self) -> float:
        return math.log2(self.prior / (1 - self.prior))

    def weights(self) -> npt.NDArray[np.float64]:
        """Bits (comparisons × codes + 1); the last column, which code -1 meets, is zero: the unknown says nothing."""
        found = np.zeros((NUMBER, MOST + 1))
        for n, comparison in enumerate(COMPARISONS):
            if comparison.name in self.shares:
                bits = self.shares[comparison.name].bits()
                found[n, : len(bits)] = bits
        return found

    def bits(self, codes: Codes) -> npt.NDArray[np.float64]:
        """The bits of each pair: how often likelier that they are one than that they are two, the prior counted."""
        weights = self.weights()
        total = np.full(len(codes), self.prior_bits)
        for n in range(NUMBER):
            total += weights[n][codes[:, n]]
        return total

    def problems(self) -> list[str]:
        """What forbids its use, a line each: a level that was not trained, a share outside its bounds, a level out of
        order, a rare identifier that strangers share more or less often than one in so many as there are, a prior
        that is none, no comparison at all."""
        found = [line for comparison in COMPARISONS for line in self._problems_of(comparison)]
        if not self.shares:
            found.append("it compares nothing")
        if unknown := self.shares.keys() - {comparison.name for comparison in COMPARISONS}:
            found.append(f"it compares what this program does not know: {', '.join(sorted(unknown))}")
        if not 0 < self.prior < 1:
            found.append(f"the prior is {self.prior}, no probability")
        return found

    def _problems_of(self, comparison: Comparison) -> Iterator[str]:
        shares = self.shares.get(comparison.name)
        if shares is None:
            return
        if len(shares.m) != len(comparison.labels) or len(shares.u) != len(comparison.labels):
            yield f"{comparison.name}: {len(shares.m)} levels instead of {len(comparison.labels)}"
            return
        for label, m, u in zip(comparison.labels, shares.m, shares.u, strict=True):
            if not LEAST_M <= m <= MOST_M:
                yield f"{comparison.name}, {label}: m is {m:.6f}, outside {LEAST_M} to {MOST_M}"
            if not 0 < u < 1:
                yield f"{comparison.name}, {label}: u is {u:.6f}; the level was not trained"
        yield from self._not_rare(comparison, shares)
        if all(0 < u < 1 for u in shares.u) and all(m > 0 for m in shares.m):
            yield from _out_of_order(comparison, shares.bits())

    def _not_rare(self, comparison: Comparison, shares: Shares) -> Iterator[str]:
        """Two strangers have the same rare identifier as often as there are different ones, no more and no less."""
        if comparison.name not in tuple(Identifier):
            return
        known = self.distinct.get(comparison.name, 0)
        if known < 2:
            yield f"{comparison.name}: it is not said how many different ones there are"
        elif not (1 - _NEAR) / known <= shares.u[-1] <= (1 + _NEAR) / known:
            yield f"{comparison.name}, {comparison.labels[-1]}: u is {shares.u[-1]:.8f}, not 1/{known}"

    def demand_fit(self) -> None:
        """Refuse with BadModel a model that must not be used."""
        if found := self.problems():
            raise BadModel("\n".join(found))

    def as_json(self) -> dict[str, Any]:
        """The settings of Splink, with `fanal` beside them."""
        return {
            "link_type": "dedupe_only",
            "sql_dialect": "duckdb",
            "unique_id_column_name": "unique_id",
            "source_dataset_column_name": "source_dataset",
            "probability_two_random_records_match": self.prior,
            "blocking_rules_to_generate_predictions": [],
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": False,
            "comparisons": [settings(each, self.shares.get(each.name)) for each in used(self.shares)],
            "fanal": {
                "format": FORMAT,
                "comparisons": comparisons.VERSION,
                "distinct": dict(sorted(self.distinct.items())),
                "unlisted": self.rarity.unlisted,
                "words": dict(sorted(self.rarity.words.items())),
                "values": dict(sorted(self.rarity.values.items())),
            },
        }

    def save(self, file: Path) -> None:
        """Write it, if it may be used: refused with BadModel."""
        self.demand_fit()
        file.write_text(json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read a model. Refuses with BadModel what is none, one of another version, and one that must not be used."""
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            about = said["fanal"]
            known, ours = (about["format"], about["comparisons"]), (FORMAT, comparisons.VERSION)
            if known != ours:
                theirs, this = (".".join(map(str, version)) for version in (known, ours))
                raise BadModel(f"{file} has version {theirs}, this program {this}. Train it anew.")
            model = cls(
                float(said["probability_two_random_records_match"]),
                {each["output_column_name"]: read_shares(each) for each in said["comparisons"]},
                Rarity(about["words"], about["values"], about["unlisted"]),
                about["distinct"],
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise BadModel(f"{file} is no model of ours: {problem}") from problem
        model.demand_fit()
        return model


def used(shares: Mapping[str, Shares]) -> tuple[Comparison, ...]:
    """The comparisons that a model knows."""
    return tuple(each for each in COMPARISONS if each.name in shares)


def settings(comparison: Comparison, shares: Shares | None) -> dict[str, Any]:
    """A comparison in Splink's format: the levels ask our own function, strongest first, as SQL reads them."""
    columns = ", ".join(f"{name}_{side}" for name in comparison.columns for side in "lr")
    asked = f"{sql_name(comparison)}({columns})"
    null = {
        "sql_condition": f"{asked} = -1",
        "label_for_charts": comparison.nulls,
        "is_null_level": True,
    }
    levels: list[dict[str, Any]] = [null]
    for code in reversed(range(len(comparison.labels))):
        level: dict[str, Any] = {
            "sql_condition": f"{asked} = {code}" if code else "ELSE",
            "label_for_charts": comparison.labels[code],
        }
        if shares is not None:
            level |= {"m_probability": shares.m[code], "u_probability": shares.u[code]}
        levels.append(level)
    return {
        "output_column_name": comparison.name,
        "comparison_levels": levels,
        "comparison_description": comparison.name,
    }


def sql_name(comparison: Comparison) -> str:
    """The name of a comparison's function in SQL."""
    return f"fanal_{comparison.name.replace(' ', '_')}"


def read_shares(said: Mapping[str, Any]) -> Shares:
    """The shares of a comparison in Splink's format; zero where a level was never seen."""
    ordered = [level for level in reversed(said["comparison_levels"]) if not level.get("is_null_level")]
    return Shares(
        tuple(float(level.get("m_probability") or 0) for level in ordered),
        tuple(float(level.get("u_probability") or 0) for level in ordered),
    )


def _out_of_order(comparison: Comparison, bits: tuple[float, ...]) -> Iterator[str]:
    for chain in comparison.chains:
        for weaker, stronger in pairwise(chain):
            if bits[weaker] > bits[stronger] + _SLACK:
                yield (
                    f"{comparison.name}: “{comparison.labels[weaker]}” ({bits[weaker]:.2f} bits) says more than "
                    f"“{comparison.labels[stronger]}” ({bits[stronger]:.2f} bits)"
                )
