"""What the bench counts, and how it tells what it could not measure."""

import json
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Any

import numpy as np
import psutil
import pytest
from tests.analysis import measured
from typer.testing import CliRunner

from fanal.analysis.matching.bench import running, sharing
from fanal.analysis.matching.bench.batch import pair_scores
from fanal.analysis.matching.bench.judging import best, judged
from fanal.analysis.matching.bench.limits import Alone, Failed, Stopped, alone
from fanal.analysis.matching.bench.results import Result, wilson
from fanal.analysis.matching.bench.rows import ROWS, Part
from fanal.analysis.matching.cli import app


def test_the_interval_of_a_share_is_wilsons() -> None:
    """Newcombe 1998, table I: 81 of 263, and 0 of 20, which must not be an interval of no width."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=1e-4)


def test_a_result_that_is_missing_is_not_reached() -> None:
    assert Result("row", "time", 0.4, "ms", most=0.5).reached is True
    assert Result("row", "time", 0.6, "ms", most=0.5).reached is False
    assert Result("row", "share", None, least=0.9).reached is False
    assert Result("row", "another program", 3.0).reached is None


def test_pairs_in_clusters_are_counted_as_if_listed() -> None:
    """Found: ab, cd, ce, de. There: ab, ac, bc, de. Two are right."""
    f1, precision, recall = pair_scores([1, 1, 2, 2, 2], ["x", "x", "x", "y", "y"])
    assert (f1, precision, recall) == (0.5, 0.5, 0.5)


def test_people_are_judged_at_the_score_where_precision_holds() -> None:
    """The second best answer is wrong: at full precision only the first counts; two mentions of one are one."""
    answers = {
        "q1": [("m1", 9.0), ("m2", 8.0)],  # right, both mentions of one person
        "q2": [("m3", 7.0)],  # wrong
        "q3": [("m3", 5.0), ("m1", 1.0)],  # right, and wrong
        "q4": [("m1", 2.0)],  # nobody in the base: wrong
    }
    found = judged(answers, {"m1": 1, "m2": 1, "m3": 3}, {"q1": 1, "q2": 1, "q3": 3, "q4": 4})
    assert found.possible == {"q1", "q2", "q3"}
    assert found.bar(1.0) == 9.0
    assert found.at(9.0) == (1, 1)
    assert found.bar(0.6) == 5.0
    assert found.at(5.0) == (2, 3)
    assert found.bar(0.0) == 1.0
    assert found.told(9.0) == "2 missed, 1 of them answered with fewer bits, 1 not answered"
    assert judged({}, {}, {}).bar() == np.inf


def test_equal_scores_are_cut_together() -> None:
    """One of two answers of the same score is wrong: no bar lies between them."""
    found = judged({"q1": [("m1", 5.0)], "q2": [("m1", 5.0)]}, {"m1": 1}, {"q1": 1, "q2": 2})
    assert found.bar(0.99) == np.inf


def test_of_a_question_the_best_answer_counts_and_what_scores_the_same() -> None:
    answers = {"q1": [("m1", 5.0), ("m2", 7.0), ("m3", 7.0)], "q2": [], "q3": [("m1", -3.0)]}
    assert best(answers) == {"q1": [("m2", 7.0), ("m3", 7.0)], "q2": [], "q3": [("m1", -3.0)]}


def test_a_measurement_has_its_cores_and_its_end_is_told() -> None:
    heard: list[tuple[str, int, int]] = []
    done = alone(measured.cores, cores=1, most=60, tell=lambda *said: heard.append(said))
    assert done.value == (1, "1")
    assert done.peak > 1
    assert heard == [("Working", 1, 1)]
    with pytest.raises(Failed, match=r"no such thing.*measured\.py"):
        alone(measured.fails, cores=1, most=60, tell=lambda *_: None)
    with pytest.raises(Failed, match="code 3"):
        alone(measured.dies, cores=1, most=60, tell=lambda *_: None)


def test_a_measurement_that_takes_too_long_is_ended_with_all_that_it_began(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match=r"^stopped after 3 s, at: Waiting, 3 of 10$") as late:
        alone(measured.waits, str(tmp_path / "other"), cores=1, most=3, tell=lambda *_: None)
    assert late.value.seconds == 3
    other = int((tmp_path / "other").read_text())
    assert any(_ended(other) or sleep(0.05) for _ in range(100))


def test_a_row_that_takes_too_long_is_told_and_the_next_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What two rows need is tried once; each result is on disk before the next is measured."""
    tried = []

    def late(function: Any, *_: Any, **__: Any) -> Alone:
        tried.append(function.__name__)
        raise Stopped(300, "Inventing people, 20,000 of 1,000,000")

    monkeypatch.setattr(sharing, "alone", late)
    output, before = tmp_path / "bench.json", []

    def heard(result: Result) -> None:
        before.append(json.loads(output.read_text())["results"][-1]["what"] == result.what)
        if result.row == "memory":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        running.run(
            output=output,
            data=tmp_path,
            scale=1,
            only=["online", "ingest", "memory", "batch"],
            tell=_silent,
            heard=heard,
        )
    told = json.loads(output.read_text())["results"]
    assert [each["row"] for each in told] == ["online", "online", "online", "ingest", "memory"]
    assert {each["stopped"] for each in told} == {300}
    assert {each["note"] for each in told} == {
        "stopped after 300 s, at: Inventing people, 20,000 of 1,000,000"
    }
    assert told[0]["reached"] is False
    assert tried == ["make"]
    assert all(before)


def test_rows_that_are_measured_alone_join_those_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of another scale they do not. A fault of one row takes no other with it."""
    output = tmp_path / "bench.json"
    measured = {"ingest": 6000.0, "batch": 25.0}

    def measure(row: str, _: object) -> list[Result]:
        return [Result(row, "some", measured[row])]

    rows = {
        "ingest": (Part(measure, "some"),),
        "names": (Part(measure, "F1", least=0.88),),
        "batch": (Part(measure, "some"),),
    }
    monkeypatch.setattr(running, "ROWS", rows)
    monkeypatch.setattr(running, "ALONE", frozenset({"batch"}))

    def run(*only: str, scale: float = 1) -> list[tuple[str, float | None, bool]]:
        running.run(output=output, data=tmp_path, scale=scale, only=only, tell=_silent)
        told = json.loads(output.read_text())["results"]
        return [(each["row"], each["value"], bool(each["measured"])) for each in told]

    assert run() == [("ingest", 6000, False), ("names", None, False), ("batch", None, False)]
    told = {each["row"]: each["note"] for each in json.loads(output.read_text())["results"]}
    assert told["names"] == "not measured: KeyError: 'names'"
    assert 'ONLY="batch" measures it' in told["batch"]
    assert run("batch") == [("ingest", 6000, True), ("names", None, True), ("batch", 25, False)]
    measured["ingest"] = 7000
    assert run("ingest") == [("ingest", 7000, False), ("names", None, True), ("batch", 25, True)]
    assert run("ingest", scale=0.5) == [("ingest", 7000, False)]
    output.write_text("no JSON")
    assert run("batch") == [("batch", 25, False)]


def test_a_result_that_was_given_up_says_so() -> None:
    assert Result("row", "wall", None, "s", most=30, stopped=300).said == "stopped after 300 s"
    assert Result("row", "wall", None, "s", most=30).said == "not measured"


def test_a_small_run_tells_its_rows_and_why_the_others_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(function: Any, *given: Any, cores: int, most: float, tell: Any) -> Alone:
        return Alone(function(*given, tell), 1.0, 1.0, float(cores))

    monkeypatch.setattr(sharing, "alone", here)  # a process that loads everything anew takes seconds
    monkeypatch.setattr(sharing, "LEAST", 1_500)
    done = CliRunner().invoke(
        app,
        [
            *("bench", "--scale", "0.001", "--only", "ingest,historical,names,scripts,conformance"),
            *("--data", str(tmp_path / "nothing"), "--output", str(tmp_path / "bench.json")),
        ],
    )
    assert done.exit_code == 0, done.output
    told = json.loads((tmp_path / "bench.json").read_text())["results"]
    assert {each["row"] for each in told} == {"ingest", "historical", "names", "scripts", "conformance"}
    for each in told:
        if each["row"] == "ingest":
            assert each["value"] > 0
        elif each["row"] == "conformance":
            assert each["value"] == 1
            assert each["reached"]
        else:
            assert each["value"] is None
            assert "is not there" in each["note"]


def test_an_unknown_row_is_refused_with_those_there_are() -> None:
    done = CliRunner().invoke(app, ["bench", "--only", "nonsense", "--data", "nowhere"])
    assert done.exit_code == 2
    assert "no row is called nonsense" in done.output
    assert "nowhere is not there" in done.output, "rows without outside data compare with no others"
    assert {"online", "entities", "batch", "ten million"} <= ROWS.keys()


def _silent(*_: object) -> None:
    pass


def _ended(process: int) -> bool:
    """Whether it is gone, or waits for nothing but that somebody notes its end."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    return True
