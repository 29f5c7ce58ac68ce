"""Whether the matrix bites: a hundred faults, each set alone, and each must turn it red."""

from random import Random

from proofs.figure import Figure, Tell
from proofs.house import house

FAULTS = 100


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    """Every fault in a house of its own; a smaller scale takes a sample, drawn by the seed."""
    with house():
        from django.test.utils import setup_test_environment

        setup_test_environment(debug=False)
        from proofs.teeth.bite import bites, every

        known = every()
        chosen = Random(seed).sample(known, max(1, round(len(known) * scale)))
        survived = []
        for nth, (fault, red) in enumerate(bites(chosen, seed=seed), 1):
            tell("faults", nth, len(chosen))
            survived += [] if red else [f"{fault.name} ({fault.wall})"]
    wanted = max(1, round(FAULTS * scale))
    return [
        Figure("faults set", f"{len(chosen)}", f"{wanted}", len(chosen) >= wanted),
        Figure(
            "faults that the matrix did not see",
            f"{len(survived)}",
            "0",
            not survived,
            "; ".join(survived)[:900],
        ),
    ]
