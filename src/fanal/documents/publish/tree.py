"""A document as pandoc's own tree (pandoc-types 1.23); what Word and LibreOffice count or list is raw markup."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fanal.documents.model import (
    Block,
    Blocks,
    Break,
    Cell,
    Chart,
    Document,
    Heading,
    Inline,
    Inlines,
    List,
    Note,
    Paragraph,
    Quote,
    Table,
    Words,
)
from fanal.documents.publish import frames, labels

Node = dict[str, Any]
_NOTHING: list[Any] = ["", [], []]
_DEFAULT = {"t": "AlignDefault"}
PICTURE = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYAAAAAIAAeIhvDMAAAAASUVORK5CYII="
)
"""Stands where a chart comes; `docx` and `odt` put the drawing in its place."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Raw markup of one format: `caption(kind, label, key)`, `listed(which, title, entries)`, a new page."""

    name: str
    caption: Callable[[str, str, str], str]
    listed: Callable[[str, str, Sequence[labels.Entry]], str]
    page_break: str


def tree(document: Document, date: str, dialect: Dialect) -> Node:
    """The whole document; `date` in words."""
    frame = document.frame
    told = " · ".join(each for each in (frame.issuer, frame.reference) if each)
    meta = {
        "title": _meta(document.title),
        "lang": {"t": "MetaString", "c": f"{document.language}-BE"},
        "date": _meta(date),
    }
    if frame.subtitle:
        meta["subtitle"] = _meta(frame.subtitle)
    if told:
        meta["author"] = _meta(told)
    maker = _Maker(dialect)
    lists = _lists(document.blocks, dialect) if frame.contents else []
    return {
        "pandoc-api-version": [1, 23, 1],
        "meta": meta,
        "blocks": [*lists, *maker.blocks(document.blocks, chapters=frame.contents)],
    }


def _lists(blocks: Blocks, dialect: Dialect) -> list[Node]:
    words = frames.words()
    found = (
        ("contents", labels.contents(blocks)),
        ("tables", labels.tables(blocks)),
        ("charts", labels.charts(blocks)),
    )
    return [
        _raw(dialect, dialect.listed(which, words[which], entries)) for which, entries in found if entries
    ]


def _meta(words: str) -> Node:
    return {"t": "MetaInlines", "c": [{"t": "Str", "c": words}]}


def _raw(dialect: Dialect, markup: str, *, inline: bool = False) -> Node:
    return {"t": "RawInline" if inline else "RawBlock", "c": [dialect.name, markup]}


class _Maker:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def blocks(self, blocks: Blocks, *, chapters: bool = False) -> list[Node]:
        found: list[Node] = []
        for each in blocks:
            if chapters and isinstance(each, Heading) and each.level == 1:
                found.append(_raw(self.dialect, self.dialect.page_break))
            found += self._block(each)
        return found

    def _block(self, block: Block) -> list[Node]:
        match block:
            case Heading(level, content, key, label):
                number = [{"t": "Str", "c": f"{label} "}] if label else []
                return [{"t": "Header", "c": [level, [key, [], []], [*number, *self._runs(content)]]}]
            case Paragraph(content):
                return [{"t": "Para", "c": self._runs(content)}]
            case List(items, ordered):
                inside = [self.blocks(each) for each in items]
                if ordered:
                    return [{"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], inside]}]
                return [{"t": "BulletList", "c": inside}]
            case Quote(content):
                return [{"t": "BlockQuote", "c": self.blocks(content)}]
            case Table():
                return [self._table(block, self._caption("table", block))]
            case Chart():
                return self._chart(block)

    def _caption(self, kind: str, block: Table | Chart) -> list[Node]:
        """The label with a counter of the format's own around its number; a bookmark that references lead to."""
        raw = _raw(self.dialect, self.dialect.caption(kind, block.label, block.key), inline=True)
        return [raw, {"t": "Str", "c": labels.before(block)}, *self._runs(block.caption)]

    def _chart(self, chart: Chart) -> list[Node]:
        picture = {
            "t": "Image",
            "c": [
                ["", [], [["alt", chart.alternative]]],
                [{"t": "Str", "c": chart.alternative}],
                [PICTURE, ""],
            ],
        }
        figures = frames.figures(chart)
        styled = ["", [], [["custom-style", "Chart Caption"]]]
        return [
            {"t": "Div", "c": [styled, [{"t": "Para", "c": self._caption("chart", chart)}]]},
            {"t": "Para", "c": [picture]},
            self._table(figures, self._runs(figures.caption)),
        ]

    def _table(self, table: Table, caption: list[Node]) -> Node:
        widths, ends = frames.widths(table), frames.numeric(table)
        columns = [
            [{"t": "AlignRight"} if nth in ends else _DEFAULT, {"t": "ColWidth", "c": width / sum(widths)}]
            for nth, width in enumerate(widths)
        ]
        body = [_NOTHING, table.header_columns, [], [self._row(row) for row in table.rows]]
        head = [_NOTHING, [self._row(row) for row in table.header]]
        said = [None, [{"t": "Plain", "c": caption}]]
        return {"t": "Table", "c": [_NOTHING, said, columns, head, [body], [_NOTHING, []]]}

    def _row(self, row: tuple[Cell, ...]) -> list[Any]:
        return [
            _NOTHING,
            [
                [_NOTHING, _DEFAULT, c.rows, c.columns, [{"t": "Plain", "c": self._runs(c.content)}]]
                for c in row
            ],
        ]

    def _runs(self, content: Inlines) -> list[Node]:
        return [self._run(each) for each in content]

    def _run(self, run: Inline) -> Node:
        match run:
            case Words():
                return _marked(run)
            case Note(content):
                return {"t": "Note", "c": [{"t": "Para", "c": self._runs(content)}]}
            case Break():
                return {"t": "LineBreak"}
        raise AssertionError(f"unresolved: {run}")


def _marked(run: Words) -> Node:
    node: Node = {"t": "Str", "c": run.text}
    for name, on in (
        ("Subscript", run.lowered),
        ("Superscript", run.raised),
        ("Emph", run.emphasis),
        ("Strong", run.strong),
    ):
        node = {"t": name, "c": [node]} if on else node
    return {"t": "Link", "c": [_NOTHING, [node], [run.link, ""]]} if run.link else node
