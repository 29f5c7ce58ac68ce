"""Invented mentions: the same again under a seed, two halves without a common name, and the errors that are told."""

from collections import Counter, defaultdict
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from fanal.analysis.matching.files import Mapping, Problem, read
from fanal.analysis.matching.generator import PARTS, TABLE, mentions, names_of, slips, write
from fanal.analysis.matching.generator.words import cultures, forms_of
from fanal.analysis.matching.identifiers import normal
from fanal.analysis.matching.record import Identifier
from fanal.analysis.matching.writings import Writing, words

OUTSIDE = Path("../shared/data/linkage/transliteration")


@pytest.fixture(scope="module")
def people() -> list[dict[str, object]]:
    return pa.Table.from_batches(mentions(20_000, 7, "development")).to_pylist()


def test_a_seed_gives_the_same_people_again_and_another_seed_others(people: list[dict[str, object]]) -> None:
    again = pa.Table.from_batches(mentions(20_000, 7, "development")).to_pylist()
    other = pa.Table.from_batches(mentions(2_000, 8, "development")).to_pylist()
    assert again == people
    assert {row["name"] for row in other} != {row["name"] for row in people[:2_000]}
    assert all(row["synthetic"] for row in people)


@pytest.mark.parametrize("outside", [None, OUTSIDE])
def test_the_halves_share_no_form_of_a_name(outside: Path | None) -> None:
    if outside and not outside.is_dir():
        pytest.skip("the transliterations are not on this machine")
    mine, theirs = (
        {form for culture in cultures(part, outside) for form in forms_of(culture)} for part in PARTS
    )
    assert len(mine) > 5_000
    assert len(theirs) > 5_000
    assert not mine & theirs
    for part in PARTS:
        assert all(
            names.every
            for culture in cultures(part, outside)
            for names in (culture.male, culture.female, culture.family)
        )


def test_the_mentions_of_one_entity_are_of_one_person(people: list[dict[str, object]]) -> None:
    """What no slip touches stays: the passport of a person is nobody else's, and sex never changes."""
    sexes, owners = defaultdict(set), defaultdict(set)
    for row in people:
        if row["sex"]:
            sexes[row["entity"]].add(row["sex"])
        if "slip in number" not in names_of(row["corruptions"]):
            for number in row["documents"]:
                owners[number].add(row["entity"])
    assert {len(known) for known in sexes.values()} == {1}
    assert {len(known) for known in owners.values()} == {1}
    sizes = Counter(Counter(row["entity"] for row in people).values())
    number = sum(sizes.values())
    assert 0.35 < sizes[1] / number < 0.5
    assert 2 < len(people) / number < 3
    assert max(sizes) > 20


def test_errors_are_as_frequent_as_told_and_are_in_the_data(people: list[dict[str, object]]) -> None:
    told = [set(names_of(row["corruptions"])) for row in people]
    for each in TABLE:
        if each.of == "mentions":
            share = sum(each.name in names for names in told) / len(people)
            assert share == pytest.approx(each.share, rel=0.15, abs=0.003), each.name
    born = [names for names in told if "no birth" not in names]
    whole = [names for names in born if "year" not in names]
    for base, name in ((born, "other year"), (born, "year"), (whole, "january")):
        documented = next(each.share for each in TABLE if each.name == name)
        assert sum(name in names for names in base) / len(base) == pytest.approx(documented, rel=0.15), name
    for row, names in zip(people, told, strict=True):
        birth = row["births"][0] if row["births"] else ""
        assert ("no birth" in names) == (not birth)
        assert ("year" in names) == (len(birth) == 4)
        assert ("no place" in names) == (row["birth_place"] is None)
        assert ("alias" in names) == bool(row["aliases"])
        if "alias only" not in names:
            native = any(
                word.writing is not Writing.LATIN for word in words(row["name"]) if word.latin.isalpha()
            )
            assert native == ("native" in names), row["name"]


def test_a_number_that_thousands_give_is_there(people: list[dict[str, object]]) -> None:
    holders = defaultdict(set)
    for row in people:
        for number in row["phones"]:
            holders[normal(Identifier.PHONE, number).text].add(row["entity"])
    most = max(len(known) for known in holders.values())
    assert most > 100


def test_files_and_their_mapping_are_read_as_they_are(tmp_path: Path) -> None:
    mapping = write(tmp_path / "people.parquet", 3_000, 1, "evaluation", tell=lambda *_: None)
    rows = list(read(tmp_path / "people.parquet", Mapping.load(mapping)))
    assert len(rows) == 3_000
    assert not [row for row in rows if isinstance(row, Problem)]
    known = parquet.read_table(tmp_path / "people.parquet")
    assert known.schema.metadata[b"synthetic"]
    for kind, column in (("iban", "ibans"), ("national", "nationals"), ("phone", "phones")):
        right = [
            normal(Identifier(kind), text).valid
            for row in known.to_pylist()
            for text in row[column]
            if "slip in number" not in names_of(row["corruptions"])
        ]
        assert sum(right) / len(right) > 0.98, kind


def test_more_than_ten_million_are_refused() -> None:
    with pytest.raises(ValueError, match="10,000,000"):
        next(mentions(10_000_001, 1, "development"))


def test_a_key_beside_is_the_same_in_every_process() -> None:
    """No order of Python's sets is in it: what stands in one seed's people must not change from run to run."""
    assert all(list(each) == sorted(each) for each in slips._BESIDE.values())
