"""One record asked against many: the right ones, with the bits of a batch, however the index was filled."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests.analysis.test_explaining import MODEL
from tests.analysis.test_model import people

from fanal.analysis.matching import comparisons, ingesting, matcher
from fanal.analysis.matching.comparisons import levels_of
from fanal.analysis.matching.explaining import Band
from fanal.analysis.matching.features import LAYOUT, features
from fanal.analysis.matching.index import ForeignIndex, Index, manifest, postings
from fanal.analysis.matching.ingesting import columns
from fanal.analysis.matching.keys import asked, keys
from fanal.analysis.matching.matcher import Match, Matcher, made_for, row_of
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Identifier, Record

SECRET = b"a secret of tests"
TODAY = date(2026, 3, 1)
PEOPLE = people(24, seed=5)
ALIKE = [replace(PEOPLE[5], id=f"alike {n}") for n in range(4)]
SILENT = lambda *_: None  # noqa: E731


def empty(folder: Path) -> Matcher:
    Index.create(folder, SECRET, made_for=made_for(MODEL))
    return Matcher(folder, MODEL, SECRET)


def filled(folder: Path, records: list[Record]) -> Matcher:
    found = empty(folder)
    found.index.fill(columns(records, row_of(MODEL), SECRET))
    return found


def told(found: list[Match]) -> list[tuple[str, float, bytes]]:
    return [(match.id, match.bits, match.left, match.row.tobytes()) for match in found]


class Filling(RuleBasedStateMachine):
    """Records kept one by one, in bulk, removed, expired, compacted in any order; beside them an index made at once."""

    made: Callable[[], Path]

    @initialize()
    def begin(self) -> None:
        self.matcher = empty(self.made())
        self.plain: dict[str, Record] = {}

    @rule(
        chosen=some.lists(some.sampled_from(PEOPLE + ALIKE), min_size=1, max_size=6),
        last=some.integers(-1, 2),
    )
    def add(self, chosen: list[Record], last: int) -> None:
        until = TODAY + timedelta(last)
        self.matcher.index.add(self.matcher.entries(chosen, until=until))
        self._kept(chosen, alive=last >= 0)

    @rule(
        chosen=some.lists(some.sampled_from(PEOPLE + ALIKE), min_size=1, max_size=12),
        again=some.sampled_from(PEOPLE + ALIKE),
    )
    def fill(self, chosen: list[Record], again: Record) -> None:
        changed = replace(again, births=("1911",))  # comes twice: the last counts
        self.matcher.index.fill(columns([again, *chosen, changed], row_of(MODEL), SECRET))
        self._kept([again, *chosen, changed], alive=True)

    def _kept(self, chosen: list[Record], *, alive: bool) -> None:
        for record in chosen:
            self.plain.pop(record.id, None)
            if alive:
                self.plain[record.id] = record

    @rule(record=some.sampled_from(PEOPLE + ALIKE))
    def remove(self, record: Record) -> None:
        self.matcher.index.remove([record.id])
        self.plain.pop(record.id, None)

    @rule()
    def compact(self) -> None:
        self.matcher.index.compact(TODAY)

    @rule()
    def ask(self) -> None:
        once = filled(self.made(), random.Random(2).sample([*self.plain.values()], len(self.plain)))  # noqa: S311
        for record in PEOPLE[::5]:
            one, other = (each.query(record, on=TODAY, most=2) for each in (self.matcher, once))
            assert told(one) == told(other)


def test_no_order_of_acts_changes_an_answer(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few candidates are scored and keys say little, so that every cut is met."""
    monkeypatch.setattr(matcher, "SCORED", 3)
    monkeypatch.setattr(matcher, "MOST", 6)
    monkeypatch.setattr(matcher, "ROOM", 25)
    monkeypatch.setattr("fanal.analysis.matching.index.store.MOST_CHANGES", 9)
    machine = type(
        "Machine", (Filling,), {"made": staticmethod(lambda: tmp_path_factory.mktemp("m") / "index")}
    )
    run_state_machine_as_test(
        machine, settings=settings(max_examples=12, deadline=None, stateful_step_count=12)
    )


def test_every_score_is_that_of_a_batch(tmp_path: Path) -> None:
    records = people(300, seed=8)
    index = filled(tmp_path / "index", records)
    rows = {record.id: features(record, MODEL.rarity) for record in records}
    met = 0
    for record in records[::4]:
        found = index.query(record, on=TODAY)
        assert found[0].left >= found[-1].left
        these = np.array([rows[record.id]] * len(found), LAYOUT)
        those = np.array([rows[match.id] for match in found], LAYOUT)
        assert [match.bits for match in found] == MODEL.bits(levels_of(these, those)).tolist()
        assert record.id in {match.id for match in found}
        met += len(found)
        why = index.explain(index.prepare(record), found[-1])
        assert why.bits == pytest.approx(found[-1].left)
        assert why.band is found[-1].band is not Band.NONE
    assert met > 150


def test_processes_together_build_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = people(60, seed=9)
    monkeypatch.setattr(ingesting, "_TOGETHER", 32)
    (tmp_path / "index").mkdir()
    (tmp_path / "index/manifest.json").write_text("broken")
    said: list[tuple[str, int, int]] = []
    built = Matcher.build(tmp_path / "index", MODEL, SECRET, records, tell=lambda *each: said.append(each))
    assert said[-1] == ("Preparing records", len(records), len(records))
    one = filled(tmp_path / "one", records)
    for record in records:
        assert told(built.query(record, on=TODAY)) == told(one.query(record, on=TODAY))
    built.fill(records[:5], until=TODAY, tell=SILENT)
    assert built.index.size() == len(records)
    assert told(built.query(records[0], on=TODAY)) == told(one.query(records[0], on=TODAY))
    assert records[0].id not in {match.id for match in built.query(records[0], on=TODAY + timedelta(1))}


def test_readers_see_a_rebuilt_index_at_once(tmp_path: Path) -> None:
    reader = filled(tmp_path / "index", PEOPLE)
    assert reader.query(PEOPLE[0], on=TODAY)
    Index.rebuild(
        tmp_path / "index", SECRET, [columns(PEOPLE[9:], row_of(MODEL), SECRET)], made_for=made_for(MODEL)
    )
    assert PEOPLE[0].id not in {match.id for match in reader.query(PEOPLE[0], on=TODAY)}
    assert reader.index.size() == len(PEOPLE) - 9


def test_what_is_removed_leaves_no_posting(tmp_path: Path) -> None:
    index = filled(tmp_path / "index", PEOPLE[:10])
    index.index.add(index.entries(PEOPLE[10:]))
    index.index.remove([record.id for record in PEOPLE[5:15]])
    left = PEOPLE[:5] + PEOPLE[15:]
    for record in PEOPLE[5:15]:
        assert record.id not in {match.id for match in index.query(record, on=TODAY)}
    index.index.compact(TODAY)
    (segment,) = (tmp_path / "index").glob("segment-*")
    directory = np.fromfile(segment / "directory", np.uint32)
    stream = np.fromfile(segment / "postings", np.uint8)
    expected = sum(len({key & postings.KEY_MASK for key in keys(record, SECRET)}) for record in left)
    codes = postings.unpacked(directory, stream, 10 * expected)
    assert len(codes) == expected
    assert {*(codes & np.uint64(postings.ROW_MASK)).tolist()} == {*range(len(left))}


def test_a_phone_shared_by_thousands_does_not_drown_the_one_who_is_asked(tmp_path: Path) -> None:
    phone = {Identifier.PHONE: ("0470 12 34 56",)}
    clients = [
        replace(
            record,
            id=f"{record.id}-{n}",
            identifiers=phone,
            names=(record.names[0] + chr(97 + n % 26) * (2 + n // 26),),
        )
        for n in range(160)
        for record in PEOPLE
    ]
    assert len(clients) > 5000
    index = filled(tmp_path / "index", clients)
    wanted = next(client for client in clients if client.id == "1-70")
    assert index.query(replace(wanted, id="asked"), on=TODAY)[0].id == wanted.id
    assert index.query(Record("x", identifiers=phone), on=TODAY) == []
    few = filled(tmp_path / "few", clients[:9])
    assert len(few.query(Record("x", identifiers=phone), on=TODAY)) == 9


def test_an_index_of_another_model_or_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path / "index", PEOPLE[:3])
    other = replace(MODEL, rarity=Rarity({"ali": 5, "aslan": 9}))
    with pytest.raises(ForeignIndex, match="another model"):
        Matcher(tmp_path / "index", other, SECRET)
    for module, name, why in (comparisons, "VERSION", "another model"), (manifest, "KEYS", "other keys"):
        with monkeypatch.context() as later:
            later.setattr(module, name, getattr(module, name) + 1)
            with pytest.raises(ForeignIndex, match=why):
                Matcher(tmp_path / "index", MODEL, SECRET)
    with pytest.raises(ForeignIndex, match="another secret"):
        Matcher(tmp_path / "index", MODEL, b"another secret of tests")
    learned_anew = replace(MODEL, prior=MODEL.prior * 2)
    assert Matcher(tmp_path / "index", learned_anew, SECRET).query(PEOPLE[0], on=TODAY), (
        "rows do not depend on it"
    )


def test_no_order_of_what_is_asked_changes_a_question(tmp_path: Path) -> None:
    """Nor does that of a set of Python's, which differs from one process to the next."""
    index = empty(tmp_path / "index")
    one = replace(PEOPLE[0], names=("Fatima Zohra Benali", "Imane Aït Saïd"))
    other = replace(one, names=one.names[::-1])
    assert (
        index.prepare(one).keys.tolist() == index.prepare(other).keys.tolist() == sorted(asked(one, SECRET))
    )


def test_who_shares_nothing_is_not_found(tmp_path: Path) -> None:
    index = filled(tmp_path / "index", PEOPLE)
    assert index.query(Record("x", names=("Zoë Quux",), births=("1801-02-03",)), on=TODAY) == []
    assert index.query(Record("x"), on=TODAY) == []
    assert empty(tmp_path / "empty").query(PEOPLE[0], on=TODAY) == []
