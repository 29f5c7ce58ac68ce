"""A base is prepared in bulk; what comes out is what one record after the other gives."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from fanal.analysis.matching.bench import bases
from fanal.analysis.matching.features import LAYOUT, features
from fanal.analysis.matching.generator import mentions
from fanal.analysis.matching.keys import facts
from fanal.analysis.matching.preparing import prepare
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Identifier, Kind, Record, Trait

RARITY = Rarity({"ali": 3, "de": 1, "anna": 7}, {"occupation|cook": 4, "phone|+32470123456": 6}, 17)


def held(records: Sequence[Record]) -> None:
    """The same rows; keys that are the same number for the same fact, another for another."""
    prepared = prepare(records, RARITY, lambda *_: None)
    rows = np.array([features(record, RARITY) for record in records], LAYOUT)
    for number, record in enumerate(records):
        assert prepared.rows[number].tobytes() == rows[number].tobytes(), record
    ends = np.cumsum(prepared.counts)
    meaning: dict[tuple[int, str], int] = {}
    owners: dict[int, set[int]] = {}
    for number, record in enumerate(records):
        found = prepared.keys[ends[number] - prepared.counts[number] : ends[number]].tolist()
        kinds = prepared.kinds[ends[number] - prepared.counts[number] : ends[number]].tolist()
        said = facts(record)
        assert sorted(kinds) == sorted(kind for kind, _ in said), record
        assert len(set(found)) == len(found)
        for key in found:
            owners.setdefault(key, set()).add(number)
        for fact in said:
            meaning[fact] = meaning.get(fact, 0) | 1 << number
    assert sorted(sum(1 << number for number in each) for each in owners.values()) == sorted(meaning.values())


LATIN = some.sampled_from(
    [
        "Anna",
        "ANNA",
        "Anne-Marie",
        "de",
        "bin",
        "Ali",
        "O'Neill",
        "van",
        "Ivanovich",
        "Ó",
        "ß",
        "Bob",
        "Zhou",
        "…",
        "1",
    ]
)
OTHER = some.sampled_from(["Анна", "علي", "周", "김철수", "יוסף", "Γιώργος", "😀", "Али", "ивановна", "بن"])
NAMES = some.lists(LATIN | OTHER | some.text(max_size=6), max_size=15).map(" ".join)
DATES = some.sampled_from(
    [
        "1980-02-03",
        "3/2/1980",
        "1980",
        "00/00/1980",
        "02/1980",
        "1980-01-01",
        "",
        "1999-13-32",
        "x",
        "1981-03-02",
    ]
)
VALUES = {
    Identifier.PHONE: [
        "0470 12 34 56",
        "+32470123456",
        "12",
        "call me",
        "0033612345678",
        "+32 (0)470 12 34 57",
    ],
    Identifier.PLATE: ["1-ABC-123", "1abc123", "1ABC12", "x"],
    Identifier.IBAN: ["BE71 0961 2345 6769", "BE71096123456768"],
    Identifier.EMAIL: ["A.B@Example.org", "ünï@x.be", "a"],
    Identifier.HANDLE: ["@Some.One", "https://example.org/some.one/"],
}


@some.composite
def records(draw: some.DrawFn) -> Record:
    texts = {kind: some.lists(some.sampled_from(several), max_size=3) for kind, several in VALUES.items()}
    identifiers = {kind: tuple(draw(each)) for kind, each in texts.items() if draw(some.booleans())}
    traits = {
        Trait.POSTCODE: tuple(draw(some.lists(some.sampled_from(["1000", "tq13 8df", "", "9"]), max_size=2))),
        Trait.OCCUPATION: tuple(
            draw(some.lists(some.sampled_from(["Cook", "cook", " night  guard"]), max_size=2))
        ),
        Trait.SEX: tuple(draw(some.lists(some.sampled_from(["f", "m"]), max_size=1))),
    }
    return Record(
        "x",
        kind=draw(some.sampled_from(Kind)),
        names=tuple(draw(some.lists(NAMES, max_size=3))),
        births=tuple(draw(some.lists(DATES, max_size=4))),
        places=tuple(draw(some.lists(some.sampled_from(["Bouaké", "Sint-Niklaas", "בגדד", ""]), max_size=2))),
        identifiers=identifiers,
        traits=traits,
    )


@settings(max_examples=100, deadline=None, database=None)
@given(records())
def _drawn(record: Record) -> None:
    DRAWN.append(record)


DRAWN: list[Record] = []


def test_whatever_is_written_is_prepared_as_one_by_one() -> None:
    _drawn()
    held(DRAWN)


def test_invented_people_are_prepared_as_one_by_one() -> None:
    held([bases.record(row) for batch in mentions(600, 7, "development") for row in batch.to_pylist()])


def test_nobody_is_prepared_as_nobody() -> None:
    prepared = prepare([], RARITY, lambda *_: None)
    assert (len(prepared.rows), len(prepared.keys), len(prepared.counts)) == (0, 0, 0)
