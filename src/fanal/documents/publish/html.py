"""A document as one HTML file: no script, nothing fetched, headings in order, notes that lead there and back."""

from datetime import date
from html import escape
from pathlib import Path

from django.utils.translation import gettext as _

from fanal.documents import charts
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
    plain,
)
from fanal.documents.publish import frames, labels

_STYLE = Path(__file__).parent / "page.css"


def render(document: Document, on: date) -> bytes:
    """The page of a resolved document, UTF-8."""
    page = _Page()
    body = page.blocks(document.blocks)
    told = (document.frame.issuer, document.frame.reference, frames.day(on))
    head = f"<h1>{escape(document.title)}</h1>"
    if document.frame.subtitle:
        head += f'<p class="subtitle">{escape(document.frame.subtitle)}</p>'
    head += f'<p class="told">{" · ".join(escape(each) for each in told if each)}</p>'
    lists = _lists(document.blocks) if document.frame.contents else ""
    return (
        f'<!doctype html>\n<html lang="{document.language}-BE">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n"
        f"<body>\n<header>{head}</header>\n{lists}<main>\n{body}{page.notes()}</main>\n</body>\n</html>\n"
    ).encode()


def _lists(blocks: Blocks) -> str:
    words = frames.words()
    parts = (
        ("contents", labels.contents(blocks)),
        ("tables", labels.tables(blocks)),
        ("charts", labels.charts(blocks)),
    )
    return "".join(
        f'<nav aria-labelledby="list-{name}"><h2 id="list-{name}">{escape(words[name])}</h2>\n<ul>'
        + "".join(
            f'<li class="level-{entry.level}"><a href="#{escape(entry.key)}">{escape(entry.words)}</a></li>\n'
            for entry in entries
        )
        + "</ul></nav>\n"
        for name, entries in parts
        if entries
    )


class _Page:
    """Collects the notes while the text is written."""

    def __init__(self) -> None:
        self._notes: list[str] = []

    def blocks(self, blocks: Blocks) -> str:
        return "".join(self._block(each) for each in blocks)

    def notes(self) -> str:
        if not self._notes:
            return ""
        back = escape(_("Back to the text"))
        items = "".join(
            f'<li id="note-{nth}">{words} <a href="#back-{nth}" aria-label="{back}">↩</a></li>\n'
            for nth, words in enumerate(self._notes, start=1)
        )
        title = escape(frames.words()["notes"])
        head = f'<section aria-labelledby="notes" class="notes"><h2 id="notes">{title}</h2>\n'
        return f"{head}<ol>{items}</ol></section>\n"

    def _block(self, block: Block) -> str:
        match block:
            case Heading(level, content, key, label):
                name = f"h{level + 1}"
                number = f"{label} " if label else ""
                return f'<{name} id="{escape(key)}">{number}{self.runs(content)}</{name}>\n'
            case Paragraph(content):
                return f"<p>{self.runs(content)}</p>\n"
            case List(items, ordered):
                name = "ol" if ordered else "ul"
                return f"<{name}>{''.join(f'<li>{self._item(each)}</li>' for each in items)}</{name}>\n"
            case Quote(content):
                return f"<blockquote>{self.blocks(content)}</blockquote>\n"
            case Table():
                return self._table(block, f' id="{escape(block.key)}"', self._caption(block))
            case Chart():
                return self._chart(block)

    def _item(self, blocks: Blocks) -> str:
        if blocks and isinstance(blocks[0], Paragraph):
            return self.runs(blocks[0].content) + self.blocks(blocks[1:])
        return self.blocks(blocks)

    def _caption(self, block: Table | Chart) -> str:
        return escape(block.label + labels.before(block)) + self.runs(block.caption)

    def _chart(self, chart: Chart) -> str:
        drawn = charts.svg(chart.spec).replace(
            "<svg ", f'<svg role="img" aria-label="{escape(chart.alternative)}" ', 1
        )
        figures = frames.figures(chart)
        return (
            f'<figure id="{escape(chart.key)}"><figcaption>{self._caption(chart)}</figcaption>{drawn}</figure>\n'
            + self._table(figures, "", self.runs(figures.caption))
        )

    def _table(self, table: Table, identity: str, caption: str) -> str:
        ends = set(frames.numeric(table))
        head = "".join(self._row(row, "col", len(row), ends) for row in table.header)
        body = "".join(self._row(row, "row", table.header_columns, ends) for row in table.rows)
        name = escape(table.label or plain(table.caption))
        return (
            f'<div class="wide" tabindex="0" role="group" aria-label="{name}">'
            f"<table{identity}><caption>{caption}</caption>"
            f"{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table></div>\n"
        )

    def _row(self, row: tuple[Cell, ...], scope: str, heads: int, ends: set[int]) -> str:
        cells = (self._cell(cell, scope if nth < heads else "", nth in ends) for nth, cell in enumerate(row))
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, cell: Cell, scope: str, number: bool) -> str:
        name = "th" if scope else "td"
        said = (f' scope="{scope}"' if scope else "") + (' class="num"' if number else "")
        said += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        said += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        return f"<{name}{said}>{self.runs(cell.content)}</{name}>"

    def runs(self, content: Inlines) -> str:
        return "".join(self._run(each) for each in content)

    def _run(self, run: Inline) -> str:
        match run:
            case Words():
                words = escape(run.text)
                for name, on in (
                    ("sub", run.lowered),
                    ("sup", run.raised),
                    ("em", run.emphasis),
                    ("strong", run.strong),
                ):
                    words = f"<{name}>{words}</{name}>" if on else words
                return f'<a href="{escape(run.link)}">{words}</a>' if run.link else words
            case Note(content):
                self._notes.append(self.runs(content))
                nth = len(self._notes)
                return f'<sup><a id="back-{nth}" href="#note-{nth}">{nth}</a></sup>'
            case Break():
                return "<br>"
        raise AssertionError(f"unresolved: {run}")
