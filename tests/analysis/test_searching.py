"""The compiled search finds what every way to cut and to read a word gives, written down plainly."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as some

from fanal.analysis.matching.writings.searching import Readings

Chunks = Mapping[tuple[str, ...], list[tuple[str, float]]]
UNKNOWN, HOPELESS = 1e-6, 1e-4


def plainly(units: tuple[str, ...], chunks: Chunks, limit: int, width: int) -> list[str]:
    found: list[dict[str, float]] = [{} for _ in range(len(units) + 1)]
    found[0] = {"": 1.0}
    for at in range(len(units)):
        reached = best(found[at], width)
        for size in range(1, min(2, len(units) - at) + 1):
            readings = chunks.get(units[at : at + size]) or ([("q", UNKNOWN)] if size == 1 else [])
            for before, chance in reached:
                for reading, share in readings:
                    longer = before + reading
                    found[at + size][longer] = found[at + size].get(longer, 0.0) + chance * share
    return [text for text, _ in best(found[-1], limit)]


def best(found: Mapping[str, float], most: int) -> list[tuple[str, float]]:
    ordered = sorted(found.items(), key=lambda one: one[1], reverse=True)[:most]
    return [one for one in ordered if one[1] > ordered[0][1] * HOPELESS]


UNITS = some.lists(some.sampled_from("xyzw"), max_size=9).map(tuple)
READINGS = some.lists(
    some.tuples(some.text("ab", max_size=3), some.sampled_from([0.5, 0.25, 0.1, 1e-5])),
    max_size=5,
    unique_by=lambda one: one[0],
)
TABLES = some.dictionaries(some.lists(some.sampled_from("xyz"), min_size=1, max_size=2).map(tuple), READINGS)


@settings(max_examples=300, deadline=None)
@given(UNITS, TABLES, some.integers(1, 6), some.integers(1, 8))
def test_the_search_is_the_plain_one(units: tuple[str, ...], chunks: Chunks, limit: int, width: int) -> None:
    found = Readings.of(chunks).likeliest(units, lambda _: "q", UNKNOWN, limit, width)
    assert found == plainly(units, chunks, limit, width)
