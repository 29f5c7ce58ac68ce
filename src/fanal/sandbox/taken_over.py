"""Locks itself in, then gives its place to a program that stands alone: no network, no file, little time.

Called as a program: seconds of processor, the program, its arguments. What it reads and writes are its pipes.
"""

import os
import resource
import sys
from typing import NoReturn

from fanal.sandbox.cage import CONFINED_NOT
from fanal.sandbox.lock import Unlocked, lock_in_for


def main(cpu_seconds: int, program: str, *arguments: str) -> NoReturn:
    """Never returns; ends with `CONFINED_NOT` where the process cannot be locked in."""
    for what, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(5)
    try:
        lock_in_for(program)
    except Unlocked:
        os._exit(CONFINED_NOT)
    os.execv(program, [program, *arguments])  # noqa: S606 (our own program)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
