"""What was measured, what was wanted, and whether it was reached."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Result:
    """One measure. `most` or `least` is the target; none: told for orientation. `note`: how, and what limits it."""

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool | None:
        if self.most is None and self.least is None:
            return None
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    @property
    def target(self) -> str:
        if self.most is not None:
            return f"≤ {self.most:g} {self.unit}"
        return "" if self.least is None else f"≥ {self.least:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Times:
    """How long the same thing took, again and again, in milliseconds."""

    milliseconds: Sequence[float]

    @property
    def middle(self) -> float:
        return median(self.milliseconds)

    @property
    def p95(self) -> float:
        return quantiles(self.milliseconds, n=20)[-1] if len(self.milliseconds) > 1 else self.milliseconds[0]


def table(results: Sequence[Result]) -> Table:
    """The results as people read them."""
    drawn = Table("Measure", "Value", "Target", "Reached", "How it was measured")
    for result in results:
        reached = {True: "yes", False: "NO", None: ""}[result.reached]
        drawn.add_row(
            result.what, f"{result.value:,.2f} {result.unit}".strip(), result.target, reached, result.note
        )
    return drawn


def write(results: Sequence[Result], *, scale: float, seconds: float, output: Path) -> None:
    """The results as JSON, with the machine they were measured on."""
    told = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "scale": scale,
        "seconds": round(seconds, 1),
        "machine": {
            "processors": len(os.sched_getaffinity(0)),
            "load_average": os.getloadavg(),
            "python": platform.python_version(),
        },
        "results": [
            asdict(result) | {"target": result.target, "reached": result.reached} for result in results
        ],
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
