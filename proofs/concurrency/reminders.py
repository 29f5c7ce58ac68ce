"""The round of the clocks, run twice at one moment or killed in the middle: each reminder once."""

import os
import signal
import time
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

from django.db import connections

from fanal.access.services import as_clockwork
from fanal.notify.models import Message
from fanal.protection import services
from fanal.protection.models import Reminder
from fanal.protection.rules.escalation import told
from fanal.protection.services import sweeping
from proofs.figure import Figure, Tell

if TYPE_CHECKING:
    from tests.protection.acts import Stage

DAYS = (43, 53, 60, 64)
"""Days after the first on which the clocks of a first document reach a step, in testland."""
BATCH = 8
"""Clocks of one transaction: few, so that a kill meets one in the middle."""


def prove(stage: "Stage", *, procedures: int, rounds: int, random: Random, tell: Tell) -> list[Figure]:
    """Each round: new procedures, then each step of their clocks, swept twice at once; every second is killed."""
    killed = faults = sent = 0
    before, sweeping.BATCH = sweeping.BATCH, BATCH
    try:
        for number in range(1, rounds + 1):
            for _ in range(procedures):
                stage.in_p2()
            for days in DAYS:
                killed += _sweeps(days, random, kill=number % 2 == 0)
            expected, found = _expected(), _found()
            faults += sum(((found - expected) + (expected - found)).values())
            sent = found.total()
            tell("Rounds of the clocks", number, rounds)
    finally:
        sweeping.BATCH = before
    late = _sweep_here(DAYS[-1])
    return [
        Figure(
            "reminders missing or sent twice", str(faults), "0", not faults and sent > 0, f"{sent:,} sent"
        ),
        Figure(
            "sweeps killed in the middle",
            str(killed),
            "> 0",
            killed > 0,
            f"{rounds} rounds, two sweeps at once",
        ),
        Figure("reminders that one more round finds", str(late), "0", late == 0),
    ]


def _sweeps(days: int, random: Random, *, kill: bool) -> int:
    """Two processes sweep at one moment; where `kill`, both are killed and a third does what they left."""
    connections.close_all()  # a fork must not share a connection
    both = [_fork(days), _fork(days)]
    if kill:
        time.sleep(random.uniform(0, 0.25))
        for child in both:
            os.kill(child, signal.SIGKILL)
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in both]
    if not kill and any(ended):
        raise RuntimeError(f"a sweep failed: {ended}")
    _sweep_here(days)
    return sum(code == -signal.SIGKILL for code in ended)


def _fork(days: int) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        _sweep_here(days)
        code = 0
    finally:
        os._exit(code)


def _sweep_here(days: int) -> int:
    from tests.protection.acts import later

    return services.sweep(at=later(days))


def _expected() -> Counter[tuple[int, str, str]]:
    with as_clockwork():
        rows = list(Reminder.objects.select_related("deadline"))
    return Counter(
        (unit, f"protection.{row.step}", row.deadline.reference)
        for row in rows
        for unit in told(row.step, row.deadline.waiting_for_id, row.deadline.watched_by_id)
    )


def _found() -> Counter[tuple[int, str, str]]:
    kinds = {kind for _, kind, _ in _expected()}
    return Counter(Message.objects.filter(kind__in=kinds).values_list("unit_id", "kind", "reference"))
