"""Each comparison as a table of pairs, with a sentence why."""

import numpy as np
import pytest

from fanal.analysis.matching import levels
from fanal.analysis.matching.features import AREA, KINDS, LAYOUT, PLACE, features
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Identifier, Record, Trait

RARITY = Rarity(
    {"muhammad": 5, "ali": 5, "maria": 6, "hassan": 8, "ahmed": 5, "benali": 11, "fatima": 7, "jan": 6}
)
NAMES = [
    ("Fatima Benali", "BENALI, Fatima", 7, "order, case and commas are how forms differ"),
    ("Fatima Benali", "فاطمة بن علي Fatima Benali", 6, "a second writing adds words and takes none away"),
    ("Fatima Benali", "Fatima Zahra Benali", 6, "a second given name is often left out"),
    ("Fatima Benali", "Fatima Benaly", 5, "one letter"),
    ("Fatima Benali", "Fatmia Benali", 5, "two letters exchanged"),
    ("Mohammed Hassan", "Muhamad Hasan", 5, "romanised by another hand"),
    ("Mohammed Hassan", "محمد حسن", 5, "in its own writing"),
    ("Aleksandr Ivanov", "Александр Иванов", 7, "read sign by sign it is the same"),
    ("F. Benali", "Fatima Benali", 5, "an initial is no contradiction"),
    ("Mohammed Ali Hassan", "Mohammed Ali Karimi", 4, "brothers: two names shared, the third differs"),
    ("Ali", "Ali", 3, "a single word says little"),
    ("Fatima Benali", "Fatima Kowalska", 2, "a given name shared by thousands"),
    ("Fatima Benali", "Fatmia Kowalska", 1, "and even that with a slip"),
    ("Fatima Benali", "Jan Kowalski", 0, "nothing in common"),
    ("Benali Fatima Zahra", "Zahra Fatima Benali", 7, "reversed"),
    ("Fatima Peeters-Benali", "Fatima Benali", 6, "married: both names are borne"),
    ("Fatima Peeters", "Fatima Benali", 2, "married: only one of the two is known"),
    ("Mevr. Fatima Benali", "Fatima Benali", 7, "a title before the name"),
    ("Benali, Dr. Fatima", "Fatima Benali", 7, "or after the comma"),
    ("Hans Claes Jr.", "Hans Claes Sr.", 7, "what tells father and son apart is their birth"),
    ("Fatima van den Broek", "Broek Fatima", 7, "particles come and go"),
    ("Mohd Hassan", "Mehmet Hassan", 7, "one name written in more ways than slips can tell"),
    ("Sasha Baranov", "Aleksandr Baranov", 5, "a short form in another language"),
    ("Ivan Petrovich Baranov", "Pyotr Ivanovich Baranov", 2, "father and son by their patronymics"),
    (
        "Yusuf bin Tariq",
        "Tariq bin Yusuf",
        7,
        "exchanged: the words are the same, the keys of descent are not",
    ),
    ("Фатима Benali", "Fatima Бенали", 7, "two writings in one name"),
    ("Fatima 😀 Benali", "Fatima\x00\u200bBenali", 7, "signs that are no letters, and such as hide"),
    ("Fatima " * 1_000 + "Benali", "Fatima", 3, "of a very long name the beginning is read"),
    ("", "Jan Kowalski", -1, "no name is no difference"),
    ("😀", "Jan Kowalski", -1, "nor is a sign that is no letter"),
]
BIRTHS = [
    ("1990-05-04", "04/05/1990", 6, "the same day as two countries write it"),
    ("1990-01-01", "1990-01-01", 5, "often means that the day is unknown"),
    ("1990-05-04", "1990-04-05", 4, "day and month exchanged"),
    ("1990-05-04", "1990-05-14", 4, "one digit"),
    ("1990-05-04", "1980-05-04", 4, "one digit of the year"),
    ("1990-05-04", "1990", 3, "half a date does not contradict"),
    ("00/00/1990", "1990-05-04", 3, "zeros are unknown"),
    ("1990-05-04", "1990-11-23", 2, "same year"),
    ("1990-05-04", "1972-05-04", 2, "same day of the year"),
    ("1990-05-04", "1992-11-23", 1, "an age that was estimated"),
    ("1990-05-04", "1961-11-23", 0, "mother and daughter"),
    ("", "1990-05-04", -1, "no date is no difference"),
]
PERSONS = [
    # name and birth of two records, (level of the name, level of the birth)
    (("Amina Verstappen", "1990-05-04"), ("Rokia Verstappen", "1990-05-04"), (2, 6), "twins: the name tells"),
    (("Hans Claes", "1951-03-09"), ("Hans Claes", "1984-11-23"), (7, 0), "father and son: the birth tells"),
    (("Hans Claes", "1984-03-09"), ("Hans Claes", "1951-03-09"), (7, 2), "born on his father's birthday"),
    (("Yusuf Karimzad", "1990-01-01"), ("Tariq Karimzad", "1990-01-01"), (2, 5), "a date for want of one"),
    (("Yusuf Karimzad", "1990-01-01"), ("Yusuf Karimzad", "1990-07-14"), (7, 2), "and the one found later"),
    (("", "1990-05-04"), ("Amina Verstappen", "1990-05-04"), (-1, 6), "no name"),
]


def row(**given: object) -> np.void:
    return features(Record("x", **given), RARITY)  # type: ignore[arg-type]


def name_level(one: str, other: str) -> tuple[int, int]:
    a, b = row(names=(one,))["name"], row(names=(other,))["name"]
    return levels.names(a["letters"], a["sounds"], a["bits"], b["letters"], b["sounds"], b["bits"])


def shared_level(one: np.void, other: np.void, kind: str) -> int:
    a, b = one["shared"], other["shared"]
    return levels.shared(a["kinds"], a["values"], a["bits"], b["kinds"], b["values"], b["bits"], KINDS[kind])


@pytest.mark.parametrize(("one", "other", "level", "why"), NAMES)
def test_names(one: str, other: str, level: int, why: str) -> None:
    assert name_level(one, other)[0] == level, why
    assert name_level(other, one) == name_level(one, other), "which of the two is asked about changes nothing"


@pytest.mark.parametrize(("one", "other", "wanted", "why"), PERSONS)
def test_persons(one: tuple[str, str], other: tuple[str, str], wanted: tuple[int, int], why: str) -> None:
    a, b = (row(names=(name,), births=(birth,)) for name, birth in (one, other))
    births = levels.births(a["birth"]["days"], b["birth"]["days"])
    assert (name_level(one[0], other[0])[0], births) == wanted, why


def test_a_common_name_weighs_less_than_a_rare_one() -> None:
    common, rare = (
        name_level("Mohammed Ali", "Mohammed Ali"),
        name_level("Zbigniew Brzezinski", "Brzezinski Zbigniew"),
    )
    assert [levels.rarity_class(bits) for _, bits in (common, rare)] == [0, 3]


@pytest.mark.parametrize(("one", "other", "level", "why"), BIRTHS)
def test_births(one: str, other: str, level: int, why: str) -> None:
    a, b = row(births=(one,)), row(births=(other,))
    assert levels.births(a["birth"]["days"], b["birth"]["days"]) == level, why
    assert levels.births(b["birth"]["days"], a["birth"]["days"]) == level


def test_one_of_two_dates_is_enough() -> None:
    a, b = row(births=("1990-05-04", "1960")), row(births=("1990-05-04",))
    assert levels.births(a["birth"]["days"], b["birth"]["days"]) == 6


@pytest.mark.parametrize(
    ("one", "other", "level"), [("Gent", "9000 GENT", 3), ("Gent", "Liège", 0), ("", "Gent", -1)]
)
def test_places(one: str, other: str, level: int) -> None:
    assert shared_level(row(places=(one,)), row(places=(other,)), PLACE) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("0470 12 34 56",), ("+32470123456", "02 123 45 67"), 3),
        (("0470 12 34 56",), ("0470 12 34 57",), 0),
        (("1",), ("1",), -1),
        ((), ("0470 12 34 57",), -1),
    ],
)
def test_identifiers(one: tuple[str, ...], other: tuple[str, ...], level: int) -> None:
    a, b = row(identifiers={Identifier.PHONE: one}), row(identifiers={Identifier.PHONE: other})
    assert shared_level(a, b, Identifier.PHONE) == level
    assert shared_level(b, a, Identifier.PHONE) == level
    assert shared_level(a, b, Identifier.PLATE) == -1


def test_an_identifier_whose_check_digits_do_not_hold_is_weak() -> None:
    wrong = row(identifiers={Identifier.IBAN: ("BE71 0961 2345 6760",)})
    assert shared_level(wrong, wrong, Identifier.IBAN) == 1


def test_a_phone_that_many_have_weighs_less() -> None:
    rarity = Rarity(values={"phone|+32470123456": 5})
    many = features(Record("x", identifiers={Identifier.PHONE: ("0470123456",)}), rarity)
    assert shared_level(many, many, Identifier.PHONE) == 1


def test_a_postcode_near_another_is_in_its_area() -> None:
    one, other = (row(traits={Trait.POSTCODE: (code,)}) for code in ("tq13 8df", "tq13 8hu"))
    assert shared_level(one, other, Trait.POSTCODE) == 0
    assert shared_level(one, other, AREA) > 0


def test_a_record_takes_the_same_room_whatever_it_holds() -> None:
    long = row(
        names=("Ali " * 10_000, "x" * 10_000), births=("1990",) * 50, places=tuple(map(str, range(999)))
    )
    assert long.dtype == LAYOUT
    assert LAYOUT.itemsize < 240
