"""Rows of real files become records; what is bad is told with its line and field, and the rest goes on."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from fanal.analysis.matching.files import BadMapping, Mapping, Problem, Row, formats, read, reading
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


@pytest.mark.parametrize("comma", [";", "\t", ", "])
def test_what_parts_the_columns_is_seen_in_the_first_line(tmp_path: Path, comma: str) -> None:
    """A spreadsheet writes semicolons where a comma stands in numbers; some programs put a space after each comma."""
    file = tmp_path / "people.csv"
    cells = ["1", '"Ali; Aly, A."', "Ali", "Aslan", "1980-02-03", "", "M"]
    file.write_text(HEADER.replace(",", comma) + comma.join(cells) + "\n", encoding="utf-8")
    [row] = read(file, mapping(tmp_path))
    assert isinstance(row, Row)
    assert row.problems == ()
    assert row.record.names == ("Ali", "Aly, A.", "Ali Aslan")
    assert row.record.births == ("1980-02-03",)


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
    others = dict.fromkeys(("first", "last", "born", "account", "sex"))
    whole = json.dumps({"no": 7, "name": ["A B", "C D"], **others})
    file.write_text(f"{whole}\n{{broken\n[1]\n", encoding="utf-8")
    first, *bad = read(file, mapping(tmp_path))
    assert isinstance(first, Row)
    assert first.record.names == ("A B", "C D")
    assert [(one.line, one.lost) for one in bad if isinstance(one, Problem)] == [(2, True), (3, True)]


def test_a_column_that_no_line_of_json_has_is_named(tmp_path: Path) -> None:
    """A line may leave out what is unknown; when none has it, the mapping is wrong."""
    file = tmp_path / "people.jsonl"
    cells = {"no": 7, "name": "A B", "first": "A", "last": "B", "born": "1980"}
    file.write_text(f"{json.dumps(cells)}\n{json.dumps({'no': 8, 'name': 'C D', 'sex': 'F'})}\n")
    with pytest.raises(BadMapping, match=r"people.jsonl has no column account\. Its columns: no, name"):
        list(read(file, mapping(tmp_path)))
    file.write_text(
        f"{json.dumps(cells)}\n{json.dumps({'no': 8, 'account': None, 'sex': 'F', 'name': 'X Y'})}\n"
    )
    assert [row.record.id for row in read(file, mapping(tmp_path)) if isinstance(row, Row)] == ["7", "8"]


def test_an_object_in_a_cell_of_json_is_no_name(tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    cells = dict.fromkeys(("first", "last", "account", "sex")) | {"name": {"a": 1}, "born": "1980-02-03"}
    file.write_text(json.dumps({"no": 1, **cells}))
    [row] = read(file, mapping(tmp_path))
    assert isinstance(row, Row)
    assert row.record.names == ()
    assert [(each.field, each.lost) for each in row.problems] == [("name", True)]


def test_numbers_and_gaps_of_a_table_are_no_names(tmp_path: Path) -> None:
    """Tables of numbers keep whole numbers with a point and gaps as no number at all."""
    columns = {"name": ["A B", "C D"], "born": [1980.0, float("nan")], "no": [1, 2]}
    others = {name: pa.array([None, None], pa.string()) for name in ("first", "last", "account", "sex")}
    parquet.write_table(pa.table(columns | others), tmp_path / "people.parquet")
    one, other = read(tmp_path / "people.parquet", mapping(tmp_path))
    assert isinstance(one, Row)
    assert isinstance(other, Row)
    assert one.record.births == ("1980",)
    assert other.record.births == ()
    (tmp_path / "people.parquet").write_bytes(b"no table")
    with pytest.raises(BadMapping, match="cannot be read as Parquet"):
        list(read(tmp_path / "people.parquet", mapping(tmp_path)))


def test_signs_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(HEADER.encode() + "1,Zoë Müller,,,,,\n".encode("latin-1"))
    [row] = read(file, mapping(tmp_path))
    assert isinstance(row, Row)
    assert [(each.field, each.lost) for each in row.problems] == [("name", False)]
    assert "not UTF-8" in row.problems[0].what


def test_a_line_is_told_where_it_begins(tmp_path: Path) -> None:
    """A quoted cell may go over several lines."""
    found = rows(tmp_path, '1,"A\nB",,,,,\n,"C\nD",,,1980,,\n2,E F,,,,,\n')
    assert [each.line for each in found] == [2, 4, 6]


def test_a_cell_without_end_is_told_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "_LONGEST_CELL", 50)
    before = csv.field_size_limit()
    bad, good = rows(tmp_path, f"1,{'x' * 60},,,,,\n2,A B,,,,,\n")
    csv.field_size_limit(before)
    assert isinstance(bad, Problem)
    assert (bad.line, bad.lost) == (2, True)
    assert isinstance(good, Row)


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(HEADER.replace("\n", ",name\n") + "1,A B,,,,,,C D\n")
    with pytest.raises(BadMapping, match="more than one column name"):
        list(read(file, mapping(tmp_path)))


def test_every_bad_value_is_told_and_what_is_left_is_kept(tmp_path: Path) -> None:
    """One row with all that can be wrong: nothing of it disappears in silence."""
    [row] = rows(
        tmp_path, "1,\u200f😀 محمد Ivan\x00\x07,,,00/00/1980;unknown;31/12/1979,BE71 0000 0000 0000;x,\n"
    )
    assert isinstance(row, Row)
    assert row.record.names == ("😀 محمد Ivan",)
    assert row.record.births == ("00/00/1980", "unknown", "31/12/1979")
    assert [(each.field, each.lost) for each in row.problems] == [
        ("births", False),
        ("births", True),
        ("iban", False),
        ("iban", True),
    ]


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
        ('id = "no"', "names no column with a name"),
        ('traits = ["sex"]\nnames = "n"', r"a line \[traits\]"),
        ('identifiers = 3\nnames = "n"', r"a line \[identifiers\]"),
    ],
)
def test_a_bad_mapping_says_which_entry(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadMapping, match=said):
        mapping(tmp_path, text)


def test_several_processes_read_the_same_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(bad.replace("1,", f"{n},", 1) for n, (bad, *_) in enumerate(BAD)) + "4,A B,,,,,\n" * 2
    alone = rows(tmp_path, text)
    monkeypatch.setattr(reading, "_TOGETHER", 2)
    assert rows(tmp_path, text) == alone
    assert "stands already in line 6" in str(alone[-1])
