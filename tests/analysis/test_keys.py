"""Two mentions of one person share a key; the keys say nothing without their secret and never change unannounced."""

import json
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fanal.analysis.matching.dates import Birth, birth
from fanal.analysis.matching.hashing import SIZE, hashes
from fanal.analysis.matching.identifiers import normal
from fanal.analysis.matching.keys import KeyKind, facts, keys
from fanal.analysis.matching.record import Identifier, Kind, Record

SECRET, OTHER = b"a secret of tests", b"another one, also"
GOLDEN = Path(__file__).with_name("keys.json")


def person(*names: str, births: tuple[str, ...] = (), **identifiers: str) -> Record:
    return Record(
        "x",
        names=names,
        births=births,
        identifiers={Identifier(kind): (text,) for kind, text in identifiers.items()},
    )


MEET = [
    (person("Fatima Benali"), person("Benali, Fatima"), "family name first"),
    (person("Fatima Benali"), person("فاطمة بن علي", "Fatma Benali"), "an alias in another writing"),
    (
        person("Ahmed Hassan", births=("1990-05-04",)),
        person("Hassan X", births=("04/05/1990",)),
        "word and year",
    ),
    (
        person("Ahmed", births=("1990-05-04",)),
        person("Ahmed", births=("1991-04-05",)),
        "day and month exchanged",
    ),
    (person("Krzysztof", births=("1980",)), person("Krzyztof", births=("1980",)), "a letter missing"),
    (person(phone="0470 12 34 56"), person(phone="+32470123456"), "a number with and without its country"),
    (person(iban="BE71 0961 2345 6769"), person(iban="BE71096123456769"), "spaces"),
    (person(plate="1-ABC-123"), person(plate="1ABC12"), "a sign missing from a plate"),
    (person(email="A.B@Example.org"), person(email="a.b@example.org"), "capital letters"),
    (person(handle="@Some.One"), person(handle="https://example.org/some.one/"), "a handle and its page"),
]


@pytest.mark.parametrize(("one", "other", "why"), MEET)
def test_mentions_of_one_meet(one: Record, other: Record, why: str) -> None:
    assert keys(one, SECRET).keys() & keys(other, SECRET).keys(), why


def test_father_and_son_with_the_same_words_differ_in_the_descent_key() -> None:
    son, father = facts(person("Omar bin Khaled")), facts(person("Khaled bin Omar"))
    assert {text for kind, text in son if kind is KeyKind.FATHER}.isdisjoint(
        text for kind, text in father if kind is KeyKind.FATHER
    )
    assert {text for kind, text in son if kind is KeyKind.WORDS} == {
        text for kind, text in father if kind is KeyKind.WORDS
    }


def test_another_secret_gives_other_keys() -> None:
    for one, _, _ in MEET:
        assert not keys(one, SECRET).keys() & keys(one, OTHER).keys()


@pytest.mark.parametrize("secret", [b"", b"short", b"x" * 65])
def test_a_secret_of_the_wrong_size_is_refused(secret: bytes) -> None:
    with pytest.raises(ValueError, match="16 to 64"):
        keys(person("A"), secret)


def test_keys_are_those_of_this_version() -> None:
    """A change here breaks every index that exists: raise keys.VERSION and write the file anew."""
    found = [{str(key): kind.value for key, kind in sorted(keys(one, SECRET).items())} for one, _, _ in MEET]
    assert found == json.loads(GOLDEN.read_text())


TEXTS = some.lists(some.text(min_size=1, max_size=300) | some.sampled_from(["x" * 128, "é" * 64, "y" * 257]))


@given(TEXTS, some.binary(min_size=1, max_size=64), some.binary(max_size=16))
def test_texts_are_hashed_as_hashlib_does(texts: list[str], secret: bytes, person: bytes) -> None:
    expected = [
        blake2b(text.encode(), digest_size=SIZE, key=secret, person=person).digest() for text in texts
    ]
    assert hashes(texts, secret, person).tolist() == [int.from_bytes(each, "little") for each in expected]


@given(some.lists(some.text(max_size=40), max_size=4), some.permutations(range(4)))
def test_the_order_of_names_changes_nothing(names: list[str], order: list[int]) -> None:
    turned = [names[n] for n in order if n < len(names)]
    assert keys(person(*names), SECRET) == keys(person(*turned), SECRET)


@given(some.text(), some.text(), some.sampled_from(Identifier))
def test_nothing_that_is_typed_breaks_it(name: str, date: str, kind: Identifier) -> None:
    keys(Record("x", Kind.PERSON, (name,), (date,), (name,), {kind: (date, name)}), SECRET)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("1980-02-03", Birth(1980, 2, 3)),
        ("3/2/1980", Birth(1980, 2, 3)),
        ("02/13/1980", Birth(1980, 2, 13)),
        ("00/00/1980", Birth(1980)),
        ("1980-00-00", Birth(1980)),
        ("02/1980", Birth(1980, 2)),
        ("1980-02", Birth(1980, 2)),
        ("1980", Birth(1980)),
        ("about 1980", Birth(1980)),
        ("19800203", Birth(1980, 2, 3)),
        ("19800000", Birth(1980)),
        ("19801332", None),
        ("3 février 1980", Birth(1980, 2, 3)),
        ("3 août 1980", Birth(1980, 8, 3)),
        ("12 juin 1980", Birth(1980, 6, 12)),
        ("12 juillet 1980", Birth(1980, 7, 12)),
        ("3 maart 1980", Birth(1980, 3, 3)),
        ("3. März 1980", Birth(1980, 3, 3)),
        ("May 12, 1980", Birth(1980, 5, 12)),
        ("December 1980", Birth(1980, 12)),
        ("mardi 3/2/1980", Birth(1980, 2, 3)),
        ("31/31/1980", Birth(1980, None, 31)),
        ("01/01/1990", Birth(1990, 1, 1)),
        ("unknown", None),
        ("03/02", None),
        ("0000-00-00", None),
        ("99999999", None),
    ],
)
def test_dates_as_people_write_them(written: str, known: Birth | None) -> None:
    assert birth(written) == known


@pytest.mark.parametrize(
    ("kind", "written", "text", "valid"),
    [
        (Identifier.PHONE, "0470/12.34.56", "+32470123456", True),
        (Identifier.PHONE, "0470 12", "+32047012", False),
        (Identifier.PHONE, "call me", "", None),
        (Identifier.IBAN, "BE71 0961 2345 6769", "BE71096123456769", True),
        (Identifier.IBAN, "BE72 0961 2345 6769", "BE72096123456769", False),
        (Identifier.NATIONAL, "85.07.30-033 28", "85073003328", True),
        (Identifier.NATIONAL, "85.07.30-033 29", "85073003329", False),
        (Identifier.ENTERPRISE, "BE 0403.019.261", "0403019261", True),
        (Identifier.ENTERPRISE, "403.019.261", "0403019261", True),
        (Identifier.EMAIL, "A@b.be", "a@b.be", True),
        (Identifier.EMAIL, "a b", "a b", False),
        (Identifier.DOCUMENT, "ab 12-3", "AB123", None),
    ],
)
def test_identifiers_have_one_form(kind: Identifier, written: str, text: str, valid: bool | None) -> None:
    found = normal(kind, written)
    assert (found.text, found.valid) == (text, valid) if found else text == ""
