"""`kill -9` at random instants during writes: nothing that was acknowledged is lost, all of it is there once.

Senders write alerts over HTTP with an idempotency key and repeat until they are answered; one in ten repeats although
it was answered. Web workers and servers, the clock's worker, the sealer, single backends, the postmaster and the whole
database are killed meanwhile, singly and together. A control with `synchronous_commit = off` must lose something: a
proof that cannot see a loss proves nothing.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import psycopg

from fanal.config.bench.house import superuser
from fanal.config.durability.trace import Trace, check
from proofs.crash import books
from proofs.crash.parts import KINDS, Parts, running
from proofs.crash.senders import Book, Sender
from proofs.figure import Figure, Tell
from proofs.house import house

KILLS = 1000
SENDERS = 4
CONTROL = 60
"""Kills within which the control must have lost an acknowledged write."""
STALL = 60.0


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    """`scale` 1: 1,000 kills; at least one of each kind."""
    kills = max(len(KINDS), round(KILLS * scale))
    random = Random(seed)
    with house() as folder:
        tokens = _tokens(SENDERS)
        with running(folder) as parts:
            book = Book()
            done = _storm(parts, tokens, book, random, tell, kinds=_plan(kills, random), seed=seed)
        found = _figures(folder, book, done)
        with _forgetful(folder), running(folder) as parts:
            found.append(_control(folder, parts, tokens, random, tell, seed=seed + 1))
    return found


def _plan(kills: int, random: Random) -> list[str]:
    planned = [KINDS[number % len(KINDS)] for number in range(kills)]
    random.shuffle(planned)
    return planned


def _storm(
    parts: Parts, tokens: list[str], book: Book, random: Random, tell: Tell, *, kinds: list[str], seed: int
) -> Counter[str]:
    done: Counter[str] = Counter()
    with _sending(parts, tokens, book, seed, "storm"):
        for number, kind in enumerate(kinds, start=1):
            _kill_during_writes(parts, book, kind, random)
            done[kind] += 1
            tell("Kills", number, len(kinds))
        _await_writes(book, parts)
    return done


def _kill_during_writes(parts: Parts, book: Book, kind: str, random: Random) -> None:
    """Once something was written since the last kill, at a random instant."""
    _await_writes(book, parts)
    limit = time.monotonic() + STALL
    while True:
        time.sleep(random.uniform(0, 0.25))
        if parts.kill(kind, random):
            return
        if time.monotonic() > limit:
            raise TimeoutError(f"no {kind} lived to be killed within {STALL:.0f} seconds")


def _await_writes(book: Book, parts: Parts) -> None:
    before, limit = len(book.acknowledged), time.monotonic() + STALL
    while len(book.acknowledged) == before:
        if parts.fault is not None:
            raise parts.fault
        if time.monotonic() > limit:
            raise TimeoutError(f"nothing was acknowledged for {STALL:.0f} seconds")
        time.sleep(0.005)


@contextmanager
def _sending(parts: Parts, tokens: list[str], book: Book, seed: int, series: str) -> Iterator[None]:
    senders = [
        Sender(f"{series}-{number}", parts.ports, token, book, seed * 100 + number)
        for number, token in enumerate(tokens)
    ]
    for sender in senders:
        sender.start()
    try:
        yield
    finally:
        for sender in senders:
            sender.over.set()
        for sender in senders:
            sender.join()
    for sender in senders:
        if sender.fault is not None:
            raise sender.fault


def _figures(folder: Path, book: Book, done: Counter[str]) -> list[Figure]:
    from fanal.audit.services.sealing import public_half

    with superuser(folder) as db:
        lost, doubled, broken = books.lost(db, book.acknowledged), books.not_once(db, book), books.broken(db)
        trace = check(db, public_half())
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(done.items()))
    writes = f"{len(book.acknowledged)} acknowledged, {book.repeated} repeated on purpose, {book.retried} tries failed"
    return [
        Figure("kills during writes", str(done.total()), "all kinds", len(done) == len(KINDS), kinds),
        Figure("acknowledged writes lost", str(len(lost)), "0", not lost, writes),
        Figure("writes not there exactly once", str(doubled), "0", not doubled),
        *(Figure(name, str(count), "0", not count) for name, count in broken.items()),
        Figure(
            "faults of the sealed trace", str(len(trace.problems)), "0", not trace.problems, _sealed(trace)
        ),
        Figure(
            "answers against the contract",
            str(len(book.wrong)),
            "0",
            not book.wrong,
            "; ".join(book.wrong[:3]),
        ),
    ]


def _sealed(trace: Trace) -> str:
    return "; ".join(trace.problems) or f"{trace.sealed} of {trace.lines} lines sealed meanwhile"


@contextmanager
def _forgetful(folder: Path) -> Iterator[None]:
    """New connections commit without waiting for the disk, as no installation may (the safety check refuses it)."""
    with superuser(folder) as db:
        db.execute("ALTER ROLE fanal_runtime SET synchronous_commit = off")
    yield


def _once_recovered(folder: Path) -> psycopg.Connection:
    """A connection to a server that was killed a moment ago, as soon as it takes one; half a minute at most."""
    limit = time.monotonic() + 30
    while True:
        try:
            return superuser(folder)
        except psycopg.OperationalError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.1)


def _control(
    folder: Path, parts: Parts, tokens: list[str], random: Random, tell: Tell, *, seed: int
) -> Figure:
    name = "control: kills until a write is lost with synchronous_commit = off"
    book = Book()
    with _sending(parts, tokens, book, seed, "control"):
        for kills in range(1, CONTROL + 1):
            _kill_during_writes(parts, book, "whole database", random)
            _await_writes(book, parts)
            tell("Control", kills, CONTROL)
            with _once_recovered(folder) as db:
                gone = books.lost(db, dict(book.acknowledged))
            if gone:
                return Figure(name, str(kills), f"at most {CONTROL}", reached=True, note=f"{len(gone)} lost")
    return Figure(name, "nothing lost", f"at most {CONTROL}", reached=False, note="the proof sees no loss")


def _tokens(count: int) -> list[str]:
    from django.db import transaction
    from django.utils import timezone

    from fanal.access import services as access
    from fanal.access.rules import Permission
    from fanal.access.services import acting_as
    from fanal.config.demo import staff

    with transaction.atomic():
        hired = staff.hire("crash", on=timezone.localdate())
    members = [member for member in hired.values() if member.may(Permission.ALERT_RECORD)][:count]
    now = datetime.now(UTC)
    found = []
    for member in members:
        with acting_as(member):
            found.append(
                access.issue_token(by=member, label="crash", at=now, expires_at=now + timedelta(days=2))[1]
            )
    return found
