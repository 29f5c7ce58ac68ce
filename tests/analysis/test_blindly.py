"""Two services that know one secret: what one sends holds no name, and the other answers hit or no hit."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import Result
from tests.analysis.test_model import people
from typer.testing import CliRunner

from fanal.analysis.matching.blind import learning
from fanal.analysis.matching.cli import app
from fanal.analysis.matching.keys import VERSION
from fanal.analysis.matching.record import Record
from fanal.analysis.matching.terminal import SECRET

MAPPING = 'id = "no"\nnames = ["name"]\nbirths = ["born"]\nplaces = ["place"]\n'
ANSWER = ("--register", "register", "--weights", "weights.json", "--to", "answers.jsonl")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["blind", *arguments])


def write(file: Path, records: Sequence[Record]) -> None:
    with file.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["no", "name", "born", "place"])
        rows.writerows(
            [record.id, *record.names, *record.births, *(record.places or [""])] for record in records
        )


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where one has learned weights and made a register, and another has questions about some of the same."""
    folder = tmp_path_factory.mktemp("blindly")
    (folder / "mapping.toml").write_text(MAPPING)
    known = people(1950, seed=7)
    write(folder / "known.csv", known)
    with (folder / "clusters.csv").open("w", newline="") as opened:
        csv.writer(opened).writerows(
            [("id", "cluster"), *((each.id, each.id.removesuffix("-again")) for each in known)]
        )
    theirs, ours = people(600, seed=8), people(200, seed=9)
    write(folder / "register.csv", [each for each in theirs if not each.id.endswith("-again")])
    write(folder / "asked.csv", [*(each for each in theirs if each.id.endswith("-again")), *strangers(ours)])
    with pytest.MonkeyPatch.context() as here:
        here.setenv(SECRET, "a secret of tests")
        here.chdir(folder)
        here.setattr(learning, "_UNTIL", {"maxiter": 40})  # near enough for these, and quicker
        for arguments in (
            ("learn", "known.csv", "--clusters", "clusters.csv", "--weights", "weights.json"),
            ("register", "register.csv", "--register", "register"),
            ("ask", "asked.csv", "--to", "questions.jsonl", "--kept", "kept.csv"),
        ):
            done = run(*arguments, "--mapping", "mapping.toml")
            assert done.exit_code == 0, done.output
    return folder


def strangers(records: Sequence[Record]) -> list[Record]:
    return [
        Record(f"stranger-{n}", names=each.names, births=("1890-01-31",)) for n, each in enumerate(records)
    ]


@pytest.fixture
def here(services: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SECRET, "a secret of tests")
    monkeypatch.chdir(services)
    return services


def test_what_is_sent_holds_keys_and_their_kinds_and_nothing_else(here: Path) -> None:
    heading, *lines = map(json.loads, (here / "questions.jsonl").read_text().splitlines())
    assert heading.keys() == {"format", "keys", "secret"}
    assert [each["question"] for each in lines] == list(range(1, len(lines) + 1))
    for each in lines:
        assert each.keys() == {"question", "keys"}
        assert list(each["keys"]) == sorted(each["keys"]), "their order does not say which belong together"
    sent = (here / "questions.jsonl").read_text()
    with (here / "asked.csv").open() as opened:
        for row in csv.DictReader(opened):
            assert not any(word in sent for word in row["name"].split() if len(word) > 3)
            assert f'"{row["no"]}"' not in sent


def test_who_is_known_is_a_hit_and_only_who_is_asked_learns_which(here: Path) -> None:
    done = run("answer", "questions.jsonl", *ANSWER, "--own", "own.jsonl")
    assert done.exit_code == 0, done.output
    about = dict(list(csv.reader((here / "kept.csv").read_text().splitlines()))[1:])
    answers = [json.loads(line) for line in (here / "answers.jsonl").read_text().splitlines()]
    assert {frozenset(each) for each in answers} == {frozenset({"question", "hit"})}
    assert len(answers) == len(about)
    known = [each["hit"] for each in answers if about[str(each["question"])].endswith("-again")]
    others = [each["hit"] for each in answers if about[str(each["question"])].startswith("stranger")]
    assert sum(known) / len(known) > 0.9
    assert sum(others) / len(others) < 0.05
    own = [json.loads(line) for line in (here / "own.jsonl").read_text().splitlines()]
    assert [each["question"] for each in own] == [each["question"] for each in answers if each["hit"]]
    first = {each["question"]: each["found"][0] for each in own}
    right = sum(f"{hit['id']}-again" == about[str(number)] for number, hit in first.items())
    assert right / len(first) > 0.9
    assert {hit["band"] for hit in first.values()} <= {"strong", "probable"}


def test_a_higher_band_hits_less(here: Path) -> None:
    def hits(*more: str) -> int:
        assert run("answer", "questions.jsonl", *ANSWER, *more).exit_code == 0
        return sum(json.loads(line)["hit"] for line in (here / "answers.jsonl").read_text().splitlines())

    assert hits("--least", "strong") <= hits() <= hits("--least", "weak")
    assert run("answer", "questions.jsonl", *ANSWER, "--least", "none").exit_code == 2


def test_a_bad_question_is_told_and_the_others_are_answered(here: Path, tmp_path: Path) -> None:
    heading, first = (here / "questions.jsonl").read_text().splitlines()[:2]
    bad = [
        "no JSON",
        "[]",
        '{"question": "1", "keys": {}}',
        '{"question": 2}',
        '{"question": 3, "keys": {"Fatima": "words"}}',
        '{"question": 4, "keys": {"00000000000000ff": "names"}}',
        first,
    ]
    (tmp_path / "some.jsonl").write_text("\n".join([heading, first, *bad]) + "\n")
    done = run("answer", str(tmp_path / "some.jsonl"), *ANSWER)
    assert done.exit_code == 0, done.output
    assert len((here / "answers.jsonl").read_text().splitlines()) == 1
    assert "1 questions answered" in done.output
    assert f"{len(bad)} lines left out" in done.output
    for said in (
        "some.jsonl, line 3",
        "'1' is no number",
        "'Fatima' is no key",
        "'names' is no kind of key",
        "already",
    ):
        assert said in done.output


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ({"format": 1, "keys": VERSION, "secret": "0" * 16}, "made under another secret"),
        (
            {"format": 1, "keys": VERSION + 1, "secret": "0" * 16},
            f"has version 1.{VERSION + 1}, this program",
        ),
        ({"question": 1, "keys": {}}, "holds no questions"),
        ("", "holds no questions"),
    ],
)
def test_questions_of_another_secret_or_version_are_refused(
    here: Path, tmp_path: Path, heading: object, said: str
) -> None:
    (tmp_path / "other.jsonl").write_text(json.dumps(heading) if heading else "")
    (here / "answers.jsonl").write_text("of before")
    done = run("answer", str(tmp_path / "other.jsonl"), *ANSWER)
    assert done.exit_code == 2
    assert said in done.output
    assert (here / "answers.jsonl").read_text() == "of before"


def test_a_register_is_opened_under_its_secret_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET, "another one, also")
    done = run("answer", "questions.jsonl", *ANSWER)
    assert done.exit_code == 2
    assert "secret" in done.output


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("one,other\n", "begins with 'one,other' instead of 'id,cluster'"),
        ("id,cluster\n0,\n", "line 2: no identifier with its one cluster"),
        ("id,cluster\n0,a\n0,b\n", "line 3: no identifier with its one cluster"),
        ("id,cluster\n0,a\n", "does not say who 2,"),
    ],
)
def test_who_is_who_must_be_said_of_everybody(here: Path, tmp_path: Path, lines: str, said: str) -> None:
    (tmp_path / "clusters.csv").write_text(lines)
    done = run(
        "learn", "known.csv", "--mapping", "mapping.toml", "--clusters", str(tmp_path / "clusters.csv"),
        "--weights", str(tmp_path / "weights.json"),
    )  # fmt: skip
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "weights.json").exists()
