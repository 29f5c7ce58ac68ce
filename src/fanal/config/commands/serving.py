"""`fanal serve`: the web server and the worker, started together and stopped together."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Event

from fanal.config.commands.console import err, out

HOST = "127.0.0.1"
START = 60.0  # seconds until the first answer, at most
WORKER = [sys.executable, "-m", "django", "procrastinate", "worker"]
GRACE = 10.0  # seconds a process gets to finish what it does
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class DidNotServe(Exception):
    """A part of the house did not start, or died; the message says which."""


@dataclass(frozen=True)
class Part:
    name: str
    process: subprocess.Popen[bytes]


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex((HOST, port)) != 0


def serve(*, port: int, workers: int, greeting: Sequence[str]) -> None:
    """Serves until SIGINT or SIGTERM; then stops what it started and returns.

    `greeting` is printed once the address answers. Refused with `DidNotServe`: no answer within `START`
    seconds, or a part that ends by itself.
    """
    with _asked_to_stop() as stop, ExitStack() as parts:
        running = [parts.enter_context(_part("The web server", web_server(port, workers)))]
        _await_answer(port, running, stop)
        if not stop.is_set():
            # After the first answer: a person waits for that one, and nobody for the worker.
            running.append(parts.enter_context(_part("The worker", WORKER)))
            for line in (f"Fanal answers at http://{HOST}:{port}/", *greeting, "Stop it with Ctrl-C."):
                out.print(line)
        while not stop.wait(0.5):
            _see_alive(running)
        err.print("Stopping.")


def web_server(port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"),
        *("--host", HOST, "--port", str(port), "--workers", str(workers), "--workers-kill-timeout", "5"),
        # Each thread keeps its database connection; few threads that stay are better than many that come and go.
        *("--blocking-threads", "4", "--blocking-threads-idle-timeout", "600"),
        "fanal.config.wsgi:application",
    ]


@contextmanager
def _asked_to_stop() -> Iterator[Event]:
    asked = Event()
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in signals}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _part(name: str, command: list[str]) -> Iterator[Part]:
    # In a session of its own: Ctrl-C reaches us alone, and we stop the parts in order.
    process = subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: S603
    try:
        yield Part(name, process)
    finally:
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _end_with_parent() -> None:
    # If we are killed, the parts must not keep the port and the database.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _await_answer(port: int, running: Sequence[Part], stop: Event) -> None:
    limit = time.monotonic() + START
    while not stop.wait(0.1):
        _see_alive(running)
        status = _status(port)
        if status is not None and status < 500:
            return
        if status is not None:
            raise DidNotServe(f"The web server answers with a fault ({status}); its message stands above.")
        if time.monotonic() > limit:
            raise DidNotServe(f"Nothing answered at http://{HOST}:{port}/ within {START:.0f} seconds.")


def _status(port: int) -> int | None:
    connection = http.client.HTTPConnection(HOST, port, timeout=START)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def _see_alive(running: Sequence[Part]) -> None:
    for part in running:
        code = part.process.poll()
        if code is not None:
            raise DidNotServe(f"{part.name} ended by itself (exit code {code}); its message stands above.")
