"""What the test of the bench measures in processes of their own: quick to load."""

import os
from collections.abc import Callable

Tell = Callable[[str, int, int], None]


def cores(tell: Tell) -> tuple[int, str]:
    tell("Working", 1, 1)
    return len(os.sched_getaffinity(0)), os.environ["OMP_NUM_THREADS"]


def fails(_: Tell) -> None:
    raise ValueError("no such thing")


def dies(_: Tell) -> None:
    os._exit(3)
