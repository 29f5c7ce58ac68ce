"""Two people write one text: a three-way merge in which no line that somebody typed is ever lost. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import ndiff

from merge3 import Merge3

MARK = "⚠"
"""Begins each line that the house itself puts around two versions of the same passage."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The text of both, and in how many passages both versions stand side by side between marks."""

    text: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved version: `text` is what stood after it, `sent` what its window had (another text after a merge)."""

    number: int
    window: str
    text: str
    sent: str


def merge(base: str, mine: str, theirs: str, *, names: tuple[str, str]) -> Merged:
    """The lines of `mine` and of `theirs`, which both grew out of `base`; `names` say who wrote which version.

    What only one of them changed is taken. What both added at one place stands one after the other. A passage that
    they changed in two ways stands twice, each version under its writer's name between marks, for a person to choose.
    """
    if theirs in (mine, base):
        return Merged(mine, 0)
    if mine == base:
        return Merged(theirs, 0)
    lines: list[str] = []
    conflicts = 0
    for found in Merge3(_lines(base), _lines(mine), _lines(theirs)).merge_groups():
        if found[0] != "conflict":
            lines += found[1]
            continue
        passage, contradicts = _both(*found[1:], names=names)
        lines += passage
        conflicts += contradicts
    return Merged("\n".join(lines), conflicts)


def _both(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], *, names: tuple[str, str]
) -> tuple[list[str], bool]:
    head = _alike(mine, theirs)
    tail = _alike(mine[head:][::-1], theirs[head:][::-1])
    one, other = list(mine[head : len(mine) - tail]), list(theirs[head : len(theirs) - tail])
    before, after = list(mine[:head]), list(mine[len(mine) - tail :])
    nothing_stood_there = not any(line.strip() for line in base)
    one_goes_further = bool(head or tail) and not (one and other)
    if nothing_stood_there or one_goes_further:
        return [*before, *one, *other, *after], False
    marked = [f"{MARK} {names[0]}:", *one, f"{MARK} {names[1]}:", *other, MARK]
    return [*before, *marked, *after], True


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def base_of(versions: Sequence[Saved], number: int, window: str) -> str:
    """The text from which a window's next one grew: version `number`, or what it sent itself since, if that arrived.

    A window whose connection broke does not know that its words were kept; its next words grew out of them all the
    same. An unknown number is the empty text: then everything counts as added, and nothing is lost.
    """
    known = {version.number: version.text for version in versions}
    sent = [version.sent for version in versions if version.window == window and version.number > number]
    return sent[-1] if window and sent else known.get(number, "")


def save(versions: Sequence[Saved], number: int, window: str, text: str, *, names: tuple[str, str]) -> Merged:
    """What stands after a window that last read version `number` saves `text`; `versions` in their order.

    `names`: who wrote what stands there now, and who saves.
    """
    now = versions[-1].text if versions else ""
    return merge(base_of(versions, number, window), now, text, names=names)


def open_marks(text: str) -> int:
    """In how many passages two versions still stand side by side."""
    return sum(1 for line in text.split("\n") if line.strip() == MARK)


def changed(before: str, after: str) -> Iterator[tuple[str, str]]:
    """What one version changed, line by line: (`+`, `-` or a space; the line)."""
    for line in ndiff(_lines(before), _lines(after)):
        if not line.startswith("?"):
            yield line[:1], line[2:]
