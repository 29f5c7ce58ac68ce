"""The index answers the same however it was filled, forgets at once, and survives what happens to files."""

import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from fanal.analysis.matching.index import Broken, Entry, ForeignIndex, Index, UnknownVersion
from fanal.analysis.matching.index.postings import KEY_MASK

SECRET = b"a secret of tests"
TODAY = date(2026, 3, 1)
KEYS = some.frozensets(  # two that differ only above what the index keeps of a key are one to it: once in 2 ** 44
    (some.integers(0, KEY_MASK) | some.integers(1, 9)).map(lambda key: key | key % 16 << 60), max_size=6
)


def found(index: Index, *keys: int, on: date = TODAY, most: int = 1000) -> dict[str, float]:
    return {one.id: one.weight for one in index.candidates(dict.fromkeys(keys, 1.0), on=on, most=most)}


def entries(*, of: int, seed: int = 1) -> list[Entry]:
    chance = random.Random(seed)  # noqa: S311 (test data)
    return [Entry(f"r{n}", frozenset(chance.randrange(60) for _ in range(6))) for n in range(of)]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.create(tmp_path / "index", SECRET)


class Filling(RuleBasedStateMachine):
    """Adds, removals, compactions and reopenings in any order, beside a plain dictionary."""

    made: Callable[[], Path]

    @initialize()
    def begin(self) -> None:
        self.folder = self.made()
        self.index = Index.create(self.folder, SECRET)
        self.plain: dict[str, Entry] = {}

    @rule(
        names=some.lists(some.sampled_from("abcdefgh"), min_size=1, max_size=4),
        keys=KEYS,
        days=some.integers(-2, 2),
    )
    def add(self, names: list[str], keys: frozenset[int], days: int) -> None:
        given = [Entry(name, keys, until=TODAY + timedelta(days)) for name in names]
        self.index.add(given)
        self.plain |= {one.id: one for one in given}

    @rule(name=some.sampled_from("abcdefgh"))
    def remove(self, name: str) -> None:
        self.index.remove([name])
        self.plain.pop(name, None)

    @rule()
    def compact(self) -> None:
        self.index.compact(TODAY - timedelta(2))

    @rule()
    def reopen(self) -> None:
        self.index = Index(self.folder, SECRET)

    @rule(keys=KEYS, most=some.integers(1, 8))
    def ask(self, keys: frozenset[int], most: int) -> None:
        living = {name: one for name, one in self.plain.items() if one.until and one.until >= TODAY}
        told = [key for key in keys if sum(key in one.keys for one in living.values()) <= most]
        expected = {
            name: float(len(one.keys & {*told})) for name, one in living.items() if one.keys & {*told}
        }
        assert found(self.index, *keys, most=most) == expected


def test_any_order_of_acts_gives_the_answers_of_a_dictionary(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    machine = type(
        "Machine", (Filling,), {"made": staticmethod(lambda: tmp_path_factory.mktemp("f") / "index")}
    )
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        machine, settings=settings(max_examples=40, deadline=None, stateful_step_count=25)
    )


def test_changes_become_segments_and_removals_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fanal.analysis.matching.index.store.MOST_CHANGES", 10)
    index = Index.create(tmp_path / "index", SECRET)
    for n in range(95):
        index.add([Entry(f"r{n}", frozenset({n % 7}))])
        if n % 3 == 0:
            index.remove([f"r{n // 2}"])
    removed = {f"r{n // 2}" for n in range(0, 95, 3)}
    assert len(list((tmp_path / "index").glob("segment-*"))) > 1
    for again in (index, Index(tmp_path / "index", SECRET)):
        assert {*found(again, *range(7))} == {f"r{n}" for n in range(95)} - removed
        assert again.size() == 95 - len(removed)


def test_segments_and_changes_answer_alike(tmp_path: Path) -> None:
    given = entries(of=300)
    one, other = (Index.create(tmp_path / name, SECRET) for name in "ab")
    one.add(given)
    one.compact(TODAY)
    other.add(reversed(given[:150]))
    other.compact(TODAY)
    other.add(given[150:])
    for key in range(60):
        assert one.candidates({key: 1.0, 7: 0.5}, on=TODAY) == other.candidates({key: 1.0, 7: 0.5}, on=TODAY)


def test_what_is_removed_leaves_the_disk(index: Index, tmp_path: Path) -> None:
    index.add([Entry("remains", frozenset({1})), Entry("leaves", frozenset({0x1122334455667788}))])
    index.compact(TODAY)
    index.remove(["leaves"])
    assert found(index, 0x1122334455667788) == {}
    index.compact(TODAY)
    bytes_left = b"".join(file.read_bytes() for file in (tmp_path / "index").rglob("*") if file.is_file())
    assert (0x1122334455667788).to_bytes(8, "little") not in bytes_left
    assert found(index, 1) == {"remains": 1.0}


def test_what_expires_is_not_found_the_day_after(index: Index) -> None:
    index.add([Entry("a", frozenset({1}), until=TODAY)])
    assert found(index, 1) == {"a": 1.0}
    assert found(index, 1, on=TODAY + timedelta(1)) == {}


def test_a_value_shared_by_thousands_does_not_drown_the_others(index: Index) -> None:
    index.add([Entry(f"r{n}", frozenset({1, 1000 + n})) for n in range(5000)])
    index.compact(TODAY)
    assert found(index, 1, 1007) == {"r7": 1.0}


def test_identifiers_and_features_cannot_be_read_from_the_files(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index", SECRET)
    index.add([Entry("name-of-a-record", frozenset({5}), b"Fatima Benal")])
    for _ in range(2):
        files = [file.read_bytes() for file in (tmp_path / "index").rglob("*") if file.is_file()]
        assert not [file for file in files if b"Fatima" in file or b"name-of" in file]
        assert Index(tmp_path / "index", SECRET).candidates({5: 1.0}, on=TODAY)[0].features == b"Fatima Benal"
        index.compact(TODAY)


def test_features_and_identifiers_too_long_to_keep_are_refused(index: Index) -> None:
    with pytest.raises(ValueError, match="4000 bytes at most"):
        index.add([Entry("a", frozenset({1}), bytes(4001))])
    with pytest.raises(ValueError, match="identifier"):
        index.add([Entry("é" * 2001, frozenset({1}))])
    assert index.size() == 0


def test_another_secret_is_refused(index: Index, tmp_path: Path) -> None:
    with pytest.raises(ForeignIndex):
        Index(tmp_path / "index", b"another secret of tests")


def test_an_unknown_version_is_refused(index: Index, tmp_path: Path) -> None:
    manifest = tmp_path / "index" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"version": 99}))
    with pytest.raises(UnknownVersion, match="99"):
        Index(tmp_path / "index", SECRET)


def test_one_altered_byte_is_noticed(index: Index, tmp_path: Path) -> None:
    index.add(entries(of=5))
    changes = next((tmp_path / "index").glob("changes-*"))
    data = bytearray(changes.read_bytes())
    data[-20] ^= 1
    changes.write_bytes(data)
    with pytest.raises(Broken, match="altered"):
        Index(tmp_path / "index", SECRET)


@pytest.mark.parametrize("column", ["name_ends", "feature_ends"])
def test_a_row_that_reaches_outside_its_column_is_noticed(index: Index, tmp_path: Path, column: str) -> None:
    index.add(entries(of=5))
    index.compact(TODAY)
    ends = next((tmp_path / "index").glob(f"segment-*/{column}"))
    data = np.fromfile(ends, np.uint32)
    data[:-1] += 1_000_000
    data.tofile(ends)
    with pytest.raises(Broken, match="altered"):
        found(Index(tmp_path / "index", SECRET), *range(60))


def test_an_unfinished_change_is_as_if_it_had_not_been(index: Index, tmp_path: Path) -> None:
    index.add(entries(of=5))
    changes = next((tmp_path / "index").glob("changes-*"))
    whole = changes.read_bytes()
    index.add(entries(of=9))
    changes.write_bytes(changes.read_bytes()[:-7])
    again = Index(tmp_path / "index", SECRET)
    assert again.size() == 5
    again.add([Entry("next", frozenset({77}))])
    assert changes.read_bytes().startswith(whole)
    assert found(Index(tmp_path / "index", SECRET), 77) == {"next": 1.0}


def test_an_index_is_made_once(index: Index, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        Index.create(tmp_path / "index", SECRET)


def test_what_another_process_writes_is_seen_at_once(index: Index, tmp_path: Path) -> None:
    index.add([Entry("a", frozenset({1}))])
    other = multiprocessing.get_context("fork").Process(target=_change, args=(tmp_path / "index",))
    other.start()
    other.join()
    assert other.exitcode == 0
    assert found(index, 1, 2) == {"b": 1.0}


def _change(folder: Path) -> None:
    index = Index(folder, SECRET)
    index.remove(["a"])
    index.add([Entry("b", frozenset({2}))])
    index.compact(TODAY)


def test_two_writers_lose_nothing(tmp_path: Path, index: Index) -> None:
    writers = [
        multiprocessing.get_context("fork").Process(target=_fill, args=(tmp_path / "index", name, 60))
        for name in "ab"
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert Index(tmp_path / "index", SECRET).size() == 120


def _fill(folder: Path, name: str, times: int) -> None:
    index = Index(folder, SECRET)
    for n in range(times):
        index.add([Entry(f"{name}{n}", frozenset({n}))])
        if n % 25 == 24:
            index.compact(TODAY)
        if (told := folder.parent / f"told-{name}").parent.exists():
            told.write_text(str(n))


def test_killed_while_writing_it_keeps_all_that_was_acknowledged(tmp_path: Path, index: Index) -> None:
    chance = random.Random(4)  # noqa: S311 (when to kill)
    told = tmp_path / "told-k"
    for _ in range(8):
        told.write_text("-1")
        writer = multiprocessing.get_context("fork").Process(
            target=_fill, args=(tmp_path / "index", "k", 10_000)
        )
        writer.start()
        time.sleep(0.1 + chance.random() / 5)
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
        acknowledged = int(told.read_text() or "0")
        again = Index(tmp_path / "index", SECRET)
        assert all(f"k{n}" in found(again, n) for n in range(acknowledged + 1))
