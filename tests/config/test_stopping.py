"""`fanal serve` told to stop while somebody waits for an answer and a job is under way: both end well, then it ends."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from tests.processes import environment, free_port

from fanal.config.commands.serving import GRACE
from fanal.database import connect
from fanal.database.cluster import SUPERUSER
from fanal.database.connect import embedded

SLOW = 3.0  # seconds for which the request in flight is held


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def served(folder: Path, port: int) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(**extra: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "fanal", "serve", "--port", str(port), "--workers", "1"],
            env=environment(folder) | extra,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        said = ""
        while "Stop it with" not in said:
            line = process.stdout.readline()
            assert line, f"ended with {process.wait()} after saying {said}"
            said += line
        return process

    yield start
    for process in started:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    embedded(folder).stop()


def answer(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    found = response.status, response.read().decode()
    connection.close()
    return found


def test_the_request_in_hand_is_answered_and_the_database_stops_last(
    served: Callable[..., subprocess.Popen[str]], folder: Path, port: int
) -> None:
    process = served()
    address = embedded(folder).url(connect.DATABASE, SUPERUSER)
    with psycopg.connect(address) as holder, ThreadPoolExecutor(1) as pool:
        holder.execute("LOCK TABLE directory_unit IN ACCESS EXCLUSIVE MODE")
        waiting = pool.submit(answer, port, "/directory/")
        _until(lambda: _blocked(address))
        process.send_signal(signal.SIGTERM)
        time.sleep(SLOW)
        assert process.poll() is None, "it waits for the answer"
        holder.rollback()
        assert waiting.result()[0] == 200
    before = time.monotonic()
    assert process.wait(timeout=GRACE) == 0
    assert time.monotonic() - before < GRACE
    assert not embedded(folder).is_running()


def test_who_never_ends_is_ended(
    served: Callable[..., subprocess.Popen[str]], folder: Path, port: int
) -> None:
    process = served()
    address = embedded(folder).url(connect.DATABASE, SUPERUSER)
    holder = psycopg.connect(address)
    holder.execute("LOCK TABLE directory_unit IN ACCESS EXCLUSIVE MODE")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(answer, port, "/directory/")
        status, page = waiting.result()
    assert status == 503, "five seconds for a lock, then it is said"
    assert "data-keep-drafts" in page
    holder.close()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=GRACE) == 0


def _blocked(address: str) -> bool:
    with psycopg.connect(address) as watcher:
        found = watcher.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'fanal_runtime' AND wait_event_type = 'Lock'"
        ).fetchone()
    return bool(found and found[0])


def _until(true: Callable[[], bool], seconds: float = 10 * max(1.0, os.getloadavg()[0])) -> None:
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.05)
