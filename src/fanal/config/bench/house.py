"""A house of its own for the measurements: folder, cluster, web server, all gone afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from fanal.config.commands import house
from fanal.config.commands.serving import HOST, DidNotServe, port_is_free
from fanal.database import connect
from fanal.database.cluster import SUPERUSER

WORKERS = 2


@contextmanager
def throwaway() -> Iterator[Path]:
    """A ready house in a folder of its own, never that of the installation; both are removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fanal-bench-"))
    folder.chmod(0o711)  # PostgreSQL's account walks through it
    os.environ["FANAL_VAR"] = str(folder)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    try:
        with house.ready_house():
            house.load_country()
            yield folder
    finally:
        cluster = connect.embedded(folder)
        cluster.stop()
        for left in {
            folder,
            cluster.data_dir.parent,
        }:  # root's cluster stands elsewhere where nobody may walk to us
            shutil.rmtree(left, ignore_errors=True)


def superuser(folder: Path) -> psycopg.Connection:
    """A connection that no wall holds."""
    return psycopg.connect(connect.embedded(folder).url(connect.DATABASE, SUPERUSER), autocommit=True)


@contextmanager
def served() -> Iterator[tuple[int, psutil.Process]]:
    """The web server as `fanal serve` runs it, with two workers: (port, process)."""
    port = next(number for number in range(8801, 8900) if port_is_free(number))
    code = f"from fanal.config.commands.serving import web_server; web_server({port}, {WORKERS})"
    process = subprocess.Popen([sys.executable, "-c", code])  # noqa: S603 (our own program)
    try:
        limit = time.monotonic() + 60
        while port_is_free(port):
            if process.poll() is not None or time.monotonic() > limit:
                raise DidNotServe(f"The web server does not answer at http://{HOST}:{port}/.")
            time.sleep(0.1)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def spent(folder: Path, server: psutil.Process) -> float:
    """Seconds of processor that the web server and its database have used until now."""
    pid = int((connect.embedded(folder).data_dir / "postmaster.pid").read_text().split()[0])
    everybody = [
        tree for root in (server, psutil.Process(pid)) for tree in (root, *root.children(recursive=True))
    ]
    return sum(times.user + times.system for times in (process.cpu_times() for process in everybody))


def largest_worker(server: psutil.Process) -> float:
    """The memory (resident set, MB) of the largest process that answers requests."""
    workers = server.children(recursive=True)
    return max(worker.memory_info().rss for worker in workers) / 1e6
