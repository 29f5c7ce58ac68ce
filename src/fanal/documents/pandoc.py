"""Pandoc as a child process: words in, words out, no file, no network, little time and memory."""

import signal
import subprocess
import sys

import pypandoc

from fanal.sandbox.cage import CONFINED_NOT, NotConfined

_SECONDS = 30
_MEMORY = "-M768M"
"""Of its heap; its runtime reserves addresses without end, so that a limit on these would stop it at once."""


class Failed(RuntimeError):
    """Pandoc gave up: `code` is `too_heavy` or `unreadable`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def convert(content: bytes, *, source: str, target: str, options: tuple[str, ...] = ()) -> bytes:
    """The content in another format, with 1970 as its date. `Failed` when it takes too long or too much.

    Raises `NotConfined` where the process cannot be locked in.
    """
    inside = [
        sys.executable,
        "-I",
        "-m",
        "fanal.sandbox.taken_over",
        str(_SECONDS),
        pypandoc.get_pandoc_path(),
    ]
    program = [*inside, "--sandbox", "-f", source, "-t", target, "-o", "-", *options]
    try:
        done = subprocess.run(  # noqa: S603 (our own program and options)
            [*program, "+RTS", _MEMORY, "-RTS"],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            env={"LANG": "C.UTF-8", "HOME": "/nonexistent"},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Failed("too_heavy") from None
    if done.returncode == CONFINED_NOT:
        raise NotConfined("pandoc cannot be locked in on this machine")
    if done.returncode:
        killed = (-signal.SIGXCPU, -signal.SIGKILL, 251)  # 251: the heap is full
        raise Failed("too_heavy" if done.returncode in killed else "unreadable")
    return done.stdout
