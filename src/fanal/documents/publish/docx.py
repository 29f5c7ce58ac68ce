"""What Word needs beyond pandoc: counted captions, lists with page numbers, charts as SVG, a page of A4 with a foot."""

import itertools
from collections.abc import Sequence
from datetime import date
from html import escape

from lxml import etree

from fanal.documents import charts
from fanal.documents.model import Document
from fanal.documents.publish import frames, office
from fanal.documents.publish.labels import Entry
from fanal.documents.publish.tree import Dialect

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_NAMES = {"w": _W, "a": _A, "wp": _WP, "pic": _PIC}
_COUNTERS = {"table": "Table", "chart": "Chart"}
_LISTS = {
    "contents": r'TOC \o "1-3" \h \z \u',
    "tables": r'TOC \h \z \c "Table"',
    "charts": r'TOC \h \z \c "Chart"',
}
_EMU = 360_000
_WIDTH = 16 * _EMU
_HEIGHT = _WIDTH * charts.HEIGHT // charts.WIDTH
_FIRST_COLUMN = 0x0080


def render(document: Document, on: date) -> bytes:
    """The DOCX of a resolved document."""
    parts = office.written(document, on, "docx", _dialect())
    pictures = office.drawn(document.blocks)
    heads = [each.header_columns for each in office.grids(document)]
    office.rewritten(parts, "word/document.xml", lambda root: _body(root, pictures, heads))
    office.rewritten(parts, "word/styles.xml", _styles)
    office.rewritten(parts, "word/settings.xml", _settings)
    office.rewritten(parts, "word/_rels/document.xml.rels", lambda root: _relations(root, len(pictures)))
    office.rewritten(parts, "[Content_Types].xml", _types)
    parts = {name: content for name, content in parts.items() if not name.startswith("word/media/")}
    for nth, picture in enumerate(pictures, start=1):
        parts[f"word/media/chart{nth}.png"] = picture.png
        parts[f"word/media/chart{nth}.svg"] = picture.svg
    parts["word/footer1.xml"] = _footer(document.frame.reference)
    return office.packed(parts)


def _dialect() -> Dialect:
    numbers = itertools.count(900_000)

    def caption(kind: str, label: str, key: str) -> str:
        words, _space, number = label.rpartition(" ")
        mark, count = next(numbers), _field(rf"SEQ {_COUNTERS[kind]} \* ARABIC", number)
        start = f'<w:bookmarkStart w:id="{mark}" w:name="{escape(key)}"/>'
        return f'{start}{_run(words + " ")}{count}<w:bookmarkEnd w:id="{mark}"/>'

    return Dialect("openxml", caption, _listed, '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(words, quote=False)}</w:t></w:r>'


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _opened(instruction: str) -> str:
    said = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction, quote=False)} </w:instrText></w:r>'
    return _mark("begin") + said + _mark("separate")


def _field(instruction: str, words: str) -> str:
    return _opened(instruction) + _run(words) + _mark("end")


def _listed(which: str, title: str, entries: Sequence[Entry]) -> str:
    """A list as a field: its lines are there for programs that do not build it, page numbers come with the program."""
    lines = []
    for nth, entry in enumerate(entries):
        style = f"TOC{entry.level}" if which == "contents" else "TableofFigures"
        page = _field(rf"PAGEREF {entry.key} \h", "")
        lines.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_opened(_LISTS[which]) if nth == 0 else ""}'
            f'<w:hyperlink w:anchor="{escape(entry.key)}" w:history="1">{_run(entry.words)}<w:r><w:tab/></w:r>'
            f"{page}</w:hyperlink>"
            f"{_mark('end') if nth == len(entries) - 1 else ''}</w:p>"
        )
    head = f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>{_run(title)}</w:p>'
    return head + "".join(lines)


def _body(root: etree._Element, pictures: Sequence[office.Drawn], heads: Sequence[int]) -> None:
    drawings = root.iterfind(".//w:drawing", _NAMES)
    for nth, (drawing, picture) in enumerate(zip(drawings, pictures, strict=True), start=1):
        _drawing(drawing, picture, nth)
    for table, columns in zip(root.iterfind(".//w:tbl", _NAMES), heads, strict=True):
        _table(table, columns)
    section = root.find(".//w:body/w:sectPr", _NAMES)
    for each in list(section):
        section.remove(each)
    for each in office.element(
        f'<w:sectPr xmlns:w="{_W}" xmlns:r="{_R}"><w:footerReference w:type="default" r:id="foot"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" '
        'w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    ):
        section.append(each)


def _drawing(drawing: etree._Element, picture: office.Drawn, nth: int) -> None:
    """The vector picture beside the one in pixels (MS-ODRAWXML, 2.3.3.2.1), for programs that draw it."""
    for size in (drawing.find(".//wp:extent", _NAMES), drawing.find(".//pic:spPr/a:xfrm/a:ext", _NAMES)):
        size.set("cx", str(_WIDTH))
        size.set("cy", str(_HEIGHT))
    outer, inner = drawing.find(".//wp:docPr", _NAMES), drawing.find(".//pic:cNvPr", _NAMES)
    for each in (outer, inner):
        each.set("name", picture.name)
        each.set("descr", picture.alternative)
        each.attrib.pop("title", None)
    blip = drawing.find(".//a:blip", _NAMES)
    blip.set(f"{{{_R}}}embed", f"chart{nth}png")
    blip.append(
        office.element(
            f'<a:extLst xmlns:a="{_A}"><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
            f'<asvg:svgBlip xmlns:asvg="{_SVG}" xmlns:r="{_R}" r:embed="chart{nth}svg"/></a:ext></a:extLst>'
        )
    )


def _table(table: etree._Element, columns: int) -> None:
    look = table.find("w:tblPr/w:tblLook", _NAMES)
    if columns:
        look.set(f"{{{_W}}}firstColumn", "1")
        look.set(f"{{{_W}}}val", f"{int(look.get(f'{{{_W}}}val', '0'), 16) | _FIRST_COLUMN:04X}")
    for row in table.iterfind("w:tr", _NAMES):
        properties = row.find("w:trPr", _NAMES)
        if properties is None:
            properties = etree.Element(f"{{{_W}}}trPr")
            row.insert(0, properties)
        properties.insert(0, etree.Element(f"{{{_W}}}cantSplit"))


def _styles(root: etree._Element) -> None:
    """Our styles in the place of those of the same name, then the new ones."""
    known = {each.get(f"{{{_W}}}styleId"): each for each in root.iterfind("w:style", _NAMES)}
    for style in office.element(office.fragment("docx_styles.xml")):
        old = known.get(style.get(f"{{{_W}}}styleId"))
        if old is not None:
            root.replace(old, style)
        else:
            root.append(style)
    fonts = root.find("w:docDefaults/w:rPrDefault/w:rPr/w:rFonts", _NAMES)
    fonts.attrib.clear()
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(f"{{{_W}}}{name}", "Calibri")
    for size in ("sz", "szCs"):
        root.find(f"w:docDefaults/w:rPrDefault/w:rPr/w:{size}", _NAMES).set(f"{{{_W}}}val", "22")


def _settings(root: etree._Element) -> None:
    """Word is asked to fill in the page numbers of the lists when it opens the file."""
    root.insert(1, etree.Element(f"{{{_W}}}updateFields", {f"{{{_W}}}val": "true"}))


def _relations(root: etree._Element, pictures: int) -> None:
    for each in list(root):
        if each.get("Target", "").startswith("media/"):
            root.remove(each)
    wanted = [("foot", "footer", "footer1.xml")]
    for nth in range(1, pictures + 1):
        wanted += [(f"chart{nth}{kind}", "image", f"media/chart{nth}.{kind}") for kind in ("png", "svg")]
    for identity, kind, target in wanted:
        said = {"Id": identity, "Type": f"{_R}/{kind}", "Target": target}
        etree.SubElement(root, f"{{{_PACKAGE}}}Relationship", said)


def _types(root: etree._Element) -> None:
    for each in list(root):
        if each.get("Extension") in ("png", "svg") or each.get("PartName", "").startswith("/word/media/"):
            root.remove(each)
    for kind, media in (("svg", "image/svg+xml"), ("png", "image/png")):
        root.insert(0, etree.Element(f"{{{_TYPES}}}Default", {"Extension": kind, "ContentType": media}))
    footer = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": "/word/footer1.xml", "ContentType": footer})


def _footer(reference: str) -> bytes:
    page = _run(f"{frames.words()['page']} ") + _field("PAGE", "1") + _run(" / ") + _field("NUMPAGES", "1")
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr xmlns:w="{_W}"><w:p><w:pPr>'
        f'<w:pStyle w:val="Footer"/></w:pPr>{_run(reference)}<w:r><w:tab/></w:r>{page}</w:p></w:ftr>'
    ).encode()
