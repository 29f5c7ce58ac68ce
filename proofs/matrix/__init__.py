"""The authorisation matrix at full size: 1,000,000 requests and 10,000,000 pairs of unit and row; `README.md`.

Worlds of other seeds one after the other, each undone; two processes, each with a copy of the house of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from psycopg import sql as names

from fanal.database.cluster import SUPERUSER
from fanal.database.connect import DATABASE, embedded
from proofs.figure import Figure, Tell
from proofs.house import house

HTTP, SQL = 1_000_000, 10_000_000
PROCESSES, CHAINS, SWEEPS = 2, 4, 2


@dataclass
class Count:
    """What was asked of a world and what was found, in lines that say how to ask it again."""

    http: int = 0
    sql: int = 0
    faults: list[str] = field(default_factory=list)


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    """The matrix in a house of its own; `scale` of its probes."""
    http, pairs = max(1, round(HTTP * scale)), max(1, round(SQL * scale))
    total = Count()
    with house() as folder:
        from proofs.matrix import known, law

        total.faults += known.unknown(law.law())
        for count in _worlds(folder, seed, http, pairs):
            total.http, total.sql = total.http + count.http, total.sql + count.sql
            total.faults += count.faults
            tell("requests", min(total.http, http), http)
            tell("pairs of unit and row", min(total.sql, pairs), pairs)
        total.faults += _in_database_log(folder)
    red = "; ".join(total.faults[:3])
    return [
        Figure("HTTP probes", f"{total.http:,}", f"{http:,}", reached=total.http >= http),
        Figure("SQL probes", f"{total.sql:,}", f"{pairs:,}", reached=total.sql >= pairs),
        Figure("foreign canaries and other faults", f"{len(total.faults)}", "0", not total.faults, red[:900]),
    ]


def _worlds(folder: Path, seed: int, http: int, pairs: int) -> Iterator[Count]:
    """The counts of worlds, as they end, until there are enough of both kinds."""
    from django.db import connections

    connections.close_all()
    for nth in range(PROCESSES):
        _copy(folder, f"{DATABASE}_{nth}")
    context = get_context("fork")
    counts: Any = context.Queue()
    ask = (http // PROCESSES + 1, pairs // PROCESSES + 1)
    workers = [context.Process(target=_work, args=(counts, nth, seed, *ask)) for nth in range(PROCESSES)]
    for worker in workers:
        worker.start()
    working = len(workers)
    while working:
        count = counts.get()
        if isinstance(count, Count):
            yield count
        else:
            working -= 1
    for worker in workers:
        worker.join()
        if worker.exitcode:
            yield Count(faults=[f"a process of the matrix broke (exit {worker.exitcode})"])


def _copy(folder: Path, database: str) -> None:
    with psycopg.connect(embedded(folder).url("postgres", SUPERUSER), autocommit=True) as connection:
        template = names.Identifier(DATABASE)
        connection.execute(
            names.SQL("CREATE DATABASE {} TEMPLATE {}").format(names.Identifier(database), template)
        )


def _work(counts: Any, nth: int, seed: int, http: int, pairs: int) -> None:
    """Worlds in one process until its share is asked; None says that it is over."""
    from django.db import connections
    from django.test.utils import setup_test_environment

    try:
        setup_test_environment(debug=False)
        for alias in connections:
            connections[alias].settings_dict["NAME"] = f"{DATABASE}_{nth}"
        done = Count()
        draw = Random(seed + nth)
        while done.http < http or done.sql < pairs:
            count = one_world(
                draw.randrange(1, 2**31), most=http - done.http, sweeps=SWEEPS if done.sql < pairs else 0
            )
            done.http, done.sql = done.http + count.http, done.sql + count.sql
            counts.put(count)
    finally:
        counts.put(None)


def one_world(seed: int, *, most: int, sweeps: int = 1, chains: int = CHAINS) -> Count:
    """One world, asked at most so many requests and swept so often; undone afterwards."""
    from django.db import transaction
    from tests import cast

    from proofs.matrix import rows, surroundings, unmoved
    from proofs.matrix.ask import Asker, fault
    from proofs.matrix.probes import probes
    from proofs.matrix.world import play

    count = Count()
    with transaction.atomic():
        played = play(cast.load(), seed=seed, chains_wanted=chains)
        asked = list(probes(played, played.random))
        played.random.shuffle(asked)
        asker = Asker.of(played)
        with surroundings.heard() as heard:
            for probe in asked[: max(0, most)]:
                line = fault(asker, probe)
                count.faults += [line] if line else []
                count.http += 1
        for _ in range(sweeps):
            swept = rows.sweep(played)
            count.sql += swept.pairs
            count.faults += swept.faults
        count.faults += surroundings.in_log(played, heard.lines) + surroundings.in_mails(played)
        count.faults += surroundings.in_metrics(played)
        count.faults += unmoved.moved(played, asker) + unmoved.replayed(played, asker)
        transaction.set_rollback(True)
    return count


def _in_database_log(folder: Path) -> list[str]:
    """Word canaries in what PostgreSQL wrote: they all begin alike, so none of any world may stand there."""
    found = []
    for log in [*folder.rglob("*.log"), *embedded(folder).data_dir.parent.rglob("*.log")]:
        if log.is_file() and b"zq" in (said := log.read_bytes()):
            from proofs.matrix.canaries import words

            found += [f"the log of PostgreSQL shows {word}" for word in words(said)]
    return found
