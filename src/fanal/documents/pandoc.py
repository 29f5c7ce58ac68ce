"""Pandoc as a child process: words in, words out, no file, no network, little time and memory."""

import os
import resource
import signal
import subprocess
from datetime import UTC, date, datetime, time

import pypandoc

_SECONDS = 30
_MEMORY = "-M768M"
"""Of its heap; its runtime reserves addresses without end, so that a limit on these would stop it at once."""


class Failed(RuntimeError):
    """Pandoc gave up: `code` is `too_heavy` or `unreadable`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def convert(
    content: bytes, *, source: str, target: str, options: tuple[str, ...] = (), on: date = date(2000, 1, 1)
) -> bytes:
    """The content in another format. `on` is the day in its metadata. `Failed` when it takes too long or too much."""
    program = [pypandoc.get_pandoc_path(), "--sandbox", "-f", source, "-t", target, "-o", "-", *options]
    epoch = int(datetime.combine(on, time(0), UTC).timestamp())
    try:
        done = subprocess.run(  # noqa: S603 (our own program and options)
            [*program, "+RTS", _MEMORY, "-RTS"],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            env={"SOURCE_DATE_EPOCH": str(epoch), "LANG": "C.UTF-8", "HOME": "/nonexistent"},
            cwd="/",
            preexec_fn=_bounded,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Failed("too_heavy") from None
    if done.returncode:
        killed = (-signal.SIGXCPU, -signal.SIGKILL, 251)  # 251: the heap is full
        raise Failed("too_heavy" if done.returncode in killed else "unreadable")
    return done.stdout


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
