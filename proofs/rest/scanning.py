"""Looking for the marks where things lie: rows, files, what a program prints."""

import os
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from proofs.rest.marks import Marks, forms

CHUNK = 8 * 1024**2
LARGEST = 64 * 1024**2


class Eye:
    """Knows every form of the marks, and finds them in bytes."""

    def __init__(self, marks: Marks) -> None:
        self.needles = {each: form for form in marks.all for each in forms(form)}
        self.longest = max(map(len, self.needles))
        self.bytes = 0

    def found(self, pieces: Iterable[bytes]) -> int:
        """How many marks stand in a stream of bytes, across the borders of its pieces too."""
        count, tail = 0, b""
        for piece in pieces:
            self.bytes += len(piece)
            window = tail + piece
            count += sum(_times(window, needle) for needle in self.needles)
            tail = window[-(self.longest - 1) :]
            count -= sum(_times(tail, needle) for needle in self.needles)
        return count + sum(_times(tail, needle) for needle in self.needles)


def _times(window: bytes, needle: bytes) -> int:
    return window.count(needle)


def tables(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """Every table of ours and of the libraries: (schema, name)."""
    return connection.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        " ORDER BY 1, 2"
    ).fetchall()


def rows(connection: psycopg.Connection) -> Iterator[bytes]:
    """Every column of every row of every table, as text; bytes as hexadecimal."""
    for schema, name in tables(connection):
        query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, name))
        for (row,) in connection.execute(query):
            yield f"{name}: {row}\n".encode()


def files(
    folder: Path, *, since: float = 0, largest: int = LARGEST, but: Path | None = None
) -> Iterator[bytes]:
    """What stands in the files below a folder, and their names; `since`: only what was written after that moment;
    `but`: not below this one."""
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(root, name) != but]
        for name in names:
            path = Path(root) / name
            yield f"\n{path}\n".encode()
            yield from _read(path, since, largest)


def _read(path: Path, since: float, largest: int) -> Iterator[bytes]:
    try:
        seen = path.lstat()
        if not os.path.isfile(path) or path.is_symlink() or seen.st_mtime < since or seen.st_size > largest:
            return
        with path.open("rb") as stream:
            while piece := stream.read(CHUNK):
                yield piece
    except OSError:  # gone meanwhile, or somebody else's
        return


def dumped(program: Path, url: str) -> Iterator[bytes]:
    """What `pg_dump` prints of a database."""
    with subprocess.Popen([program, "--no-owner", url], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while piece := process.stdout.read(CHUNK):
            yield piece
    assert process.returncode == 0, "pg_dump"


def now() -> float:
    """The clock of files, a second back: file systems round."""
    return time.time() - 1
