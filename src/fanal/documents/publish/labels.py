"""Numbers: headings, tables and charts get their label and key, references the words they stand for."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from fanal.documents.model import (
    Block,
    Blocks,
    Chart,
    CrossRef,
    Document,
    Heading,
    Inline,
    List,
    Quote,
    Table,
    Words,
    changed,
    figures,
    plain,
)
from fanal.errors import Invalid

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
"""What every format takes as the name of a place (Word: forty characters)."""


class Unresolved(Invalid):
    """The text refers to figures, tables, charts or headings that are not there. `facts["missing"]`: their codes."""

    def __init__(self, missing: list[str]) -> None:
        words = _(
            "These references lead nowhere: %(codes)s. Correct them in the text, then build the document again."
        )
        super().__init__("document_unresolved", words % {"codes": ", ".join(missing)}, missing=missing)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents or of a list: where it leads, what it says."""

    level: int
    key: str
    words: str


def resolved(document: Document) -> Document:
    """The document with labels, keys and words, in the language in force. `Unresolved` says what fails."""
    unknown = sorted(set(figures(document.blocks)))
    numbers = _Numbers(numbered=document.frame.numbered)
    blocks = _each(document.blocks, numbers.label)
    missing: list[str] = list(unknown)

    def refer(run: Inline) -> Inline:
        if isinstance(run, CrossRef):
            if run.key in numbers.labels:
                return Words(numbers.labels[run.key], link=f"#{run.key}")
            missing.append(run.key)
        elif isinstance(run, Words) and run.link.startswith("#") and run.link[1:] not in numbers.labels:
            missing.append(run.link)
        return run

    blocks = changed(blocks, refer)
    if missing:
        raise Unresolved(missing)
    return replace(document, blocks=blocks)


def contents(blocks: Blocks, deepest: int = 3) -> list[Entry]:
    """The headings down to a level."""
    found = [block for block in _flat(blocks) if isinstance(block, Heading) and block.level <= deepest]
    return [Entry(each.level, each.key, headed(each)) for each in found]


def tables(blocks: Blocks) -> list[Entry]:
    return [Entry(1, each.key, captioned(each)) for each in _flat(blocks) if isinstance(each, Table)]


def charts(blocks: Blocks) -> list[Entry]:
    return [Entry(1, each.key, captioned(each)) for each in _flat(blocks) if isinstance(each, Chart)]


def headed(heading: Heading) -> str:
    """ "1.2 Title", or the title alone."""
    return f"{heading.label} {plain(heading.content)}".strip()


def captioned(block: Table | Chart) -> str:
    """ "Table 3: caption"."""
    return between(block.label, plain(block.caption))


def between(label: str, words: str) -> str:
    """A label and its words as the language in force writes them (French puts a space before the colon)."""
    return _("%(label)s: %(words)s") % {"label": label, "words": words} if words else label


def before(block: Table | Chart) -> str:
    """What stands between a label and its caption; nothing before no caption."""
    return between("", " ").rstrip(" ") + " " if plain(block.caption) else ""


class _Numbers:
    """Counts while walking; `labels`: what a reference to a key says."""

    def __init__(self, *, numbered: bool) -> None:
        self.numbered = numbered
        self.labels: dict[str, str] = {}
        self._counts: Counter[type] = Counter()
        self._levels: list[int] = []

    def label(self, block: Block) -> Block:
        if not isinstance(block, Heading | Table | Chart):
            return block
        self._counts[type(block)] += 1
        nth = self._counts[type(block)]
        letter = {Heading: "section", Table: "table", Chart: "chart"}[type(block)]
        key = block.key or f"{letter}_{nth}"
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a key: {key!r}")
        if key in self.labels:
            raise Unresolved([key])
        if isinstance(block, Heading):
            number = self._number(block.level) if self.numbered else ""
            self.labels[key] = (
                _("section %(number)s") % {"number": number} if number else plain(block.content)
            )
            return replace(block, key=key, label=number)
        words = _("Table %(n)d") if isinstance(block, Table) else _("Chart %(n)d")
        self.labels[key] = words % {"n": nth}
        return replace(block, key=key, label=self.labels[key])

    def _number(self, level: int) -> str:
        self._levels = [*self._levels[:level], *([0] * (level - len(self._levels)))]
        self._levels[level - 1] += 1
        return ".".join(map(str, self._levels))


def _each(blocks: Blocks, change: Callable[[Block], Block]) -> Blocks:
    return tuple(_inside(change(block), change) for block in blocks)


def _inside(block: Block, change: Callable[[Block], Block]) -> Block:
    if isinstance(block, List):
        return replace(block, items=tuple(_each(item, change) for item in block.items))
    if isinstance(block, Quote):
        return replace(block, content=_each(block.content, change))
    return block


def _flat(blocks: Blocks) -> list[Block]:
    found: list[Block] = []

    def keep(block: Block) -> Block:
        found.append(block)
        return block

    _each(blocks, keep)
    return found
