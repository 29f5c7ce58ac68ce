"""`fanal serve`: the web server and the worker, started together and stopped together."""

import ctypes
import gc
import http.client
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess

from fanal.config import limits
from fanal.config.commands.console import err, out
from fanal.database import connect

HOST = "127.0.0.1"
START = 60.0  # seconds until the first answer, at most
GRACE = (
    20.0  # seconds all parts get, together, to finish what they do: more than a statement of a page may take
)
WAITING = 512  # connections a process holds at once; the kernel lets as many more wait
PR_SET_PDEATHSIG = 1  # linux/prctl.h
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class DidNotServe(Exception):
    """A part of the house did not start, or died; the message says which."""


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def serve(*, port: int, workers: int, greeting: Sequence[str]) -> None:
    """Serves until SIGINT, SIGTERM or SIGHUP; then stops what it started and returns.

    What is in hand is finished first: requests are answered, jobs end or go back to the queue, within `GRACE`
    seconds. Django is loaded and holds no connection: the parts are forked from here and need not load it again.
    `greeting` is printed once the address answers. Refused with `DidNotServe`: no answer within `START`
    seconds, or a part that ends by itself.
    """
    running: list[BaseProcess] = []
    with _asked_to_stop() as stop:
        try:
            running.append(_start("The web server", lambda: web_server(port, workers)))
            _await_answer(port, running, stop)
            if not stop.asked:
                # After the first answer: a person waits for that one, and nobody for the worker.
                running.append(_start("The worker", worker))
                for line in (f"Fanal answers at http://{HOST}:{port}/", *greeting, "Stop it with Ctrl-C."):
                    out.print(line)
            while not stop.wait(0.2):
                _see_alive(running)
            err.print("Stopping.")
        finally:
            _stop_all(running)


def count_together() -> None:
    """Lets the processes of the web server count in one folder; called before anything that counts is loaded."""
    folder = connect.var_dir() / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def web_server(port: int, workers: int) -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanal.config.settings")
    Server(
        "fanal.config.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=10_000
        ),  # who dawdles over a header holds a connection
        websockets=False,
        workers=workers,
        workers_kill_timeout=int(GRACE) - 2,
        respawn_failed_workers=True,
        respawn_interval=1,
        backpressure=WAITING,
        # Each thread keeps its database connection; few that stay are better than many that come and go.
        blocking_threads=4,
        blocking_threads_idle_timeout=600,
        log_level=LogLevels.warning,
        log_access=False,  # paths carry references
        log_dictconfig=_server_log(),
    ).serve()


def _server_log() -> dict[str, object]:
    from django.conf import settings

    console = {"handlers": ["console"], "propagate": False}
    return {
        "formatters": settings.LOGGING["formatters"],
        "handlers": settings.LOGGING["handlers"],
        "loggers": {"_granian": console},
    }


def worker() -> None:
    """Does what waits in the queue until SIGTERM; what it cannot end in time is taken up again by the next worker."""
    from django.core.management import call_command

    limits.set_limits(limits.WORKER)
    discreet()
    call_command("procrastinate", "worker", "--shutdown-graceful-timeout", str(GRACE - 5))


def settle() -> None:
    """What is loaded now stays for good, and the collector of cycles leaves it alone from here on.

    Three hundred thousand objects of modules: walking through them took 160 ms of every fifth large page. What a page
    makes is mostly gone when it is done, so that the collector looks after 50,000 new objects, not after 700: it took
    40 ms of every tenth page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def discreet() -> None:
    """Nothing that ends this process or a thread of it prints the words of an exception."""
    from fanal.web import log

    sys.excepthook = log.hook
    threading.excepthook = lambda found: log.hook(
        found.exc_type, found.exc_value or found.exc_type(), found.exc_traceback
    )


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


def _start(name: str, work: Callable[[], None]) -> BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=_run, args=(work,), name=name)
    # Held back until the part has handlers of its own: ours would swallow its order to stop.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    process.start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    return process


def _stop_all(parts: Sequence[BaseProcess]) -> None:
    """Asks all at once, then waits; what does not end in time is ended, with everything it started."""
    for part in parts:
        part.terminate()
    limit = time.monotonic() + GRACE
    for part in parts:
        part.join(max(limit - time.monotonic(), 0))
        if part.is_alive() and part.pid:
            with suppress(ProcessLookupError):
                os.killpg(part.pid, signal.SIGKILL)
            part.join()


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
