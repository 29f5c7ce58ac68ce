"""When reading is unusual. Numbers come from the reference data, which people of the house may change: none is law.

Law enforcement directive, art. 25 §2 and 29: logs are there to verify that processing is lawful, and unauthorised
reading must be found. Pure: counts in, a verdict with its reason out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Bounds:
    """`files` opened outside one's work within `minutes` are compared with `times_usual` times what is usual for that
    person, judged by her last `usual_days`; `ceiling` files and `refusals` are told whatever is usual."""

    minutes: int
    files: int
    times_usual: int
    ceiling: int
    refusals: int
    usual_days: int


def usual(counts: Sequence[int]) -> int:
    """What a person ordinarily opens in one stretch of time: nine stretches in ten have no more. Nothing known: 0."""
    ordered = sorted(counts)
    return ordered[ceil(len(ordered) * 0.9) - 1] if ordered else 0


def many_files(files: int, ordinarily: int, bounds: Bounds) -> bool:
    """Whether so many files outside one's work are told.

    A person who opens a little more every day makes it her usual: the ceiling holds for her too.
    """
    return files >= bounds.ceiling or (files >= bounds.files and files > bounds.times_usual * ordinarily)


def many_refusals(refusals: int, bounds: Bounds) -> bool:
    """Whether so many refusals are told: who tries references one after the other opens no file."""
    return refusals >= bounds.refusals
