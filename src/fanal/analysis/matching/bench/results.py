"""What was measured, how sure it is, what was wanted, and whether it was reached."""

import json
import os
import platform
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from typing import Self

from rich.table import Table

_SIGMAS = 1.959964  # 95 %


@dataclass(frozen=True, slots=True)
class Result:
    """One measure of one row. `value` is None where it could not be measured; `note` says why, or how it was.

    `most` or `least` is what is wanted; neither: another program, or for orientation. `low`, `high`: Wilson's 95 %.
    `stopped`: the seconds after which it was given up. `measured`: when, where it was not in this run.
    """

    row: str
    what: str
    value: float | None
    unit: str = ""
    most: float | None = None
    least: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
    stopped: float | None = None
    measured: str = ""

    @classmethod
    def share(
        cls, row: str, what: str, right: int, of: int, *, least: float | None = None, note: str = ""
    ) -> Self:
        """A share with its interval; not measured where it is a share of nothing."""
        if not of:
            return cls(row, what, None, least=least, note=f"nothing to count; {note}")
        low, high = wilson(right, of)
        return cls(
            row, what, right / of, least=least, low=low, high=high, note=f"{right:,} of {of:,}; {note}"
        )

    @property
    def reached(self) -> bool | None:
        """Whether what is wanted was reached; None where nothing is wanted."""
        if self.most is None and self.least is None:
            return None
        if self.value is None:
            return False
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    @property
    def target(self) -> str:
        """What is wanted, in words."""
        if self.most is not None:
            return f"≤ {self.most:g} {self.unit}".strip()
        return "" if self.least is None else f"≥ {self.least:g} {self.unit}".strip()

    @property
    def said(self) -> str:
        """The value in words."""
        if self.stopped is not None:
            return f"stopped after {self.stopped:.0f} s"
        if self.value is None:
            return "not measured"
        digits = 3 if abs(self.value) < 10 else 1 if abs(self.value) < 1000 else 0
        within = "" if self.low is None or self.high is None else f" [{self.low:.3f}–{self.high:.3f}]"
        return f"{self.value:,.{digits}f} {self.unit}".strip() + within


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    share, square = right / of, _SIGMAS**2
    middle = share + square / (2 * of)
    wide = _SIGMAS * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return (middle - wide) / (1 + square / of), (middle + wide) / (1 + square / of)


def table(results: Sequence[Result]) -> Table:
    """The results as people read them."""
    drawn = Table("Row", "Measure", "Value", "Wanted", "Reached", "How it was measured, and what limits it")
    row = ""
    for result in results:
        reached = {True: "yes", False: "NO", None: ""}[result.reached]
        shown = "" if result.row == row else result.row
        row = result.row
        note = f"{result.note} (measured {result.measured})" if result.measured else result.note
        drawn.add_row(shown, result.what, result.said, result.target, reached, note)
    return drawn


def before(output: Path, *, scale: float, rows: Collection[str]) -> list[Result]:
    """The results of these rows in an earlier run at the same scale; none where there was no such run."""
    try:
        told = json.loads(output.read_text(encoding="utf-8"))
        if told["scale"] != scale:
            return []
        known = [{field.name: each[field.name] for field in fields(Result)} for each in told["results"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [
        replace(Result(**each), measured=each["measured"] or told["measured_at"])
        for each in known
        if each["row"] in rows
    ]


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
        "results": [asdict(each) | {"target": each.target, "reached": each.reached} for each in results],
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    whole = output.with_suffix(".new")
    whole.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    whole.replace(output)
