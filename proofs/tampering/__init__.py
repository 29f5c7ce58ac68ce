"""The trace convicts: twelve kinds of tampering, each found, and the line named; what is whole is called whole.

Each seed writes lines of random content into the database as the application does, seals them, hands them out, and
lets each kind of tampering loose on the file. What a database administrator can do to the tables shows in an export
as one of these kinds: the file is nothing but the tables, written down.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

from proofs.figure import Figure, Tell
from proofs.house import house

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LETTERS = "abcdefghijklmnopqrstuvwxyzéèüßøłĳ «»\"\\/\t\n\u2028\u0001😀-–'{}[],:0123456789"


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    from fanal.config.bench.house import superuser

    with house() as folder, superuser(folder) as administrator, TemporaryDirectory() as scratch:

        def empty() -> None:
            administrator.execute("SET session_replication_role = 'replica'")
            administrator.execute("TRUNCATE audit_entry, audit_seal, audit_sealed, audit_stamp")
            administrator.execute("SET session_replication_role = 'origin'")

        tally = tampering(Path(scratch), seeds=max(1, round(1000 * scale)), seed=seed, empty=empty, tell=tell)
        rows, timed = max(1000, round(1_000_000 * scale)), []
        for batch in (10_000, 10):
            empty()
            timed.append(timing(Path(scratch), rows=rows, batch=batch, fill=administrator.execute, tell=tell))
    return [*tally.figures(), *timed]


@dataclass
class Tally:
    """What was tried and what came of it."""

    seeds: int
    tried: dict[str, int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    whole: int = 0

    def figures(self) -> list[Figure]:
        tried = sum(self.tried.values())
        return [
            Figure(
                "tampering found",
                f"{tried - len(self.missed)} of {tried}",
                f"all of {len(self.tried)} kinds × {self.seeds} seeds",
                reached=not self.missed,
                note="; ".join(self.missed[:3]),
            ),
            Figure(
                "first wrong line named",
                f"{tried - len(self.misnamed)} of {tried}",
                "all",
                reached=not self.misnamed,
                note="; ".join(self.misnamed[:3]),
            ),
            Figure(
                "false alarms",
                f"{len(self.false)} of {self.whole}",
                "none",
                reached=not self.false,
                note="; ".join(self.false[:3]),
            ),
        ]


def tampering(scratch: Path, *, seeds: int, seed: int, empty: Callable[[], None], tell: Tell) -> Tally:
    """Every kind of tampering for each seed, on exports of lines that the database of this process sealed."""
    from fanal.audit.services.sealing import signing_key
    from proofs.tampering.attacks import CLASSES
    from proofs.tampering.copies import Copy

    tally, key = Tally(seeds), signing_key()
    for nth in range(seeds):
        draw = Random(f"{seed}|{nth}")
        empty()
        sealed_log(draw)
        with handed_out(scratch) as path:
            whole = Copy.read(path)
            kept = whole.witness(scratch / "witness.txt")
            _untouched(tally, path, kept, f"seed {nth}")
            for attack in CLASSES:
                name = attack.__name__
                tally.tried[name] = tally.tried.get(name, 0) + 1
                copy = whole.other()
                wound = attack(copy, draw, key)
                _judge(
                    tally, copy.write(scratch / "tampered.jsonl"), kept, wound, copy, f"{name}, seed {nth}"
                )
        tell("Tampering", nth + 1, seeds)
    return tally


def _untouched(tally: Tally, path: Path, kept: Path, label: str) -> None:
    from fanal.audit.services.sealing import public_half
    from fanal.audit.verify import verify

    for witness in (None, kept):
        tally.whole += 1
        found = verify(path, key=public_half(), kept=witness).findings
        if found:
            tally.false.append(f"{label}: {found[0].words}")


def _judge(tally: Tally, path: Path, kept: Path, wound: object, copy: object, label: str) -> None:
    from fanal.audit.services.sealing import public_half
    from fanal.audit.verify import verify
    from proofs.tampering.attacks import Wound
    from proofs.tampering.copies import Copy

    assert isinstance(wound, Wound)
    assert isinstance(copy, Copy)
    alone = verify(path, key=public_half())
    beside = verify(path, key=public_half(), kept=kept)
    if not beside.findings or (wound.alone and not alone.findings):
        tally.missed.append(label)
    if not wound.alone and alone.findings:
        tally.false.append(f"{label}: {alone.findings[0].words}")  # nobody without a witness could know
    named = beside.first_bad == wound.position
    if wound.alone and wound.exact:
        named = named and alone.first_bad == wound.position
    elif wound.alone:
        named = named and alone.first_bad is not None and alone.first_bad <= wound.position
    if not named:
        tally.misnamed.append(f"{label}: {alone.first_bad}, {beside.first_bad} and not {wound.position}")


def sealed_log(draw: Random) -> None:
    """Lines of random content, in two to six statements, one of them perhaps long after the others."""
    from fanal.audit.models import Entry
    from fanal.audit.services import Verb
    from fanal.audit.services.sealing import seal

    at = NOW
    for _nth in range(draw.randrange(2, 7)):
        rows = [
            Entry(
                id=UUID(int=draw.getrandbits(128)),
                at=at - timedelta(microseconds=draw.randrange(50_000_000)),
                verb=draw.choice(Verb.values),
                act=draw.choice(["alerts.consult", "referrals.send", "x"]),
                person_id=draw.choice([None, UUID(int=draw.getrandbits(128))]),
                membership_id=UUID(int=draw.getrandbits(128)),
                unit_id=1,
                owner_unit_id=draw.choice([None, draw.randrange(1, 99)]),
                compartment_id=draw.choice([None, UUID(int=draw.getrandbits(128))]),
                object_ids=[UUID(int=draw.getrandbits(128)) for _each in range(draw.randrange(4))],
                purpose=_words(draw, 60),
                reference=_words(draw, 120),
                facts=_facts(draw),
            )
            for _each in range(draw.randrange(1, 14))
        ]
        with _as_unit():
            Entry.objects.bulk_create(rows)
        at += timedelta(minutes=draw.choice([1, 1, 10, 3000]))
        seal(at=at)


def _words(draw: Random, most: int) -> str:
    return "".join(draw.choice(LETTERS) for _each in range(draw.randrange(most)))


def _facts(draw: Random) -> dict[str, object]:
    values = [
        None,
        True,
        draw.random(),
        draw.randrange(-(10**15), 10**15),
        _words(draw, 9),
        [1, "a", {"b": []}],
        1e300,
    ]
    return {_words(draw, 6): draw.choice(values) for _each in range(draw.randrange(5))}


@contextmanager
def _as_unit() -> Iterator[None]:
    from django.db import transaction

    from fanal.access.context import set_units

    with transaction.atomic():
        set_units([1])
        yield


@contextmanager
def handed_out(scratch: Path) -> Iterator[Path]:
    """A real export of what is sealed, by the owner's connection."""
    from fanal.audit.services.exporting import export

    path = scratch / "trace.jsonl"
    export(to=path, at=NOW)
    try:
        yield path
    finally:
        path.unlink()


def timing(scratch: Path, *, rows: int, batch: int, fill: Callable[[str], object], tell: Tell) -> Figure:
    """How long so many lines take to verify, and beside it to seal and to hand out.

    `batch`: lines of a statement; ten are a minute of ordinary work, ten thousand the first sealing of an old log.
    """
    from fanal.audit.services import sealing
    from fanal.audit.verify import verify

    steps, label = 4, f"{rows:,} lines in statements of {batch:,}"
    tell(label, 0, steps)
    chunk = min(rows, 50_000)
    for begin in range(0, rows, chunk):
        fill(
            "INSERT INTO audit_entry (id, at, verb, act, person_id, membership_id, unit_id, owner_unit_id,"
            " compartment_id, object_ids, purpose, reference, facts) SELECT gen_random_uuid(),"
            " timestamptz '2026-03-02 10:00+00' - n * interval '1 second', 'consult', 'alerts.consult',"
            " gen_random_uuid(), gen_random_uuid(), 1, n % 90, gen_random_uuid(),"
            " ARRAY[gen_random_uuid(), gen_random_uuid()], 'follow_up', 'A-7F3K-9QX4', jsonb_build_object('rows', n)"
            f" FROM generate_series({begin + 1}, {min(begin + chunk, rows)}) n"
        )
    tell(label, 1, steps)
    marks = [time.monotonic()]
    usual, sealing.BATCH = sealing.BATCH, batch
    try:
        assert sealing.seal(at=NOW, everything=True) == rows
    finally:
        sealing.BATCH = usual
    marks.append(time.monotonic())
    tell(label, 2, steps)
    with handed_out(scratch) as path:
        marks.append(time.monotonic())
        tell(label, 3, steps)
        verdict = verify(path, key=sealing.public_half())
        marks.append(time.monotonic())
        size = path.stat().st_size / 1e6
    tell(label, 4, steps)
    spent_sealing, exporting, verifying = (after - before for before, after in pairwise(marks))
    return Figure(
        f"{rows:,} lines in {verdict.statements:,} statements verified",
        f"{verifying:.1f} s",
        "≤ 10 s",
        reached=verifying <= 10 and not verdict.findings and verdict.rows == rows,
        note=f"sealed in {spent_sealing:.0f} s, exported in {exporting:.0f} s, {size:.0f} MB",
    )
