"""Real files from the command line: learned from, linked, explained; what is bad is told and the rest goes on."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import Result
from tests.analysis.test_model import people
from typer.testing import CliRunner

from fanal.analysis.matching import training
from fanal.analysis.matching.cli import app

MAPPING = """
id = "no"
names = ["name"]
births = ["born"]
places = ["place"]
[traits]
sex = ["sex"]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of invented people, its mapping and a model learned from it."""
    found = tmp_path_factory.mktemp("matching")
    (found / "mapping.toml").write_text(MAPPING)
    with (found / "people.csv").open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["no", "name", "born", "place", "sex"])
        for record in people(1500, seed=3):
            rows.writerow(
                [
                    record.id,
                    *record.names,
                    *record.births,
                    *record.places,
                    *next(iter(record.traits.values())),
                ]
            )
        rows.writerow(["", "without identifier", "1980", "", ""])
    with pytest.MonkeyPatch.context() as less:
        less.setattr(training, "RANDOM_PAIRS", 100_000)
        done = run(
            "train",
            found / "people.csv",
            "--mapping",
            found / "mapping.toml",
            "--model",
            found / "model.json",
        )
    assert done.exit_code == 0, done.output
    return found


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def table(file: Path) -> list[list[str]]:
    return list(csv.reader(file.read_text().splitlines()))


def test_files_are_linked_with_every_reason(folder: Path) -> None:
    done = run(
        "link", folder / "people.csv", "--mapping", folder / "mapping.toml", "--model", folder / "model.json",
        "--to", folder / "linked", "--language", "nl",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    clusters = dict(table(folder / "linked/clusters.csv")[1:])
    again = [name for name in clusters if name.endswith("-again")]
    together = sum(clusters[name] == clusters[name.removesuffix("-again")] for name in again)
    assert together / len(again) > 0.9
    pairs = [json.loads(line) for line in (folder / "linked/pairs.jsonl").read_text().splitlines()]
    right = sum(pair["other"].removesuffix("-again") == pair["one"].removesuffix("-again") for pair in pairs)
    assert right / len(pairs) > 0.9
    for pair in pairs[:50]:
        assert pair["bits"] == pytest.approx(pair["prior"] + sum(pair["comparisons"].values()), abs=0.01)
        assert pair["found_by"]
        assert "geboortedatum" in pair["why"]
    assert table(folder / "linked/problems.csv")[-1][-2:] == ["no identifier", "yes"]


def test_two_rows_are_explained(folder: Path) -> None:
    same = ("--mapping", folder / "mapping.toml", "--model", folder / "model.json")
    done = run("explain", "0", "0-again", folder / "people.csv", *same, "--language", "fr")
    assert done.exit_code == 0, done.output
    assert "date de naissance" in done.output.lower()
    missing = run("explain", "0", "nobody", folder / "people.csv", *same)
    assert missing.exit_code == 1
    assert "No row has the identifier 'nobody'" in missing.output


def test_a_refusal_is_a_line_and_not_a_trace(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("{}")
    done = run(
        "link", folder / "people.csv", "--mapping", folder / "mapping.toml", "--model", tmp_path / "model.json",
        "--to", tmp_path / "linked",
    )  # fmt: skip
    assert done.exit_code == 2
    assert "is no model of ours" in done.output
    assert "Traceback" not in done.output
