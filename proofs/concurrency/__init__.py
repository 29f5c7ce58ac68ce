"""Many at one moment: no edit is lost, one of fifty deciders wins, each reminder is sent once."""

from random import Random

from fanal.config.bench.house import served
from proofs.figure import Figure, Tell
from proofs.house import house

EDITS, DECIDERS, CASES, ROUNDS, PROCEDURES = 100_000, 50, 2_000, 60, 3


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    """`scale` 1: 100,000 edits over HTTP, 2,000 cases with 50 deciders each, 60 rounds of the clocks, half killed."""
    with house():
        from django.db import transaction
        from tests import cast
        from tests.protection.acts import Stage

        from proofs.concurrency import deciders, edits, reminders

        with transaction.atomic():
            everybody = cast.load()
        stage = Stage(everybody)
        editor = everybody.administrator
        with served() as (port, _):
            token, wanted = cast.token(editor), max(100, round(EDITS * scale))
            found = edits.prove(port, token, edits.points(editor), count=wanted, tell=tell)
            found.append(edits.control(port, token, edits.points(editor)))
        found += deciders.prove(stage, cases=max(2, round(CASES * scale)), together=DECIDERS, tell=tell)
        found += reminders.prove(
            stage, procedures=PROCEDURES, rounds=max(4, round(ROUNDS * scale)), random=Random(seed), tell=tell
        )
    return found
