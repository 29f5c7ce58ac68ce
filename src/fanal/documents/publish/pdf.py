"""A document as tagged PDF (PDF/UA-1) by Typst, with its own fonts only, so that every machine makes the same file."""

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from fanal.documents import charts
from fanal.documents.model import (
    Block,
    Blocks,
    Break,
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
from fanal.documents.publish import frames, heads, labels
from fanal.documents.services import Unprintable

_FOLDER = Path(__file__).parent.parent / "typst"
_FLAGS = {"strong": "s", "emphasis": "e", "raised": "up", "lowered": "down"}


def render(document: Document, on: date) -> bytes:
    """The PDF of a resolved document. `Unprintable` for a script that the fonts do not have."""
    data = {
        "title": document.title,
        "language": document.language,
        "subtitle": document.frame.subtitle,
        "reference": document.frame.reference,
        "issuer": document.frame.issuer,
        "contents": document.frame.contents,
        "tables": bool(labels.tables(document.blocks)),
        "charts": bool(labels.charts(document.blocks)),
        "date": frames.day(on),
        "labels": frames.words(),
        "blocks": _blocks(document.blocks),
    }
    return heads.named(_compile(data, on), [each.header_columns for each in frames.grids(document.blocks)])


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False)


def _compile(data: dict[str, Any], on: date) -> bytes:
    compiler = typst.Compiler(
        str(_FOLDER / "report.typ"), root=str(_FOLDER), font_paths=_fonts(), ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )  # fmt: skip
    try:
        pdf = compiler.compile(
            format="pdf", pdf_standards="ua-1", timestamp=datetime.combine(on, time(0), UTC)
        )
    except typst.TypstError as error:
        if "could not be displayed" in str(error):
            raise Unprintable from error
        raise
    assert isinstance(pdf, bytes)
    return pdf


def _blocks(blocks: Blocks) -> list[dict[str, Any]]:
    return [_block(each) for each in blocks]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, content, key, label):
            number = [{"t": f"{label} "}] if label else []
            return {"kind": "heading", "level": level, "key": key, "runs": [*number, *_runs(content)]}
        case Paragraph(content):
            return {"kind": "paragraph", "runs": _runs(content)}
        case List(items, ordered):
            return {"kind": "list", "ordered": ordered, "items": [_blocks(each) for each in items]}
        case Quote(content):
            return {"kind": "quote", "blocks": _blocks(content)}
        case Table():
            return {"kind": "table", "key": block.key, "caption": _caption(block), **_grid(block)}
        case Chart(spec):
            figures = frames.figures(block)
            return {
                "kind": "chart",
                "key": block.key,
                "caption": _caption(block),
                "svg": charts.svg(spec),
                "alternative": block.alternative,
                "data": _runs(figures.caption),
                "table": _grid(figures),
            }


def _caption(block: Table | Chart) -> list[dict[str, Any]]:
    return [{"t": block.label + labels.before(block)}, *_runs(block.caption)]


def _grid(grid: Table) -> dict[str, Any]:
    def rows(of: tuple[Any, ...]) -> list[list[dict[str, Any]]]:
        return [[{"columns": c.columns, "rows": c.rows, "runs": _runs(c.content)} for c in row] for row in of]

    return {
        "header": rows(grid.header),
        "rows": rows(grid.rows),
        "heads": grid.header_columns,
        "widths": frames.widths(grid),
        "ends": frames.numeric(grid),
    }


def _runs(content: Inlines) -> list[dict[str, Any]]:
    return [_run(each) for each in content]


def _run(run: Inline) -> dict[str, Any]:
    match run:
        case Words():
            marks = {short: True for name, short in _FLAGS.items() if getattr(run, name)}
            return {"t": run.text, **marks, **({"link": run.link} if run.link else {})}
        case Note(content):
            return {"note": _runs(content)}
        case Break():
            return {"br": True}
    raise AssertionError(f"unresolved: {plain((run,))}")
