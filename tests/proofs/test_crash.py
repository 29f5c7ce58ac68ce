"""`kill -9` during writes, in a small form: each kind of kill in a house of its own, and the control that must lose."""

import json
import subprocess
import sys
from pathlib import Path

from tests.processes import environment

KILLS = 18
"""Two of each kind. A kill and what comes after it takes about two seconds: a hundred are for `make prove`."""


def test_what_was_acknowledged_survives_every_kind_of_kill(folder: Path) -> None:
    output = folder / "crash.json"
    command = [
        sys.executable,
        "-m",
        "proofs",
        "crash",
        "--alone",
        f"--scale={KILLS / 1000}",
        "--seed=20261122",
    ]
    done = subprocess.run(
        [*command, f"--output={output}"],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    figures = json.loads(output.read_text())["figures"]
    assert [figure for figure in figures if not figure["reached"]] == []
    assert figures[0]["value"] == str(KILLS)
    assert figures[-1]["name"].startswith("control")
