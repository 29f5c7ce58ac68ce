"""An index from the command line: built from files, added to, taken out of, asked; the secret is never an argument."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from tests.analysis.test_explaining import MODEL
from tests.analysis.test_model import people
from typer.testing import CliRunner

from fanal.analysis.matching.cli import app
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Record
from fanal.analysis.matching.terminal import SECRET

MAPPING = 'id = "no"\nnames = ["name"]\nbirths = ["born"]\n[identifiers]\nphone = ["phone"]\n'
PEOPLE = people(30, seed=4)
NAMED = replace(MODEL, shares={name: MODEL.shares[name] for name in ("name", "birth")})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a model, a mapping, a file of people, and an index of them."""
    monkeypatch.setenv(SECRET, "a secret of tests")
    monkeypatch.chdir(tmp_path)
    NAMED.save(tmp_path / "model.json")
    (tmp_path / "mapping.toml").write_text(MAPPING)
    write(tmp_path / "people.csv", PEOPLE)
    done = run("index", "build", "people.csv", "--mapping", "mapping.toml")
    assert done.exit_code == 0, done.output
    assert f"{len(PEOPLE)} records, 0 rows" in done.output
    return tmp_path


def write(file: Path, records: Sequence[Record]) -> None:
    with file.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["no", "name", "born", "phone"])
        rows.writerows([record.id, *record.names, *record.births, ""] for record in records)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--model", "model.json", "--index", "index"])


def answers(*arguments: str) -> dict[str, list[str]]:
    done = run("query", *arguments, "--mapping", "mapping.toml", "--to", "answers.jsonl", "--language", "de")
    assert done.exit_code == 0, done.output
    said = [json.loads(line) for line in Path("answers.jsonl").read_text().splitlines()]
    for match in (match for each in said for match in each["found"]):
        assert match["bits"] == pytest.approx(
            match["prior"] + match["others"] + sum(match["comparisons"].values()), abs=0.01
        )
        assert "Name" in match["why"]
    return {each["asked"]: [match["id"] for match in each["found"]] for each in said}


def test_records_of_a_file_are_asked(folder: Path) -> None:
    found = answers("people.csv")
    assert [*found] == [record.id for record in PEOPLE]
    assert all(name in ids for name, ids in found.items())


def test_a_name_and_a_date_are_asked_in_four_languages(folder: Path) -> None:
    asked = ("query", "--name", PEOPLE[2].names[0], "--birth", PEOPLE[2].births[0])
    for language, word in (
        ("fr", "naissance"),
        ("nl", "geboortedatum"),
        ("de", "Geburtsdatum"),
        ("en", "birth"),
    ):
        done = run(*asked, "--language", language)
        assert done.exit_code == 0, done.output
        assert PEOPLE[2].id in done.output
        assert word in done.output
    assert "–" in run("query", "--identifier", "phone=0470 12 34 56").output


def test_records_are_added_replaced_and_taken_out(folder: Path) -> None:
    new = Record("new", names=("Zoë Quux",), births=("1980-05-04",))
    write(folder / "more.csv", [new, replace(PEOPLE[0], births=("1911-11-11",))])
    done = run("index", "add", "more.csv", "--mapping", "mapping.toml")
    assert f"2 records added, 0 rows or values left out; it holds {len(PEOPLE) + 1}." in done.output
    assert "new" in answers("more.csv")["new"]
    (folder / "gone.txt").write_text("new\nnobody\n")
    done = run("index", "remove", PEOPLE[0].id, "--listed", "gone.txt")
    assert done.exit_code == 1
    assert "2 records taken out" in done.output
    assert "1 identifiers were not in the index." in done.output
    assert answers("more.csv")["new"] == []
    assert PEOPLE[0].id not in answers("people.csv")[PEOPLE[0].id]


def test_what_expires_is_found_until_its_day(folder: Path) -> None:
    write(folder / "more.csv", [Record("new", names=("Zoë Quux",), births=("1980-05-04",))])
    run("index", "add", "more.csv", "--mapping", "mapping.toml", "--until", "2031-01-31")
    assert answers("more.csv", "--on", "2031-01-31") == {"new": ["new"]}
    assert answers("more.csv", "--on", "2031-02-01") == {"new": []}


def test_bad_rows_are_told_and_the_rest_is_kept(folder: Path) -> None:
    write(folder / "more.csv", [Record("x", names=("Zoë Quux",), births=("1980",)), PEOPLE[0]])
    done = run("index", "build", "people.csv", "more.csv", "--mapping", "mapping.toml")
    assert (
        f"more.csv, line 3, no: the identifier '{PEOPLE[0].id}' stands already in people.csv" in done.output
    )
    assert f"{len(PEOPLE) + 1} records, 1 rows" in done.output


def test_the_secret_comes_from_a_file_or_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("query", "--name", PEOPLE[2].names[0])
    (folder / "secret").write_text("a secret of tests\n")
    monkeypatch.setenv(SECRET, "another secret, of others")
    assert run(*asked, "--secret-file", "secret").exit_code == 0
    assert "made under another secret" in run(*asked).output
    monkeypatch.delenv(SECRET)
    done = run(*asked)
    assert done.exit_code == 2
    assert "holds 0 bytes; a secret has 16 to 64" in done.output
    assert "No such file" in run(*asked, "--secret-file", "nowhere").output


def test_what_cannot_be_asked_is_refused_in_a_line(folder: Path) -> None:
    assert "ask about files" in run("query").output
    assert "ask about files" in run("query", "people.csv").output
    assert "KIND=TEXT" in run("query", "--identifier", "shoe=44").output
    replace(NAMED, rarity=Rarity({"ali": 9})).save(folder / "model.json")
    done = run("query", "--name", "x")
    assert done.exit_code == 2
    assert "made with another model" in done.output
    (folder / "index/notes.txt").write_text("mine")
    done = run("index", "build", "people.csv", "--mapping", "mapping.toml")
    assert done.exit_code == 2
    assert "notes.txt" in done.output
