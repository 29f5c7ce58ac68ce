"""What DOCX and ODT share: pandoc writes the text, then charts, page and styles are put in their places."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst
from lxml import etree

from fanal.documents import charts, pandoc
from fanal.documents.model import Blocks, Chart, Document, List, Quote, Table
from fanal.documents.publish import frames
from fanal.documents.publish.tree import Dialect, tree

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_TELLS_WHEN = {"docProps/core.xml", "meta.xml"}
Parts = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a vector picture, the same for programs that read no SVG, and what it says to who does not see it."""

    svg: bytes
    png: bytes
    alternative: str
    name: str


def written(document: Document, on: date, target: str, dialect: Dialect) -> Parts:
    """What pandoc makes of the document: {name in the archive: content}."""
    source = json.dumps(tree(document, frames.day(on), dialect)).encode()
    made = pandoc.convert(source, source="json", target=target, options=("--standalone",))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in _TELLS_WHEN & parts.keys():
        parts[name] = parts[name].replace(b"1970-01-01T", f"{on:%Y-%m-%d}T".encode())
    return parts


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The archive in the order of its parts, without times; `mimetype` is not compressed (ODF 1.3 part 2, 3.3)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def drawn(blocks: Blocks) -> list[Drawn]:
    """The charts of a document in their order."""
    found = list(_charts(blocks))
    pictures = [charts.svg(each.spec) for each in found]
    return [
        Drawn(picture.encode(), small, chart.alternative, chart.label)
        for chart, picture, small in zip(found, pictures, _as_pixels(pictures), strict=True)
    ]


def grids(document: Document) -> list[Table]:
    return list(frames.grids(document.blocks))


def element(xml: str | bytes) -> etree._Element:
    """The one reader of XML here: what is read is pandoc's or ours, and resolves nothing all the same."""
    return etree.fromstring(xml, _PARSER)


def rewritten(parts: Parts, name: str, change: Callable[[etree._Element], None]) -> None:
    """One part of the archive, changed as a tree."""
    root = element(parts[name])
    change(root)
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@cache
def fragment(name: str) -> bytes:
    """A file of styles beside this one."""
    return (Path(__file__).parent / name).read_bytes()


def _charts(blocks: Blocks) -> Iterator[Chart]:
    for block in blocks:
        if isinstance(block, Chart):
            yield block
        elif isinstance(block, List):
            for item in block.items:
                yield from _charts(item)
        elif isinstance(block, Quote):
            yield from _charts(block.content)


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False)


def _as_pixels(pictures: list[str]) -> list[bytes]:
    """Each picture as PNG, twice as large as on the page."""
    if not pictures:
        return []
    source = (
        "#let all = json(bytes(sys.inputs.data))\n"
        f"#set page(width: {charts.WIDTH}pt, height: {charts.HEIGHT}pt, margin: 0pt)\n"
        '#for each in all { page(image(bytes(each), format: "svg", width: 100%)) }'
    )
    compiler = typst.Compiler(
        source.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(pictures)},
    )
    made = compiler.compile(format="png", ppi=144)
    return [page for page in (made if isinstance(made, list) else [made]) if page is not None]
