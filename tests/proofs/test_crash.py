"""`kill -9` during writes, in a small form: each kind of kill in a house of its own, and the control that must lose."""

from pathlib import Path

from tests.proofs.parts import figures

KILLS = 18
"""Two of each kind. A kill and what comes after it takes about two seconds: a thousand are for `make prove`."""


def test_what_was_acknowledged_survives_every_kind_of_kill(folder: Path) -> None:
    found = figures("crash", folder, scale=KILLS / 1000)
    assert found[0]["value"] == str(KILLS)
    assert found[-1]["name"].startswith("control")
