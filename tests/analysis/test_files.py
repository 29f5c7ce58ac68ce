"""Rows of real files become records; what is bad is told with its line and field, and the rest goes on."""

import json
from pathlib import Path

import pytest

from fanal.analysis.matching.files import BadMapping, Mapping, Problem, Row, read
from fanal.analysis.matching.record import Identifier, Kind, Trait

MAPPING = """
id = "no"
names = ["name", ["first", "last"]]
births = ["born"]
several = ";"
[identifiers]
iban = ["account"]
[traits]
sex = ["sex"]
"""
HEADER = "no,name,first,last,born,account,sex\n"


def mapping(tmp_path: Path, text: str = MAPPING) -> Mapping:
    file = tmp_path / "mapping.toml"
    file.write_text(text, encoding="utf-8")
    return Mapping.load(file)


def rows(tmp_path: Path, text: str) -> list[Row | Problem]:
    file = tmp_path / "people.csv"
    file.write_text(HEADER + text, encoding="utf-8")
    return list(read(file, mapping(tmp_path)))


def test_a_row_is_a_record(tmp_path: Path) -> None:
    [row] = rows(tmp_path, "1,Ali Aslan;Aly A.,Ali,Aslan,1980-02-03,BE71 0961 2345 6769,M\n")
    assert isinstance(row, Row)
    assert row.problems == ()
    assert row.record.names == ("Ali Aslan", "Aly A.", "Ali Aslan")
    assert row.record.identifiers == {Identifier.IBAN: ("BE71 0961 2345 6769",)}
    assert row.record.traits == {Trait.SEX: ("M",)}
    assert row.record.kind is Kind.PERSON


BAD = [
    ("1,A B,,,,\n", "6 cells", "cells", True),
    (",A B,,,1980,,\n", "no identifier", "no identifier", True),
    ("1,,,,,,M\n", "nothing in it", "neither a name", True),
    ("1,A B,,,00/00/1980,,\n", "a year alone", "not a whole date", False),
    ("1,A B,,,soon,,\n", "no year", "holds no year", True),
    ("1,A B,,,,BE71 0961 2345 6760,\n", "check digits", "check digits", False),
    (f"1,{'x' * 10_001},,,,,\n", "too long", "cut after 10000", False),
]


@pytest.mark.parametrize(("text", "why", "said", "lost"), BAD)
def test_what_is_bad_is_said_with_its_line(
    tmp_path: Path, text: str, why: str, said: str, lost: bool
) -> None:
    found = rows(tmp_path, text + "2,C D,,,1990-01-02,,\n")
    problems = [p for one in found for p in ((one,) if isinstance(one, Problem) else one.problems)]
    assert [(said in problem.what, problem.lost, problem.line) for problem in problems] == [
        (True, lost, 2)
    ], why
    assert isinstance(found[-1], Row), "the rest goes on"
    assert found[-1].record.id == "2"


def test_an_identifier_twice_is_said_once_and_keeps_the_first(tmp_path: Path) -> None:
    one, other = rows(tmp_path, "1,A B,,,,,\n1,C D,,,,,\n")
    assert isinstance(one, Row)
    assert isinstance(other, Problem)
    assert "line 2" in other.what


def test_control_characters_and_emoji_do_no_harm(tmp_path: Path) -> None:
    [row] = rows(tmp_path, "1,A\x07\u202eli 😀\tAslan,,,,,\n")
    assert isinstance(row, Row)
    assert row.record.names == ("A li 😀 Aslan",)


def test_json_lines_say_which_line_is_none(tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    whole = json.dumps({"no": 7, "name": ["A B", "C D"]})
    file.write_text(f"{whole}\n{{broken\n[1]\n", encoding="utf-8")
    first, *others = read(file, mapping(tmp_path))
    assert isinstance(first, Row)
    assert first.record.names == ("A B", "C D")
    assert [(one.line, one.lost) for one in others if isinstance(one, Problem)] == [(2, True), (3, True)]


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("no,name\n1,A B\n", encoding="utf-8")
    with pytest.raises(BadMapping, match=r"no column account, born, first, last, sex. Its columns: no, name"):
        list(read(file, mapping(tmp_path)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("names = 3", "names is a text"),
        ("nams = []", "unknown entry nams"),
        ('kind = "ghost"', "'ghost' is none of person"),
        ('[identifiers]\nfax = ["f"]', "'fax' is none of phone"),
        ("names = [", "not TOML"),
    ],
)
def test_a_bad_mapping_says_which_entry(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadMapping, match=said):
        mapping(tmp_path, text)
