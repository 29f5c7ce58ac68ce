"""What the test of the bench measures in processes of their own: quick to load."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

Tell = Callable[[str, int, int], None]


def cores(tell: Tell) -> tuple[int, str]:
    tell("Working", 1, 1)
    return len(os.sched_getaffinity(0)), os.environ["OMP_NUM_THREADS"]


def waits(file: str, tell: Tell) -> None:
    """Begins another process, writes its number into the file, and does not end."""
    other = subprocess.Popen(["sleep", "60"])
    Path(file).write_text(str(other.pid))
    tell("Waiting", 3, 10)
    time.sleep(60)


def fails(_: Tell) -> None:
    raise ValueError("no such thing")


def dies(_: Tell) -> None:
    os._exit(3)
