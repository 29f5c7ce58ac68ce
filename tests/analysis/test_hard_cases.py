"""Those whom data confuses: twins, father and son, fathers and sons in each other's name, birthdays that mean unknown;
and what nobody should have typed, which takes no more time than anything else."""

from datetime import date
from time import process_time

import pytest
from tests.analysis.test_explaining import MODEL

from fanal.analysis.matching.explaining import Band, explain
from fanal.analysis.matching.features import features
from fanal.analysis.matching.keys import asked, keys
from fanal.analysis.matching.matcher import Matcher
from fanal.analysis.matching.record import Identifier, Record, Trait

SECRET = b"a secret of tests"
TODAY = date(2026, 3, 1)


def person(id_: str, name: str, born: str, place: str = "Gent", sex: str = "m") -> Record:
    return Record(id_, names=(name,), births=(born,), places=(place,), traits={Trait.SEX: (sex,)})


PEOPLE = [
    person("twin", "Ali Aslan", "1990-05-04"),
    person("other twin", "Omar Aslan", "1990-05-04"),
    person("father", "Khaled Bouzid", "1961-11-23"),
    person("son", "Khaled Bouzid", "1990-02-17"),
    person("Omar's", "Yusuf bin Omar", "1975-03-09"),
    person("Yusuf's", "Omar bin Yusuf", "1948-10-21"),
    person("Petrovich", "Ivan Petrovich Sokolov", "1980-06-30"),
    person("Ivanovich", "Petr Ivanovich Sokolov", "1980-06-30"),
]
LIKE = [
    ("twin", "Aly Aslan", "1990-05-04", "other twin", "twins share all but the given name"),
    ("other twin", "ASLAN, Omar", "04/05/1990", "twin", "and the other way round"),
    ("father", "Bouzid Khaled", "1961", "son", "a year tells father and son apart"),
    ("son", "Khaled Bouzid", "17.02.1990", "father", "and so does a day"),
    ("Omar's", "Yusuf ben Omar", "1975-03-09", "Yusuf's", "the same two names, each the other's father"),
    ("Yusuf's", "Omar ibn Yusuf", "1948", "Omar's", "and the father is older than the son"),
    ("Petrovich", "Sokolov Ivan Petrovitch", "1980-06-30", "Ivanovich", "the ending says who is the father"),
    ("Ivanovich", "Петр Иванович Соколов", "1980-06-30", "Petrovich", "in another writing as well"),
]


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    folder = tmp_path_factory.mktemp("hard") / "index"
    return Matcher.build(folder, MODEL, SECRET, PEOPLE, tell=lambda *_: None)


@pytest.mark.parametrize(("who", "name", "born", "not_first", "why"), LIKE, ids=[each[4] for each in LIKE])
def test_the_right_one_comes_first(
    matcher: Matcher, who: str, name: str, born: str, not_first: str, why: str
) -> None:
    found = {match.id: match.bits for match in matcher.query(person("?", name, born), on=TODAY)}
    assert next(iter(found)) == who, why
    assert found[who] > found.get(not_first, -99), why


def test_a_birthday_that_means_unknown_proves_less_than_another() -> None:
    def bits(born: str) -> float:
        row = features(person("?", "Ali Aslan", born), MODEL.rarity)
        return next(line.bits for line in explain(MODEL, row, row).lines if line.comparison == "birth")

    assert bits("1990-01-01") < bits("1990-05-04")
    assert bits("00/00/1990") < bits("1990-05-04")


TYPED = {
    "one word": "x" * 10_000,
    "many words": " ".join(f"name{chr(97 + n % 26)}" for n in range(2_000)),
    "signs with many sounds": "伊" * 10_000,
    "many writings": "Иван ivan 伊萬 이반 איוון إيفان Ιβάν ኢቫን इवान イワン " * 300,
    "one word of many writings": "Ивanמ" * 2_000,
    "emoji": "😀👩‍👩‍👧" * 2_000,
    "controls": "\u202e\x00\x1b[31mAli\x07\u200f" * 1_000,
    "marks": "a" + "\u0301" * 10_000,
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_what_nobody_should_have_typed_costs_little(typed: str) -> None:
    """The same room and nearly the same time as a name, alone or beside dates and places of the same kind."""
    record = Record(
        "x",
        names=(typed, typed[::-1]),
        births=(typed, "1990-05-04"),
        places=(typed,),
        identifiers=dict.fromkeys(Identifier, (typed,)),
        traits=dict.fromkeys(Trait, (typed,)),
    )
    features(record, MODEL.rarity)  # the first call compiles
    started = process_time()
    kept, sought = keys(record, SECRET), asked(record, SECRET)
    row = features(record, MODEL.rarity)
    assert process_time() - started < 2
    assert len(kept) < 5_000
    assert len(sought) < 20_000
    assert explain(MODEL, row, row).band in Band


def test_a_record_with_empty_cells_is_found_by_what_is_left(matcher: Matcher) -> None:
    """And an account number whose check digits do not hold is weak evidence, not none."""
    wrong = {Identifier.IBAN: ("BE71 0000 0000 0000",)}
    matcher.index.add(
        matcher.entries([Record("e", names=("", "  ", "Zoe Quist"), births=("",), identifiers=wrong)])
    )

    def bits(**given: dict[Identifier, tuple[str, ...]]) -> float:
        found = matcher.query(Record("?", names=("Quist Zoe",), **given), on=TODAY)
        return next(match.bits for match in found if match.id == "e")

    assert bits() < bits(identifiers=wrong)
    assert matcher.query(Record("?"), on=TODAY) == []
    assert matcher.query(Record("?", names=("", "😀"), births=("unknown",)), on=TODAY) == []
