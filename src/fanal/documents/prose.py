"""Prose that people write in the browser or paste from Word: cleaned to a small safe subset, and read as blocks.

The subset: h2–h4, p, ul, ol, li, blockquote, table (caption, thead, tbody, tr, th, td), strong, em, sub, sup, a, br,
`<span data-figure="code">` for a figure of the statistics, `<span data-ref="key">` for the label of a table, chart or
heading, and `<span data-note="">` around the words of a footnote.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import nh3
from lxml import etree
from lxml import html as markup

from fanal.documents.model import (
    Block,
    Blocks,
    Break,
    Cell,
    CrossRef,
    FigureRef,
    Heading,
    Inline,
    Inlines,
    List,
    Note,
    Paragraph,
    Quote,
    Row,
    Table,
    Words,
)
from fanal.documents.pasted import tidied

_TAGS = {
    "h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "strong", "em", "sub", "sup", "a", "br", "span",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"}, "span": {"data-figure", "data-note", "data-ref"}, "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}  # fmt: skip
_MARKS = {"strong": "strong", "em": "emphasis", "sup": "raised", "sub": "lowered"}
_BLOCKS = {"h2", "h3", "h4", "p", "ul", "ol", "blockquote", "table"}
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,119}")
_MOST_TIMES = 6
"""Markup that is broken enough is mended by moving things, and then has something to tidy again."""
_WIDEST = 40
"""Columns a cell may span; a table that names more is no table for people."""


def clean(html: str) -> str:
    """The same prose within the subset: safe to show and to store. What is not in it goes, the words stay.

    Word's lists, headings and footnotes become lists, headings and notes; styles, classes, comments, pictures, scripts
    and hidden text go. `clean(clean(x)) == clean(x)`.
    """
    for _time in range(_MOST_TIMES):
        before, html = html, _once(html)
        if html == before:
            break
    return html


def _once(html: str) -> str:
    root = tidied(html)
    safe = nh3.clean(
        _inner(root),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
    return "" if not markup.fromstring(f"<div>{safe}</div>").text_content().strip() else safe.strip()


class Shown(str):
    """Prose for a page: a template writes it cleaned at that very moment, whatever was stored."""

    __slots__ = ()

    def __html__(self) -> str:
        return clean(self)


def blocks(html: str, *, under: int = 0) -> Blocks:
    """The blocks of clean prose. Its h2 becomes a heading of level `under` + 1 (levels end at 4)."""
    root = markup.fromstring(f"<div>{html}</div>")
    return tuple(_deeper(block, under) for block in _blocks(root))


def words(html: str) -> str:
    """Clean prose as plain words, one line a block: for search, counts and mails."""
    root = markup.fromstring(f"<div>{html}</div>")
    for each in root.iter("span"):
        if each.get("data-note") is not None:
            each.text, each.tail = f" ({each.text or ''}", f"){each.tail or ''}"
    for each in root.iter(*_BLOCKS, "li", "tr", "br", "caption"):
        each.text, each.tail = f"\n{each.text or ''}", f"\n{each.tail or ''}"
    for each in root.iter("td", "th"):
        each.tail = f" {each.tail or ''}"
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _inner(root: etree._Element) -> str:
    return (root.text or "") + "".join(
        etree.tostring(each, encoding="unicode", method="html") for each in root
    )


def _deeper(block: Block, by: int) -> Block:
    return replace(block, level=min(block.level + by, 4)) if isinstance(block, Heading) else block


def _blocks(root: etree._Element) -> Iterator[Block]:
    """Blocks below an element; loose words between them are paragraphs."""
    loose: list[Inline] = _text(root.text, Words(""))
    for each in root:
        if each.tag not in _BLOCKS:
            loose += [*_run(each, Words("")), *_text(each.tail, Words(""))]
            continue
        if content := _trimmed(loose):
            yield Paragraph(content)
        yield from _block(each)
        loose = _text(each.tail, Words(""))
    if content := _trimmed(loose):
        yield Paragraph(content)


def _block(element: etree._Element) -> Iterator[Block]:
    tag = str(element.tag)
    if tag in ("ul", "ol"):
        items = tuple(tuple(_blocks(item)) for item in element.iterchildren("li"))
        if kept := tuple(item for item in items if item):
            yield List(kept, ordered=tag == "ol")
    elif tag == "table":
        table = _table(element)
        if table.rows or table.header:
            yield table
    elif tag == "blockquote":
        if inside := tuple(_blocks(element)):
            yield Quote(inside)
    elif content := _trimmed(_content(element, Words(""))):
        yield Paragraph(content) if tag == "p" else Heading(int(tag[1]) - 1, content)


def _table(element: etree._Element) -> Table:
    """Header rows: those of thead, else a first row of th alone. Header columns: th at every row's start."""
    caption = element.find("caption")
    top = list(element.iterfind("thead/tr"))
    body = [*element.iterfind("tr"), *element.iterfind("tbody/tr")]
    if not top and len(body) > 1 and all(cell.tag == "th" for cell in body[0]):
        top, body = body[:1], body[1:]
    return Table(
        caption=_trimmed(_content(caption, Words(""))) if caption is not None else (),
        header=tuple(filter(None, map(_row, top))),
        rows=tuple(filter(None, map(_row, body))),
        header_columns=min((_heads(row) for row in body), default=0),
    )


def _heads(row: etree._Element) -> int:
    count = 0
    for cell in row:
        if cell.tag != "th":
            break
        count += 1
    return count


def _row(row: etree._Element) -> Row:
    return tuple(
        Cell(
            content=_trimmed(_content(cell, Words(""))),
            columns=_span(cell, "colspan"),
            rows=_span(cell, "rowspan"),
        )
        for cell in row.iterchildren("td", "th")
    )


def _span(cell: etree._Element, name: str) -> int:
    said = cell.get(name, "")
    return min(max(int(said), 1), _WIDEST) if re.fullmatch(r"[0-9]{1,3}", said) else 1


def _content(element: etree._Element, like: Words) -> list[Inline]:
    runs = _text(element.text, like)
    for each in element:
        if each.tag in _BLOCKS | {"li"} and runs and not isinstance(runs[-1], Break):
            runs.append(Break())
        runs += [*_run(each, like), *_text(each.tail, like)]
    return runs


def _run(element: etree._Element, like: Words) -> list[Inline]:
    tag = str(element.tag)
    if tag == "br":
        return [Break()]
    if tag == "span" and _CODE.fullmatch(element.get("data-figure", "")):
        return [FigureRef(str(element.get("data-figure")))]
    if tag == "span" and _CODE.fullmatch(element.get("data-ref", "")):
        return [CrossRef(str(element.get("data-ref")))]
    if tag == "span" and element.get("data-note") is not None:
        content = tuple(each for each in _content(element, Words("")) if not isinstance(each, Note))
        return [Note(_trimmed(list(content)))] if _trimmed(list(content)) else []
    if tag == "a" and element.get("href"):
        like = replace(like, link=str(element.get("href")))
    elif tag in _MARKS:
        like = _marked(like, _MARKS[tag])
    return _content(element, like)


def _marked(like: Words, mark: str) -> Words:
    return replace(
        like,
        strong=like.strong or mark == "strong",
        emphasis=like.emphasis or mark == "emphasis",
        raised=like.raised or mark == "raised",
        lowered=like.lowered or mark == "lowered",
    )


def _text(text: str | None, like: Words) -> list[Inline]:
    plain = re.sub(r"[ \t\r\n\f]+", " ", text or "")
    return [replace(like, text=plain)] if plain else []


def _trimmed(runs: list[Inline]) -> Inlines:
    """Without space and line breaks at both ends."""
    kept = list(runs)
    while kept and _empty(kept[0]):
        kept.pop(0)
    while kept and _empty(kept[-1]):
        kept.pop()
    if kept and isinstance(kept[0], Words):
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" "))
    if kept and isinstance(kept[-1], Words):
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return tuple(kept)


def _empty(run: Inline) -> bool:
    return isinstance(run, Break) or (isinstance(run, Words) and not run.text.strip())
