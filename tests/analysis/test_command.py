"""Real files from the command line: learned from, linked, explained; what is bad is told and the rest goes on."""

import csv
import json
import sys
from pathlib import Path
from shutil import which
from types import SimpleNamespace

import pytest
from click.testing import Result
from tests.analysis.test_model import people
from typer.testing import CliRunner

from fanal.analysis.matching import linking, results, training
from fanal.analysis.matching.cli import app
from fanal.analysis.matching.keys import KeyKind
from fanal.analysis.matching.record import Identifier, Record

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
        assert set(pair["found_by"]) <= {kind.name.lower() for kind in KeyKind}
        assert pair["round"] >= 1
        assert "geboortedatum" in pair["why"].casefold()
    assert table(folder / "linked/problems.csv")[-1][-2:] == ["no identifier", "yes"]


def test_two_who_are_known_to_be_two_are_kept_apart(folder: Path, tmp_path: Path) -> None:
    same = (folder / "people.csv", "--mapping", folder / "mapping.toml", "--model", folder / "model.json")
    run("link", *same, "--to", tmp_path / "before")
    clusters = dict(table(tmp_path / "before/clusters.csv")[1:])
    names = [name for name in clusters if f"{name}-again" in clusters]
    joined = next(name for name in names if clusters[name] == clusters[f"{name}-again"])
    (tmp_path / "apart.csv").write_text(f"one,other\n{joined}-again,{joined}\n\n")
    done = run("link", *same, "--to", tmp_path / "after", "--apart", tmp_path / "apart.csv")
    assert done.exit_code == 0, done.output
    clusters = dict(table(tmp_path / "after/clusters.csv")[1:])
    assert clusters[joined] != clusters[f"{joined}-again"]


def test_spark_finds_the_same_pairs_and_clusters(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where `make spark` has been run; 20,000 records are compared by the bench."""
    monkeypatch.syspath_prepend("var/spark")
    pytest.importorskip("pyspark", reason="PySpark is not there: make spark")
    if not which("java"):
        pytest.skip("Java is not there")
    same = (folder / "people.csv", "--mapping", folder / "mapping.toml", "--model", folder / "model.json")
    for where, options in (("ours", ()), ("spark", ("--spark",))):
        done = run("link", *same, "--to", tmp_path / where, *options)
        assert done.exit_code == 0, done.output
    ours, theirs = (table(tmp_path / where / "clusters.csv") for where in ("ours", "spark"))
    assert ours == theirs
    ours, theirs = (
        sorted((tmp_path / where / "pairs.jsonl").read_text().splitlines()) for where in ("ours", "spark")
    )
    assert ours == theirs
    assert len(ours) > 200


@pytest.mark.parametrize(
    ("missing", "said"), [("pyspark", "`make spark` fetches it"), ("java", "Java is not there")]
)
def test_spark_that_is_not_there_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, said: str
) -> None:
    there = {
        name: SimpleNamespace()
        for name in ("pyspark", "pyspark.errors", "pyspark.sql", "pyspark.sql.functions")
    }
    if missing == "java":
        there["pyspark.errors"].PySparkException = there["pyspark.sql"].SparkSession = Exception
        there["pyspark.sql.functions"].arrow_udf = None
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("JAVA_HOME", raising=False)
    for name, module in there.items():
        monkeypatch.setitem(sys.modules, name, module)  # type: ignore[arg-type]
    done = run(
        "link", folder / "people.csv", "--mapping", folder / "mapping.toml", "--model", folder / "model.json",
        "--to", tmp_path / "linked", "--spark",
    )  # fmt: skip
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            "one,other\n0,nobody\nnobody else,1\n",
            "no record has 2 of the identifiers: 'nobody', 'nobody else'",
        ),
        ("one,other\n0,1\n2\n", "apart.csv, line 3: 1 identifiers instead of two"),
        ("one,other\n0,1,2\n", "apart.csv, line 2: 3 identifiers instead of two"),
        ("one,other\n0,0\n", "apart.csv, line 2: '0' is kept apart from itself"),
        ("0,1\n", "apart.csv begins with '0,1' instead of 'one,other'"),
        ("", "apart.csv begins with '' instead of 'one,other'"),
    ],
)
def test_pairs_to_keep_apart_are_refused_when_one_of_them_is_nobody(
    folder: Path, tmp_path: Path, lines: str, said: str
) -> None:
    (tmp_path / "apart.csv").write_text(lines)
    done = run(
        "link", folder / "people.csv", "--mapping", folder / "mapping.toml", "--model", folder / "model.json",
        "--to", tmp_path / "linked", "--apart", tmp_path / "apart.csv",
    )  # fmt: skip
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "linked").exists()


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


def test_doubtful_numbers_are_flagged_where_they_count(tmp_path: Path) -> None:
    """An account number whose check digits do not hold is kept, weighs little, and says so in the file of pairs."""
    from tests.analysis.test_explaining import MODEL

    wrong, right = "BE71 0961 2345 6760", "BE71 0961 2345 6769"
    records = [
        Record(
            f"{n}",
            names=(f"Ali Aslan {n // 2}",),
            births=("1990-05-04",),
            identifiers={Identifier.IBAN: (text,)},
        )
        for n, text in enumerate([wrong, wrong, right, right])
    ]
    linked = linking.link(records, MODEL, tell=lambda *_: None)
    written = results.write_pairs(
        tmp_path / "pairs.jsonl", records, linked, MODEL, language="en", tell=lambda *_: None
    )
    pairs = {
        (pair["one"], pair["other"]): pair
        for pair in map(json.loads, (tmp_path / "pairs.jsonl").read_text().splitlines())
    }
    assert written == len(pairs)
    bad, good = pairs["0", "1"], pairs["2", "3"]
    assert (bad["doubtful"], good["doubtful"]) == (["iban"], [])
    assert "Check digits or form do not hold, so weak evidence: bank account." in bad["why"]
    assert bad["comparisons"]["iban"] < good["comparisons"]["iban"]


def test_several_processes_explain_the_same_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.analysis.test_explaining import MODEL

    phone = {Identifier.PHONE: ("0470 1",)}
    records = [Record(f"{n}", names=(f"Ali Aslan {n // 3}",), identifiers=phone) for n in range(12)]
    linked = linking.link(records, MODEL, tell=lambda *_: None)
    written = []
    for batch in (10_000, 5):
        monkeypatch.setattr(results, "_BATCH", batch)
        said = tmp_path / f"{batch}.jsonl"
        results.write_pairs(said, records, linked, MODEL, language="fr", tell=lambda *_: None)
        written.append(said.read_bytes())
    assert written[0].count(b"\n") > 5
    assert written[0] == written[1]
