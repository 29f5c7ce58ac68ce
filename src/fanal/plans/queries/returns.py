"""What came back from an older plan: the chain of a measure, and what waits for a judgement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from fanal.plans.models import Carry, Version
from fanal.plans.queries.lines import all_shelves, lines, measures_of
from fanal.plans.rules import MeasureLine

LONGEST_CHAIN = 20
"""Plans one behind the other; a longer chain is a mistake, and is cut."""


@dataclass(frozen=True, slots=True)
class Return:
    """A measure beside the older one that it may be; `row.carried` is None until somebody judged."""

    row: Carry
    newer: MeasureLine
    older: MeasureLine


def older_measures(version: Version, on: date) -> tuple[MeasureLine, ...]:
    """The measures of every other plan that begins earlier and was adopted by that day, as they were last."""
    shelf = all_shelves()
    ids = [
        row.pk
        for code in shelf.rows
        if code != version.plan_id
        and (row := shelf.counted(code, on)) is not None
        and row.starts_on < version.starts_on
    ]
    return measures_of(*ids, indicators=False)


def returns(version: Version, on: date) -> Sequence[Return]:
    """What was found for the measures of a version, those nobody judged first, the most alike first."""
    newer = {line.key: line for line in measures_of(version.pk, indicators=False)}
    rows = list(
        Carry.objects.filter(key__in=newer).order_by(F("carried").asc(nulls_first=True), "-score", "key")
    )
    older = lines([row.older_key for row in rows], on)
    return [Return(row, newer[row.key], older[row.older_key]) for row in rows if row.older_key in older]


def chain(key: str, on: date) -> tuple[MeasureLine, ...]:
    """The measures that this one was carried over from, the nearest first; empty for a new one."""
    links = dict(Carry.objects.filter(carried=True).values_list("key", "older_key"))
    keys: list[str] = []
    while key in links and links[key] not in keys and len(keys) < LONGEST_CHAIN:
        key = links[key]
        keys.append(key)
    found = lines(keys, on)
    return tuple(found[each] for each in keys if each in found)


def successors(key: str, on: date) -> tuple[MeasureLine, ...]:
    """The measures of later plans that this one was carried over into, one after the other."""
    links = dict(Carry.objects.filter(carried=True).values_list("older_key", "key"))
    keys: list[str] = []
    while key in links and links[key] not in keys and len(keys) < LONGEST_CHAIN:
        key = links[key]
        keys.append(key)
    found = lines(keys, on)
    return tuple(found[each] for each in keys if each in found)


def carried_keys(keys: Sequence[str]) -> frozenset[str]:
    """Which of these measures come back from an older plan."""
    return frozenset(Carry.objects.filter(key__in=keys, carried=True).values_list("key", flat=True))
