"""Plays the people against a served house, watches the memory of its workers, and reads what came of it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from proofs.figure import Tell

PLAYED = Path(__file__).with_name("people.py")
LOOK = 5.0  # seconds between two looks at the memory


@dataclass(frozen=True)
class Played:
    """What came of it: milliseconds of every answer, errors by kind, memory of the workers (MB) at each look."""

    milliseconds: Sequence[int]
    errors: Mapping[str, int]
    memory: Sequence[float] = field(default_factory=list)
    by_name: Mapping[str, int] = field(default_factory=dict)

    def percentile(self, share: float) -> int:
        ordered = sorted(self.milliseconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0


def play(
    port: int,
    server: psutil.Process,
    script: Mapping[str, Any],
    *,
    people: int,
    seconds: float,
    folder: Path,
    tell: Tell,
) -> Played:
    """Let so many people work for so long. `script` is what `people.py` reads."""
    paper, result = folder / "load.json", folder / "load-result"
    paper.write_text(json.dumps(script))
    command = [
        sys.executable, "-m", "locust", "--locustfile", str(PLAYED), "--headless", "--only-summary",
        "--host", f"http://127.0.0.1:{port}", "--users", str(people), "--spawn-rate", str(max(people / 20, 1)),
        "--run-time", f"{seconds:.0f}s", "--stop-timeout", "20", "--json-file", str(result), "--loglevel", "ERROR",
    ]  # fmt: skip
    environment = os.environ | {"FANAL_LOAD": str(paper)}
    memory: list[float] = []
    with (folder / "load.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        begun = time.monotonic()
        while process.poll() is None:
            memory.append(_memory(server))
            tell("People at work", min(int(time.monotonic() - begun), int(seconds)), int(seconds))
            try:
                process.wait(LOOK)
            except subprocess.TimeoutExpired:
                continue
    return _read(Path(f"{result}.json"), folder / "load.log", memory)


def _memory(server: psutil.Process) -> float:
    """The larger worker's own memory, without what it shares with its parent."""
    return max((child.memory_info().rss / 1e6 for child in server.children(recursive=True)), default=0)


def _read(result: Path, log: Path, memory: Sequence[float]) -> Played:
    if not result.exists():
        raise RuntimeError(f"locust left no result: {log.read_text()[-2000:]}")
    rows = json.loads(result.read_text())
    times = [int(ms) for row in rows for ms, count in row["response_times"].items() for _one in range(count)]
    errors = {row["name"]: row["num_failures"] for row in rows if row["num_failures"]}
    if broken := log.read_text().count("Traceback"):
        errors["people who broke off"] = broken
    return Played(times, errors, memory, {row["name"]: row["num_requests"] for row in rows})


def growth(memory: Sequence[float]) -> tuple[float, float]:
    """(first, last): the mean of the first and of the last quarter, once a fifth of the time went by to warm up."""
    warm = list(memory[len(memory) // 5 :]) or [0.0]
    quarter = max(len(warm) // 4, 1)
    return sum(warm[:quarter]) / quarter, sum(warm[-quarter:]) / quarter
