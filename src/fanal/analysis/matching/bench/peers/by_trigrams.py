"""PostgreSQL's trigrams under a GIN index, as many systems look for names."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import psycopg
from pyarrow import parquet

from fanal.analysis.matching.bench.bases import Base
from fanal.analysis.matching.training import Tell
from fanal.database import binaries, secrets
from fanal.database.cluster import SUPERUSER, Cluster

_MOST = 20
_ASK = (
    "SELECT mention, similarity(name, %(name)s) FROM people WHERE name %% %(name)s"
    " ORDER BY similarity(name, %(name)s) DESC LIMIT %(most)s"
)
_SETTINGS = ("SET maintenance_work_mem = '512MB'", "SET jit = off")
Asked = tuple[dict[str, list[tuple[str, float]]], list[float], float]


def ask(base: Base, number: int, tell: Tell) -> Asked:
    """Index the names of a base, ask so many: (answers, milliseconds of each, seconds of filling and indexing).

    Raises DatabaseFault where Debian's PostgreSQL is not installed: the wheel has no trigrams.
    """
    questions = parquet.read_table(base.asked, columns=["mention", "name"]).slice(0, number).to_pylist()
    with _server() as connection:
        started = perf_counter()
        _fill(connection, base, tell)
        seconds = perf_counter() - started
        answers, times = {}, []
        for done, row in enumerate(questions):
            started = perf_counter()
            found = connection.execute(_ASK, {"name": row["name"], "most": _MOST}).fetchall()
            times.append((perf_counter() - started) * 1000)
            answers[row["mention"]] = [(mention, float(score)) for mention, score in found]
            tell("Asking PostgreSQL", done + 1, len(questions))
    return answers, times, seconds


def _fill(connection: psycopg.Connection, base: Base, tell: Tell) -> None:
    connection.execute("CREATE EXTENSION pg_trgm")
    connection.execute("CREATE TABLE people (mention text, name text)")
    with connection.cursor().copy("COPY people FROM STDIN") as copy:
        done = 0
        for batch in parquet.ParquetFile(base.people).iter_batches(20_000, columns=["mention", "name"]):
            for row in batch.to_pylist():
                copy.write_row((row["mention"], row["name"]))
            done += batch.num_rows
            tell("Filling PostgreSQL", done, base.number)
    connection.execute("CREATE INDEX people_name ON people USING gin (name gin_trgm_ops)")
    connection.execute("ANALYZE people")


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """A cluster of its own, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fanal-bench-"))
    folder.chmod(0o711)  # PostgreSQL's account walks through it
    cluster = Cluster(folder / "postgres", binaries.find("debian"), secrets.load(folder))
    try:
        cluster.start()
        with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as connection:
            for statement in _SETTINGS:
                connection.execute(statement)
            yield connection
    finally:
        cluster.stop()
        for left in {folder, cluster.data_dir.parent}:
            shutil.rmtree(left, ignore_errors=True)
