"""`fanal serve`: the web server and the worker, started together and stopped together."""

import ctypes
import http.client
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.process import BaseProcess

from fanal.config.commands.console import err, out

HOST = "127.0.0.1"
START = 60.0  # seconds until the first answer, at most
GRACE = 10.0  # seconds a part gets to finish what it does
PR_SET_PDEATHSIG = 1  # linux/prctl.h
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class DidNotServe(Exception):
    """A part of the house did not start, or died; the message says which."""


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def serve(*, port: int, workers: int, greeting: Sequence[str]) -> None:
    """Serves until SIGINT, SIGTERM or SIGHUP; then stops what it started and returns.

    Django is loaded and holds no connection: the parts are forked from here and need not load it again.
    `greeting` is printed once the address answers. Refused with `DidNotServe`: no answer within `START`
    seconds, or a part that ends by itself.
    """
    with _asked_to_stop() as stop, ExitStack() as parts:
        running = [parts.enter_context(_part("The web server", lambda: web_server(port, workers)))]
        _await_answer(port, running, stop)
        if not stop.asked:
            # After the first answer: a person waits for that one, and nobody for the worker.
            running.append(parts.enter_context(_part("The worker", _worker)))
            for line in (f"Fanal answers at http://{HOST}:{port}/", *greeting, "Stop it with Ctrl-C."):
                out.print(line)
        while not stop.wait(0.2):
            _see_alive(running)
        err.print("Stopping.")


def web_server(port: int, workers: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "fanal.config.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        workers_kill_timeout=5,
        # Each thread keeps its database connection; few that stay are better than many that come and go.
        blocking_threads=4,
        blocking_threads_idle_timeout=600,
        log_level=LogLevels.warning,
    ).serve()


def _worker() -> None:
    from django.core.management import call_command

    call_command("procrastinate", "worker")


class _Stop:
    """Set by a signal. Not a `threading.Event`: its lock may be held by the very wait that a signal interrupts."""

    asked = False

    def wait(self, seconds: float) -> bool:
        time.sleep(0 if self.asked else seconds)
        return self.asked

    def __call__(self, *_: object) -> None:
        self.asked = True


@contextmanager
def _asked_to_stop() -> Iterator[_Stop]:
    stop = _Stop()
    before = {number: signal.signal(number, stop) for number in STOPPING}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _part(name: str, work: Callable[[], None]) -> Iterator[BaseProcess]:
    process = multiprocessing.get_context("fork").Process(target=_run, args=(work,), name=name)
    # Held back until the part has handlers of its own: ours would swallow its order to stop.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    process.start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    try:
        yield process
    finally:
        process.terminate()
        process.join(GRACE)
        if process.is_alive() and process.pid:
            os.killpg(process.pid, signal.SIGKILL)
            process.join()


def _run(work: Callable[[], None]) -> None:
    os.setsid()  # Ctrl-C reaches the parent alone, which stops the parts in order
    # If the parent is killed, its parts must not keep the port and the database.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    for number in STOPPING:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    work()


def _await_answer(port: int, running: Sequence[BaseProcess], stop: _Stop) -> None:
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


def _see_alive(running: Sequence[BaseProcess]) -> None:
    for part in running:
        if part.exitcode is not None:
            raise DidNotServe(f"{part.name} ended by itself (exit code {part.exitcode}).")
