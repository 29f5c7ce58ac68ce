"""The text of notes: plain lines that two people can merge, out of anything that is pasted, into the blocks of a
document. `# ` begins a heading, `- ` a point of a list, `| ` a row of a table. Pure."""

import re
from collections.abc import Iterator

from fanal.documents.model import (
    Block,
    Blocks,
    Break,
    Cell,
    Heading,
    Inlines,
    List,
    Note,
    Paragraph,
    Quote,
    Table,
    Words,
    plain,
    text,
)
from fanal.documents.prose import blocks as prose_blocks
from fanal.documents.prose import clean

_MARKUP = re.compile(
    r"<(?:!--|!\[|/?(?:html|body|p|div|span|table|ul|ol|li|h[1-6]|br|b|i|strong|em|o:p)\b)", re.I
)


def plain_lines(pasted: str) -> str:
    """What was typed or pasted, as plain lines: markup of Word or of a page becomes its words, lists and tables.

    Text without markup stays as it is, but for line ends and characters that no document can hold.
    """
    if not _MARKUP.search(pasted):
        return _readable(pasted)
    return _readable("\n".join(_lines(prose_blocks(clean(pasted)))))


def _readable(words: str) -> str:
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\xa0", " ")
    return "".join(sign for sign in words if sign in "\n\t" or sign.isprintable() or ord(sign) > 0x9F)


def _lines(found: Blocks, indent: str = "") -> Iterator[str]:
    for block in found:
        if isinstance(block, Heading):
            yield f"# {_one(block.content)}"
        elif isinstance(block, List):
            for item in block.items:
                first, *others = tuple(_lines(item)) or ("",)
                yield f"{indent}- {first}"
                yield from (f"{indent}  {line}" if line.startswith(("- ", "  ")) else line for line in others)
        elif isinstance(block, Quote):
            yield from _lines(block.content, indent)
        elif isinstance(block, Table):
            for row in (*block.header, *block.rows):
                yield "| " + " | ".join(_one(cell.content) for cell in row)
        elif isinstance(block, Paragraph):
            yield from (f"{indent}{line}" for line in _plain(block.content).split("\n"))


def _one(content: Inlines) -> str:
    return " ".join(_plain(content).split())


def _plain(content: Inlines) -> str:
    words = ""
    for run in content:
        if isinstance(run, Words):
            words += run.text
        elif isinstance(run, Break):
            words += "\n"
        elif isinstance(run, Note):
            words += f" ({plain(run.content)})"
    return words


def blocks(words: str, *, level: int = 3) -> Blocks:
    """The blocks of a note for a document; headings get the level."""
    found: list[Block] = []
    points: list[Blocks] = []
    rows: list[list[str]] = []

    def flush() -> None:
        if points:
            found.append(List(tuple(points)))
            points.clear()
        if rows:
            found.append(_table(rows))
            rows.clear()

    for line in words.split("\n"):
        said = line.strip()
        kind = said[:2]
        if (kind != "- " and points) or (kind != "| " and rows):
            flush()
        if kind == "- ":
            points.append((Paragraph(text(said[2:].strip())),))
        elif kind == "| ":
            rows.append([cell.strip() for cell in said[2:].split(" | ")])
        elif kind == "# ":
            found.append(Heading(level, text(said[2:].strip())))
        elif said:
            found.append(Paragraph(text(said)))
    flush()
    return tuple(found)


def _table(rows: list[list[str]]) -> Table:
    width = max(map(len, rows))
    filled = [tuple(Cell(text(cell)) for cell in [*row, *[""] * (width - len(row))]) for row in rows]
    return Table(caption=(), header=(filled[0],), rows=tuple(filled[1:]))
