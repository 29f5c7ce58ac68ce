"""An edition's source as a document: the frame of its language around the texts. The same source, the same words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from fanal.documents import prose
from fanal.documents.model import (
    Block,
    Blocks,
    Cell,
    Chart,
    Document,
    FigureRef,
    Frame,
    Heading,
    Kind,
    Paragraph,
    Series,
    Spec,
    Table,
    Words,
    table,
    text,
    with_figures,
)

Json = Mapping[str, Any]


def document(source: Json, language: str, *, proof: bool = False) -> Document:
    """The report in a language. `proof`: what stops it is marked instead of printed."""
    figures = source["figures"][language]
    with translation.override(language):

        def shown(code: str) -> str:
            return (
                figures[code]
                if not proof
                else figures.get(code) or _("[no figure: %(code)s]") % {"code": code}
            )

        blocks = with_figures(tuple(_blocks(source, language, proof=proof)), shown)
    frame = Frame(
        subtitle=source["subtitles"][language],
        reference=source["reference"],
        issuer=source["issuers"][language],
        contents=True,
    )
    return Document(source["titles"][language], language, blocks, frame)


def _blocks(source: Json, language: str, *, proof: bool) -> Iterator[Block]:
    if proof:
        yield Paragraph((Words(_("Proof: not the final text."), strong=True),))
    if source["synthetic"]:
        yield Paragraph((Words(_("Synthetic: the texts of this report are invented."), strong=True),))
    for section in source["sections"]:
        yield from _section(section, source, language, proof=proof)
    annex = source["annex"][language]
    if annex:
        yield Heading(1, text(_("Figures: definitions, sources and choices")), key="figures")
        header = [_("Figure"), _("Value"), _("Definition"), _("Source"), _("Choice")]
        yield table(_("Every figure of this report"), header, annex)


def _section(section: Json, source: Json, language: str, *, proof: bool) -> Iterator[Block]:
    level = section["level"]
    # The numbers are those of the outline: headings inside a text do not count.
    yield Heading(level, text(f"{section['number']} {section['titles'][language]}"), key=section["key"])
    yield from _prose(section["words"][language], level)
    if section["source"]:
        yield Paragraph((Words(_("Source: %(source)s") % {"source": section["source"]}, emphasis=True),))
    several = len(section["parts"]) > 1
    for part in section["parts"]:
        unit = part["units"][language]
        if several and level < 4:
            yield Heading(level + 1, text(unit))
        else:
            said = _("Contribution of %(unit)s") % {"unit": unit}
            yield Paragraph((Words(said, emphasis=True),))
        if part["html"]:
            yield from _prose(part["html"], level + several)
        elif proof:
            yield Paragraph((Words(_("[no text yet]"), strong=True),))
    for node in section["assembled"].get(language, ()):
        yield from _node(node, source, language)


def _prose(html: str, level: int) -> Blocks:
    return prose.blocks(html, under=level) if html else ()


def _node(node: Json, source: Json, language: str) -> Iterator[Block]:
    if "text" in node:
        yield Paragraph(text(node["text"]))
    elif "heading" in node:
        yield Paragraph((Words(node["heading"], strong=True),))
    elif "table" in node:
        yield _table(node["table"])
    else:
        yield from _chart(node["chart"], source, language)


def _table(given: Json) -> Table:
    rows = tuple(tuple(_cell(cell) for cell in row) for row in given["rows"])
    header = (tuple(Cell(text(each)) for each in given["header"]),)
    return Table(caption=text(given["caption"]), header=header, rows=rows, header_columns=1)


def _cell(cell: str | Json) -> Cell:
    return Cell(text(cell)) if isinstance(cell, str) else Cell((FigureRef(cell["figure"]),))


def _chart(given: Json, source: Json, language: str) -> Iterator[Block]:
    numbers, shown = source["numbers"], source["figures"][language]
    series = tuple(
        Series(
            each["name"],
            tuple(numbers.get(code) if code else None for code in each["values"]),
            tuple(shown.get(code, "–") if code else "–" for code in each["values"]),
        )
        for each in given["series"]
    )
    if all(value is None for each in series for value in each.values):
        return
    spec = Spec(Kind.BARS, given["head"], tuple(given["categories"]), series, unit=given["unit"])
    yield Chart(spec, text(given["caption"]), given["alternative"])
