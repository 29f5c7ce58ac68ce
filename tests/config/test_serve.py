"""`fanal serve` from the outside: it answers, it stops, and nothing stays behind however it ends."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from tests.processes import environment

from fanal.database.connect import embedded

SECOND_START = 5.0  # seconds, on a machine that has nothing else to do


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serve(folder: Path, port: int) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts `fanal serve` and returns once it printed its address."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "fanal", "serve", "--port", str(port), "--workers", "1"],
            env=environment(folder),
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        said = ""
        while "Stop it with" not in said:
            line = process.stdout.readline()
            assert line, f"ended with {process.wait()} after saying {said!r}"
            said += line
        assert f"http://127.0.0.1:{port}/" in said
        return process

    yield start
    for process in started:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    embedded(folder).stop()


def status(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    code = connection.getresponse().status
    connection.close()
    return code


Serve = Callable[[], subprocess.Popen[str]]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_stops_with_everything(
    serve: Serve, folder: Path, port: int, how: signal.Signals
) -> None:
    process = serve()
    assert status(port) < 500
    assert embedded(folder).is_running()
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 2  # the web server and the worker, at least
    process.send_signal(how)
    assert process.wait(timeout=20) == 0
    _, alive = psutil.wait_procs(family, timeout=5)
    assert [each for each in alive if each.status() != psutil.STATUS_ZOMBIE] == []
    assert not embedded(folder).is_running()


def test_the_second_start_is_quick(serve: Serve) -> None:
    first = serve()
    first.terminate()
    first.wait()
    before = time.monotonic()
    serve()
    crowd = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert time.monotonic() - before < SECOND_START * crowd


def test_after_kill_9_nothing_holds_the_port_and_the_next_start_works(serve: Serve, port: int) -> None:
    process = serve()
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    psutil.wait_procs(family, timeout=20)
    process.wait()
    serve()
    assert status(port) < 500


def test_when_the_worker_dies_serving_ends_with_a_fault(serve: Serve, folder: Path) -> None:
    process = serve()
    _web_server, worker = psutil.Process(process.pid).children()
    worker.kill()
    assert process.wait(timeout=20) == 1
    assert not embedded(folder).is_running()


def test_the_collector_of_cycles_leaves_what_is_loaded_alone(tmp_path: Path) -> None:
    """Else every fifth large page waits while it walks through all modules."""
    code = "import gc, fanal.config.wsgi; assert gc.get_freeze_count() > 50 * len(gc.get_objects())"
    subprocess.run([sys.executable, "-c", code], env=environment(tmp_path), check=True)
