"""A part of the proofs in its small form: the same functions, in a process and a house of their own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.processes import environment


def figures(part: str, folder: Path, *, scale: float) -> list[dict[str, Any]]:
    """What the part found, all of it reached; else the test fails with what is not."""
    output = folder / f"{part}.json"
    command = [sys.executable, "-m", "proofs", part, "--alone", f"--scale={scale}", "--seed=20261122"]
    done = subprocess.run(
        [*command, f"--output={output}"],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(output.read_text())["figures"]
    assert [figure for figure in found if not figure["reached"]] == []
    return found
