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
Part = TypeVar("Part")
_work: Callable[[Any], Any]  # of the run that a process works for


def in_turn(work: Callable[[Piece], Made], several: Iterable[Piece]) -> Iterator[Made]:
    """What processes make of the pieces, in order, never more than a little ahead of who reads.

    `work` and what it holds is sent once to each process. A single piece is not worth to start others.
    """
    rest = iter(several)
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


def pieces(every: Iterable[Part], size: int) -> Iterator[list[Part]]:
    """Lists of so many, the last one of what is left."""
    rest = iter(every)
    while piece := list(islice(rest, size)):
        yield piece


def _begin(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work


def _do(piece: Any) -> Any:
    return _work(piece)
