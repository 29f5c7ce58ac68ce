"""What changed from one version of a plan to another, down to the word. Keys tell which measure is which."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from .lines import LANGUAGES, HeadingLine, MeasureLine

_WORDS = re.compile(r"\s+|[^\s]+")
_LISTS = ("co_leads", "contacts", "sdgs", "objectives", "principles", "sisters")
_PLAIN = ("number", "lead", "starts_on", "ends_on", "budget_cents", "funding")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed. `pieces` for texts; else the values before and after, as they are kept."""

    field: str
    language: str = ""
    pieces: tuple[Piece, ...] = ()
    before: object = None
    after: object = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A measure that both versions have, and what changed in it."""

    before: MeasureLine
    after: MeasureLine
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What came, what went, what changed; measures that stayed as they were are counted."""

    added: tuple[MeasureLine, ...]
    removed: tuple[MeasureLine, ...]
    changed: tuple[Changed, ...]
    same: int
    headings: tuple[tuple[HeadingLine | None, HeadingLine | None, tuple[Change, ...]], ...]

    @property
    def nothing(self) -> bool:
        """Whether the two versions say the same."""
        return not (self.added or self.removed or self.changed or self.headings)


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one: what stayed, what went, what came, word by word; joined again they are the two texts."""
    a, b = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    for op, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Piece("same", "".join(a[a0:a1])))
            continue
        if a1 > a0:
            found.append(Piece("gone", "".join(a[a0:a1])))
        if b1 > b0:
            found.append(Piece("new", "".join(b[b0:b1])))
    return tuple(found)


def difference(
    before: Sequence[MeasureLine],
    after: Sequence[MeasureLine],
    headings_before: Sequence[HeadingLine] = (),
    headings_after: Sequence[HeadingLine] = (),
) -> Difference:
    """What lies between two versions, in the order of the later one; removed measures in that of the earlier one."""
    old, new = {each.key: each for each in before}, {each.key: each for each in after}
    both = [(old[key], line) for key, line in new.items() if key in old]
    changed = [Changed(a, b, found) for a, b in both if (found := _changes(a, b))]
    return Difference(
        added=tuple(line for key, line in new.items() if key not in old),
        removed=tuple(line for key, line in old.items() if key not in new),
        changed=tuple(changed),
        same=len(both) - len(changed),
        headings=_headings(headings_before, headings_after),
    )


def _changes(a: MeasureLine, b: MeasureLine) -> tuple[Change, ...]:
    values = [
        Change(name, before=getattr(a, name), after=getattr(b, name))
        for name in (*_PLAIN, "heading")
        if getattr(a, name) != getattr(b, name)
    ]
    lists = [
        Change(name, before=getattr(a, name), after=getattr(b, name))
        for name in _LISTS
        if set(getattr(a, name)) != set(getattr(b, name))
    ]
    indicators = [Change("indicators", before=a.indicators, after=b.indicators)]
    return (
        *_texts("title", a.titles, b.titles),
        *_texts("text", a.texts, b.texts),
        *values,
        *lists,
        *(indicators if a.indicators != b.indicators else ()),
    )


def _texts(name: str, a: Mapping[str, str], b: Mapping[str, str]) -> tuple[Change, ...]:
    return tuple(
        Change(name, language, pieces(a.get(language, ""), b.get(language, "")))
        for language in LANGUAGES
        if a.get(language, "") != b.get(language, "")
    )


def _headings(
    before: Sequence[HeadingLine], after: Sequence[HeadingLine]
) -> tuple[tuple[HeadingLine | None, HeadingLine | None, tuple[Change, ...]], ...]:
    old, new = {each.anchor: each for each in before}, {each.anchor: each for each in after}
    found: list[tuple[HeadingLine | None, HeadingLine | None, tuple[Change, ...]]] = []
    for anchor in dict.fromkeys((*old, *new)):
        a, b = old.get(anchor), new.get(anchor)
        changes = _texts("title", a.titles, b.titles) if a and b else ()
        if a and b and a.number != b.number:
            changes = (Change("number", before=a.number, after=b.number), *changes)
        if changes or not (a and b):
            found.append((a, b, changes))
    return tuple(found)
