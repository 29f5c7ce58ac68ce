"""Fifty who decide on one case at one moment: one decision stands, the others are told."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

from django.db import connection

from fanal.access.services import acting_as
from fanal.errors import Refusal
from fanal.protection.models import Document, Fact, Procedure
from proofs.figure import Figure, Tell

if TYPE_CHECKING:
    from tests.protection.acts import Stage

MOVE = "open_reflection"
TOLD = {"stale", "no_such_step"}
"""What a decider is told who comes second: somebody changed it, or there is no such step any more."""


def prove(stage: "Stage", *, cases: int, together: int, tell: Tell) -> list[Figure]:
    """`together` deciders on each of `cases` cases; in every second case they name the version that they read."""
    wrong: Counter[str] = Counter()
    start = Barrier(together)
    with ThreadPoolExecutor(together) as pool:
        for number in range(1, cases + 1):
            row = stage.opened()
            version = row.version if number % 2 else None
            outcomes = list(pool.map(lambda _: _decide(stage, row, version, start), range(together)))  # noqa: B023
            wrong.update(_faults(stage, row, outcomes))
            tell("Cases decided", number, cases)
        for _ in pool.map(lambda _: _leave(start), range(together)):
            pass
    note = ", ".join(f"{what}: {count}" for what, count in wrong.items())
    return [
        Figure(
            f"cases on which exactly one of {together} deciders wins",
            f"{cases - wrong['not one winner']:,}",
            f"{cases:,}",
            not wrong,
            note,
        )
    ]


def _decide(stage: "Stage", row: Procedure, version: int | None, start: Barrier) -> str:
    start.wait(60)
    try:
        stage.decided(row, MOVE, version=version)
    except Refusal as refusal:
        return refusal.code
    return "won"


def _leave(start: Barrier) -> None:
    """Each thread closes its own connection: the barrier gives every one of them this task."""
    start.wait(60)
    connection.close()


def _faults(stage: "Stage", row: Procedure, outcomes: list[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    counted = Counter(outcomes)
    if counted.pop("won", 0) != 1:
        found["not one winner"] += 1
    for code in counted.keys() - TOLD:
        found[f"refused with {code}"] += counted[code]
    with acting_as(stage.cast.immigration_agent):
        decisions = Fact.objects.filter(procedure=row, kind="decided").count()
        documents = Document.objects.filter(procedure=row).count()
    if (decisions, documents) != (1, 1):
        found["not one decision with one document"] += 1
    return found
