"""Work in pieces on every core, told in the order of the pieces."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from os import sched_getaffinity
from typing import Any, TypeVar

Piece = TypeVar("Piece")
Made = TypeVar("Made")
_work: Callable[[Any], Any]  # of the run that a process works for


def in_turn(work: Callable[[Piece], Made], pieces: Iterable[Piece]) -> Iterator[Made]:
    """What processes make of the pieces, in order, never more than a little ahead of who reads.

    `work` and what it holds is sent once to each process. A single piece is not worth to start others.
    """
    rest = iter(pieces)
    first = list(islice(rest, 2))
    if len(first) < 2:
        yield from map(work, first)
        return
    cores = len(sched_getaffinity(0))
    waiting: deque[Future[Made]] = deque()
    with ProcessPoolExecutor(cores, get_context("forkserver"), _begin, (work,)) as pool:
        for piece in chain(first, rest):
            waiting.append(pool.submit(_do, piece))
            if len(waiting) > 2 * cores:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _begin(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work


def _do(piece: Any) -> Any:
    return _work(piece)
