"""A measurement in a fresh process on one or two cores, for so long and no longer: the same limits for everybody."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

Tell = Callable[[str, int, int], None]
_THREADS = ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_GRACE = 15  # seconds to put things away in, for what was told to stop


class Failed(Exception):
    """The measurement stopped; the text is the last line of its fault."""


class Stopped(Failed):
    """The measurement was not done in the time that it had; the text says how far it had come."""

    def __init__(self, seconds: float, far: str) -> None:
        super().__init__(f"stopped after {seconds:.0f} s" + (far and f", at: {far}"))
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Alone:
    """What a process answered, and what it took: seconds by the clock, seconds of a processor (its helpers counted),
    `peak`: its own largest resident memory in MB."""

    value: Any
    seconds: float
    processor: float
    peak: float


def alone(function: Callable[..., Any], *given: Any, cores: int, most: float, tell: Tell) -> Alone:
    """Call `function(*given, tell)` in a process of its own on the first `cores` cores.

    Refused with Stopped after `most` seconds, and with Failed where the function raises, or the process dies.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    with _threads(cores):
        process = context.Process(target=_measure, args=(sender, cores, function, given))
        process.start()
    sender.close()
    end, far, kind = perf_counter() + most, "", "tell"
    try:
        while receiver.poll(max(end - perf_counter(), 0)):
            kind, said = receiver.recv()
            if kind == "tell":
                tell(*said)
                far = f"{said[0]}, {said[1]:,} of {said[2]:,}"
            elif kind == "failed":
                raise Failed(said)
            else:
                return Alone(*said)
        raise Stopped(most, far)
    except EOFError:
        process.join()
        raise Failed(f"the process ended with code {process.exitcode}") from None
    finally:
        if kind == "tell":
            process.terminate()
        _end(process)
        receiver.close()


def _end(process: BaseProcess) -> None:
    """Let a process put its things away, then end it and all that it began."""
    assert process.pid  # it was started
    process.join(_GRACE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.join()


def memory(field: str, file: str = "status") -> float:
    """A figure of the kernel about this process, in MB: `VmHWM` of `status`, `Pss` of `smaps_rollup`."""
    for line in Path(f"/proc/self/{file}").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == field:
            return int(value.split()[0]) / 1024
    raise KeyError(field)


def _measure(sender: Connection, cores: int, function: Callable[..., Any], given: tuple[Any, ...]) -> None:
    os.setpgrp()  # it can be ended with all that it begins
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    started = perf_counter()
    try:
        value = function(*given, lambda *said: sender.send(("tell", said)))
    except Exception as fault:
        sender.send(("failed", f"{traceback.format_exception_only(fault)[-1].strip()} ({_place(fault)})"))
    else:
        sender.send(("done", (value, perf_counter() - started, _worked(), memory("VmHWM"))))


def _worked() -> float:
    """Seconds of a processor of this process and of all that it began, those that ended counted by who began them."""
    this, total = psutil.Process(), 0.0
    for each in (this, *this.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):  # it ended just now
            total += sum(each.cpu_times()[:4])
    return total


def _place(fault: BaseException) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{Path(last.filename).name}, line {last.lineno}"


@contextmanager
def _threads(cores: int) -> Iterator[None]:
    """Libraries read the number of their threads when they are loaded."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, str(cores)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
