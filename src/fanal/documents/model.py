"""A document before it is a file: text, lists, tables, charts and references, as plain values."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text. `link`: an address (https, mailto) or `#key` of a heading, table or chart of this document."""

    text: str
    strong: bool = False
    emphasis: bool = False
    raised: bool = False
    lowered: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A new line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote at this place of the text."""

    content: "Inlines"


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A figure of the statistics by its code. It is replaced by words (`with_figures`) before anything is published."""

    code: str


@dataclass(frozen=True, slots=True)
class CrossRef:
    """ "Table 3", "Chart 2", "section 1.4": the label of the heading, table or chart that has this key."""

    key: str


Inline = Words | Break | Note | FigureRef | CrossRef
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 4; the title of the document stands above them. `label` (its number) is set when it is published."""

    level: int
    content: Inlines
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: Inlines


@dataclass(frozen=True, slots=True)
class List:
    items: tuple["Blocks", ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    content: "Blocks"


@dataclass(frozen=True, slots=True)
class Cell:
    content: Inlines
    columns: int = 1
    rows: int = 1


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`header`: rows that name the columns; `header_columns`: how many columns at the left name the rows."""

    caption: Inlines
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    header_columns: int = 0
    key: str = ""
    label: str = ""

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((sum(cell.columns for cell in row) for row in (*self.header, *self.rows)), default=0)


class Kind(StrEnum):
    BARS = "bars"
    LINE = "line"
    STACKED = "stacked"


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each category; None where there is none. `shown`: words that replace a number in the table."""

    name: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """What a chart shows. `head` names the categories ("Year"), `unit` the values; `target` is drawn as a broken line.

    Raises ValueError for a chart without categories or series, or with series of another length.
    """

    kind: Kind
    head: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    decimals: int = 0
    target: Series | None = None

    def __post_init__(self) -> None:
        if not self.categories or not self.series:
            raise ValueError("a chart needs categories and series")
        if any(len(each.values) != len(self.categories) for each in self.all):
            raise ValueError("each series of a chart has one value for each category")

    @property
    def all(self) -> tuple[Series, ...]:
        """The series, and the target behind them."""
        return self.series if self.target is None else (*self.series, self.target)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of figures. `alternative` says in one or two sentences what one sees; the figures follow as a table."""

    spec: Spec
    caption: Inlines
    alternative: str
    key: str = ""
    label: str = ""


Block = Heading | Paragraph | List | Quote | Table | Chart
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text. The lists and a page for the title come with `contents`; numbers with `numbered`."""

    subtitle: str = ""
    reference: str = ""
    issuer: str = ""
    contents: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One source for every format. `language`: fr, nl, de or en."""

    title: str
    language: str
    blocks: Blocks
    frame: Frame = field(default_factory=Frame)


def text(value: str) -> Inlines:
    """Plain words as the content of a block."""
    return (Words(value),)


def table(
    caption: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    header_columns: int = 1,
    key: str = "",
) -> Table:
    """A plain table of words: one row of headers, and the first column names each row unless told otherwise."""
    return Table(
        caption=text(caption),
        header=(tuple(Cell(text(each)) for each in header),),
        rows=tuple(tuple(Cell(text(each)) for each in row) for row in rows),
        header_columns=header_columns,
        key=key,
    )


def figures(blocks: Blocks) -> Iterator[str]:
    """The codes of all figures that the text refers to, in their order."""
    found: list[str] = []

    def seen(inline: Inline) -> Inline:
        if isinstance(inline, FigureRef):
            found.append(inline.code)
        return inline

    changed(blocks, seen)
    return iter(found)


def with_figures(blocks: Blocks, words: Callable[[str], str]) -> Blocks:
    """The same blocks with each reference to a figure replaced by `words(code)`, which may raise what it likes."""
    return changed(
        blocks, lambda inline: Words(words(inline.code)) if isinstance(inline, FigureRef) else inline
    )


def changed(blocks: Blocks, change: Callable[[Inline], Inline]) -> Blocks:
    """The same blocks with every run of every text, cell, caption and note sent through `change`."""
    return tuple(_changed(block, change) for block in blocks)


def _changed(block: Block, change: Callable[[Inline], Inline]) -> Block:
    if isinstance(block, List):
        return replace(block, items=tuple(changed(item, change) for item in block.items))
    if isinstance(block, Quote):
        return replace(block, content=changed(block.content, change))
    if isinstance(block, Table):
        header, rows = (
            tuple(tuple(replace(cell, content=_runs(cell.content, change)) for cell in row) for row in part)
            for part in (block.header, block.rows)
        )
        return replace(block, caption=_runs(block.caption, change), header=header, rows=rows)
    if isinstance(block, Chart):
        return replace(block, caption=_runs(block.caption, change))
    return replace(block, content=_runs(block.content, change))


def _runs(runs: Inlines, change: Callable[[Inline], Inline]) -> Inlines:
    return tuple(Note(_runs(run.content, change)) if isinstance(run, Note) else change(run) for run in runs)


def plain(content: Inlines) -> str:
    """The words alone, without notes."""
    return "".join(
        run.text if isinstance(run, Words) else " " if isinstance(run, Break) else "" for run in content
    )
