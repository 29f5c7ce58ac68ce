"""What LibreOffice needs beyond pandoc: counted captions, lists, charts as SVG, a page of A4 with a foot."""

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

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
_COUNTERS = {"table": "Table", "chart": "Illustration"}
_LISTS = {
    "contents": ("table-of-content", 'text:outline-level="3" text:use-index-marks="false"'),
    "tables": ("table-index", 'text:caption-sequence-name="Table" text:caption-sequence-format="text"'),
    "charts": (
        "illustration-index",
        'text:caption-sequence-name="Illustration" text:caption-sequence-format="text"',
    ),
}
_WIDTH = 16.0


def render(document: Document, on: date) -> bytes:
    """The ODT of a resolved document."""
    parts = office.written(document, on, "odt", _dialect())
    pictures = office.drawn(document.blocks)
    heads = [each.header_columns for each in office.grids(document)]
    office.rewritten(parts, "content.xml", lambda root: _content(root, pictures, heads))
    office.rewritten(parts, "styles.xml", lambda root: _styles(root, document))
    office.rewritten(parts, "META-INF/manifest.xml", lambda root: _manifest(root, len(pictures)))
    parts = {name: content for name, content in parts.items() if not name.startswith("Pictures/")}
    for nth, picture in enumerate(pictures, start=1):
        parts[f"Pictures/chart{nth}.svg"] = picture.svg
        parts[f"Pictures/chart{nth}.png"] = picture.png
    return office.packed(parts)


def _q(name: str) -> str:
    prefix, _colon, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def _dialect() -> Dialect:
    counts = {kind: itertools.count(0) for kind in _COUNTERS}

    def caption(kind: str, label: str, key: str) -> str:
        words, _space, number = label.rpartition(" ")
        name = _COUNTERS[kind]
        return (
            f'<text:bookmark-start text:name="{escape(key)}"/>{escape(words)} <text:sequence text:ref-name='
            f'"ref{name}{next(counts[kind])}" text:name="{name}" text:formula="ooow:{name}+1" style:num-format="1">'
            f'{number}</text:sequence><text:bookmark-end text:name="{escape(key)}"/>'
        )

    return Dialect("opendocument", caption, _listed, '<text:p text:style-name="Page_20_start"/>')


def _listed(which: str, title: str, entries: Sequence[Entry]) -> str:
    """A list with its lines; LibreOffice fills in the page of each and can build the list again."""
    name, source = _LISTS[which]
    levels = range(1, 4) if which == "contents" else range(1, 2)
    templates = "".join(
        f"<text:{name}-entry-template{_outline(which, level)} "
        f'text:style-name="{_style(which, level)}"><text:index-entry-link-start/><text:index-entry-text/>'
        '<text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
        f"<text:index-entry-link-end/></text:{name}-entry-template>"
        for level in levels
    )
    lines = "".join(
        f'<text:p text:style-name="{_style(which, entry.level)}"><text:a xlink:type="simple" '
        f'xlink:href="#{escape(entry.key)}">{escape(entry.words)}<text:tab/><text:bookmark-ref '
        f'text:reference-format="page" text:ref-name="{escape(entry.key)}">0</text:bookmark-ref></text:a></text:p>'
        for entry in entries
    )
    return (
        f'<text:{name} text:name="{which}" text:protected="true"><text:{name}-source {source}>'
        f'<text:index-title-template text:style-name="Contents_20_Heading">{escape(title)}</text:index-title-template>'
        f'{templates}</text:{name}-source><text:index-body><text:index-title text:name="{which}-head">'
        f'<text:p text:style-name="Contents_20_Heading">{escape(title)}</text:p></text:index-title>{lines}'
        f"</text:index-body></text:{name}>"
    )


def _outline(which: str, level: int) -> str:
    return f' text:outline-level="{level}"' if which == "contents" else ""


def _style(which: str, level: int) -> str:
    return f"Contents_20_{level}" if which == "contents" else "Contents_20_list"


def _content(root: etree._Element, pictures: Sequence[office.Drawn], heads: Sequence[int]) -> None:
    for nth, (frame, picture) in enumerate(
        zip(root.iterfind(".//draw:frame", _NAMES), pictures, strict=True), start=1
    ):
        _frame(frame, picture, nth)
    for table, columns in zip(root.iterfind(".//table:table", _NAMES), heads, strict=True):
        _header_columns(table, columns)
    for style in root.iterfind(".//style:style[@style:family='table-cell']", _NAMES):
        for cell in style.iterfind("style:table-cell-properties", _NAMES):
            strong = "Header" in style.get(_q("style:name"), "")
            cell.set(_q("fo:border-bottom"), "0.8pt solid #16223a" if strong else "0.4pt solid #ddd8cd")
            cell.set(_q("fo:padding"), "0.08cm")
            cell.attrib.pop(_q("fo:border"), None)
    body = root.find("office:body/office:text", _NAMES)
    counters = etree.Element(_q("text:sequence-decls"))
    for name in _COUNTERS.values():
        said = {_q("text:display-outline-level"): "0", _q("text:name"): name}
        etree.SubElement(counters, _q("text:sequence-decl"), said)
    body.insert(0, counters)


def _frame(frame: etree._Element, picture: office.Drawn, nth: int) -> None:
    """The first picture that a program can draw is the one it shows (ODF 1.3 part 3, 10.4.2)."""
    frame.set(_q("draw:name"), picture.name)
    frame.set(_q("svg:width"), f"{_WIDTH:g}cm")
    frame.set(_q("svg:height"), f"{_WIDTH * charts.HEIGHT / charts.WIDTH:g}cm")
    frame.set(_q("text:anchor-type"), "as-char")
    for each in list(frame):
        frame.remove(each)
    for kind, media in (("svg", "image/svg+xml"), ("png", "image/png")):
        said = {"href": f"Pictures/chart{nth}.{kind}", "type": "simple", "show": "embed", "actuate": "onLoad"}
        image = etree.SubElement(
            frame, _q("draw:image"), {_q(f"xlink:{name}"): v for name, v in said.items()}
        )
        image.set(_q("draw:mime-type"), media)
    etree.SubElement(frame, _q("svg:title")).text = picture.name
    etree.SubElement(frame, _q("svg:desc")).text = picture.alternative


def _header_columns(table: etree._Element, columns: int) -> None:
    found = table.findall("table:table-column", _NAMES)[:columns]
    if not found:
        return
    group = etree.Element(_q("table:table-header-columns"))
    table.insert(table.index(found[0]), group)
    group.extend(found)


def _styles(root: etree._Element, document: Document) -> None:
    known = {each.get(_q("style:name")): each for each in root.iterfind("office:styles/style:style", _NAMES)}
    ours = office.element(office.fragment("odt_styles.xml"))
    styles = root.find("office:styles", _NAMES)
    for style in ours.iterfind("style:style", _NAMES):
        old = known.get(style.get(_q("style:name")))
        if old is not None:
            styles.replace(old, style)
        else:
            styles.append(style)
    for each in styles.iterfind("style:default-style/style:text-properties", _NAMES):
        each.set(_q("fo:language"), document.language)
        each.set(_q("fo:country"), "BE")
    _page(root, document.frame.reference)


def _page(root: etree._Element, reference: str) -> None:
    """A4, and at the foot of each page the reference and the number."""
    for layout in root.iterfind(".//style:page-layout/style:page-layout-properties", _NAMES):
        for name, value in (("page-width", "21cm"), ("page-height", "29.7cm"), ("margin", "2.5cm")):
            layout.set(_q(f"fo:{name}"), value)
        for side in ("top", "bottom", "left", "right"):
            layout.attrib.pop(_q(f"fo:margin-{side}"), None)
    used = 'xmlns:style="{style}" xmlns:text="{text}"'.format(**_NAMES)
    page = escape(frames.words()["page"])
    for master in root.iterfind("office:master-styles/style:master-page", _NAMES):
        for old in list(master.iterfind("style:footer", _NAMES)):
            master.remove(old)
        master.insert(0, office.element(
            f'<style:footer {used}><text:p text:style-name="Footer">{escape(reference)}<text:tab/>{page} '
            '<text:page-number text:select-page="current">1</text:page-number> / '
            "<text:page-count>1</text:page-count></text:p></style:footer>"
        ))  # fmt: skip


def _manifest(root: etree._Element, pictures: int) -> None:
    for each in list(root):
        if each.get(_q("manifest:full-path"), "").startswith("Pictures/"):
            root.remove(each)
    for nth in range(1, pictures + 1):
        for kind, media in (("svg", "image/svg+xml"), ("png", "image/png")):
            said = {"media-type": media, "full-path": f"Pictures/chart{nth}.{kind}"}
            named = {_q(f"manifest:{name}"): value for name, value in said.items()}
            etree.SubElement(root, _q("manifest:file-entry"), named)
