"""What is wrong with an export, and with which line: the first that does not stand where the statements put it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fanal.audit.rules.statements import MARK

GONE = b"null"
"""What an export has in the place of a sealed line that is no longer in the table."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `position`: the first line concerned, counted from 0; None where none can be named.

    `kind`: altered, removed, inserted, duplicated, reordered, misdated (of a line); signature, other_key, chain,
    forked, stamp (of a statement).
    """

    kind: str
    position: int | None
    words: str

    @property
    def of_a_line(self) -> bool:
        return self.kind in ("altered", "removed", "inserted", "duplicated", "reordered", "misdated")


def split(marks: bytes) -> list[bytes]:
    """The marks of a statement, one for each line."""
    return [marks[at : at + MARK] for at in range(0, len(marks), MARK)]


def name(
    *,
    start: int,
    expected: Sequence[bytes],
    actual: Sequence[bytes],
    lines: Sequence[bytes],
    before: Collection[bytes],
) -> Finding:
    """Which line is wrong and how.

    `expected`: marks from position `start` on, as signed; `actual`: marks of the `lines` that stand there; both go
    some way beyond the batch that does not fit. `before`: the marks of all earlier lines.
    """
    pairs = zip(expected, actual, strict=False)
    at = next(
        (nth for nth, (one, other) in enumerate(pairs) if one != other), min(len(expected), len(actual))
    )
    position = start + at
    if at >= len(actual):
        return Finding("removed", position, f"Lines are missing from position {position} to the end.")
    if lines[at] == GONE:
        return Finding("removed", position, f"The line at position {position} is gone from the table.")
    row = f"{lines[at][2:38].decode('ascii', 'replace')}"
    known = actual[at] in before or actual[at] in expected[:at]
    if at >= len(expected):
        kind = "duplicated" if known else "inserted"
        return Finding(kind, position, f"Line {row} at position {position} was added: nothing sealed it.")
    belongs_later, comes_later = actual[at] in expected[at + 1 :], expected[at] in actual[at + 1 :]
    if belongs_later and comes_later:
        return Finding(
            "reordered", position, f"Line {row} stands at position {position}, where another belongs."
        )
    if comes_later:
        kind = "duplicated" if known else "inserted"
        return Finding(kind, position, f"Line {row} at position {position} was added.")
    if belongs_later:
        count = expected.index(actual[at], at + 1) - at
        return Finding("removed", position, f"{_lines(count)} missing at position {position}.")
    if known:
        return Finding("duplicated", position, f"At position {position} stands a copy of line {row}.")
    return Finding("altered", position, f"Line {row} at position {position} is not what was sealed there.")


def _lines(count: int) -> str:
    return "One line is" if count == 1 else f"{count} lines are"
