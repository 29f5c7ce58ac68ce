"""The outside of the cage: one process for one file, watched, bounded and killed when its time is over."""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

CONFINED_NOT = 78
"""The exit code of a process that could not lock itself in: it has read nothing (EX_CONFIG of sysexits.h)."""
_MOST_WORDS = 64 * 1024
_ENVIRONMENT = {"PATH": "/nonexistent", "LANG": "C.UTF-8", "HOME": "/nonexistent", "MALLOC_ARENA_MAX": "1"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may cost: seconds of clock and of processor, bytes of memory and of result."""

    seconds: float = 120
    cpu_seconds: int = 45
    memory: int = 1024**3
    result: int = 96 * 1024**2


@dataclass(frozen=True, slots=True)
class Made:
    """What came out. `refused`: the code of why the file is not accepted, else empty.

    `media`: its kind by content. `copy`: without metadata and anything that acts by itself. `previews`: PNG of the
    first pages. `removed`: codes of what the copy no longer has. `peak`: bytes of memory, 0 when it was
    killed; `how`: what confined it.
    """

    refused: str = ""
    media: str = ""
    pages: int = 0
    copy: bytes = b""
    previews: tuple[bytes, ...] = ()
    removed: tuple[str, ...] = ()
    peak: int = 0
    seconds: float = 0.0
    how: tuple[str, ...] = field(default=())


class NotConfined(RuntimeError):
    """This machine allows neither a filter on system calls nor a network of its own: no file is read here."""


def run(
    data: bytes, *, bounds: Bounds = Bounds(), tell: Callable[[str, int, int], None] = lambda *_: None
) -> Made:
    """Read one file inside. `tell(step, done, total)` hears how far it is.

    A file that takes too long, too much memory or breaks its reader is refused as `too_heavy` or `unreadable`.
    Raises `NotConfined` where the process cannot be locked in.
    """
    begun = time.monotonic()
    source, result = os.memfd_create("source"), os.memfd_create("result")
    try:
        with os.fdopen(os.dup(source), "wb") as writer:
            writer.write(data)
        os.lseek(source, 0, os.SEEK_SET)
        with tempfile.TemporaryDirectory(prefix="fanal-cage-") as empty:
            said, code = _watch(_start(source, result, bounds, empty), bounds, tell)
        if code == CONFINED_NOT or "fault" in said:
            raise NotConfined(str(said.get("fault", "the process could not lock itself in")))
        return _made(said, code, result, seconds=time.monotonic() - begun)
    finally:
        os.close(source)
        os.close(result)


def _start(source: int, result: int, bounds: Bounds, folder: str) -> subprocess.Popen[bytes]:
    limits = [str(bounds.cpu_seconds), str(bounds.memory), str(bounds.result)]
    return subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-I", "-m", "fanal.sandbox.inside", str(source), str(result), *limits],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a reader's complaints may quote the file
        pass_fds=(source, result),
        env=_ENVIRONMENT,
        cwd=folder,
        start_new_session=True,
    )


def _watch(
    process: subprocess.Popen[bytes], bounds: Bounds, tell: Callable[[str, int, int], None]
) -> tuple[dict[str, Any], int]:
    """The last words of the process, and its exit code."""
    assert process.stdout is not None
    limit, words = time.monotonic() + bounds.seconds, b""
    last: dict[str, Any] = {}
    read = 0
    try:
        with selectors.DefaultSelector() as waiting:
            waiting.register(process.stdout, selectors.EVENT_READ)
            while True:
                left = limit - time.monotonic()
                if left <= 0 or read > _MOST_WORDS:
                    last = {"refused": "too_heavy"}
                    break
                if not waiting.select(left):
                    continue
                heard = os.read(process.stdout.fileno(), 8192)
                if not heard:
                    break
                read += len(heard)
                *lines, words = (words + heard).split(b"\n")
                for line in lines:
                    last = _heard(line, tell) or last
    finally:
        _kill(process)
        process.stdout.close()
    return last, process.wait()


def _heard(line: bytes, tell: Callable[[str, int, int], None]) -> dict[str, Any] | None:
    """A word from inside, where whoever took the reader over may speak."""
    try:
        said = dict(json.loads(line))
        if "step" in said:
            tell(str(said["step"])[:10], max(int(said["done"]), 0), max(int(said["total"]), 0))
            return None
    except (ValueError, TypeError, KeyError, OverflowError):
        return {"refused": "unreadable"}
    return said


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Whatever it still does; it is our child and not yet waited for, so the number is still its own."""
    closed = process.stdout is not None and _ended(process)
    if not closed:
        os.killpg(process.pid, signal.SIGKILL)


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it ends by itself within a moment of its last word."""
    limit = time.monotonic() + 1
    while time.monotonic() < limit:
        if os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return True
        time.sleep(0.005)
    return False


def _made(said: dict[str, Any], code: int, result: int, *, seconds: float) -> Made:
    how, peak = tuple(said.get("how", ())), int(said.get("peak", 0))
    # A result that was told is whole, however slowly its process then ends on a busy machine.
    refused = str(said.get("refused", "")) or ("" if "blobs" in said else _why(code))
    if refused:
        return Made(refused=refused, media=str(said.get("media", "")), peak=peak, seconds=seconds, how=how)
    blobs = [os.pread(result, length, offset) for offset, length in said["blobs"]]
    return Made(
        media=said["media"],
        pages=said["pages"],
        copy=blobs[0],
        previews=tuple(blobs[1:]),
        removed=tuple(said["removed"]),
        peak=peak,
        seconds=seconds,
        how=how,
    )


def _why(code: int) -> str:
    """Why there is no result: killed by a limit, or its reader broke."""
    return "too_heavy" if code in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ) else "unreadable"
