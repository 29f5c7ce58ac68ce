"""Documents of Word, Excel, LibreOffice without macros: an archive whose every entry is looked at, then packed anew."""

import io
import re
import stat
import zipfile
from collections.abc import Callable

from lxml import etree

from fanal.sandbox import archives, jpeg
from fanal.sandbox.results import Read, Refused

_OOXML = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MACROS = re.compile(r"(^|/)(vbaProject|vbaData)|^(Basic|Scripts)/|/macrosheets/|/activeX/|/ctrlProps/", re.I)
_EMBEDDED = re.compile(r"/(embeddings|oleObject)|^ObjectReplacements/Object|/externalLinks/", re.I)
_TELLS = re.compile(
    r"^(docProps|customXml|Thumbnails|Configurations2)/|^meta\.xml$|^documents?ignatures", re.I
)
_ACTS = re.compile(
    rb"DDEAUTO|<w:instrText[^>]*>\s*DDE|ddeLink|macroEnabled|script:event-listener|<script:|vnd\.ms-office\.vbaProject"
    rb"|<(w:)?altChunk|oleObject|<form:form[^>]*xlink:href",
    re.I,
)
_SVG_ACTS = re.compile(rb"<(\w+:)?(script|foreignObject|handler|iframe)|[\s\"']on\w+\s*=|javascript:", re.I)
"""A drawing that is more than a drawing (SVG 1.1, chapter 18)."""
_AUTHORS = re.compile(rb'(\s(?:w:author|w:initials|w15:author|w15:userId|w15:providerId)=")[^"]*(")')
_OUTSIDE = re.compile(rb'((?:xlink:href|text:href)=")(?:[a-z][a-z0-9+.-]*:|//|\\\\|\.\./)[^"]*(")', re.I)
_ENTITIES = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.I)
_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/></office:document-meta>'
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".webp")


def read(data: bytes, step: Callable[[str, int, int], None]) -> Read:
    """A document. `Refused`: `macros`, `embedded`, `entities`, `odd_names`, `too_heavy`, `not_on_the_list`…"""
    entries = archives.entries(data)
    media = _media(entries)
    removed: set[str] = set()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        gone = {name for name in entries if _TELLS.search(name)} - {"meta.xml"}
        for nth, (name, content) in enumerate(entries.items()):
            step("copy", nth, len(entries))
            _allowed(name, content, media)
            if name not in gone:
                plain = _plain(name, content, gone, removed)
                method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                entry = zipfile.ZipInfo(name)
                entry.compress_type, entry.external_attr = method, (stat.S_IFREG | 0o600) << 16
                packed.writestr(entry, plain)
    if gone or "meta.xml" in entries:
        removed.add("metadata")
    return Read(media, made.getvalue(), 0, (), frozenset(removed))


def _media(entries: dict[str, bytes]) -> str:
    """Which document it is, by what it says of itself where the standard wants it (ECMA-376 part 2; ODF 1.3 part 2)."""
    if next(iter(entries)) == "mimetype" and entries["mimetype"] in _ODF:
        if "content.xml" not in entries or "META-INF/manifest.xml" not in entries:
            raise Refused("unreadable", "odt")
        return _ODF[entries["mimetype"]]
    types = entries.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise Refused("macros", "docx")
    found = {media for main, media in _OOXML.items() if main in types}
    if len(found) != 1 or "_rels/.rels" not in entries:
        raise Refused("not_on_the_list")
    return found.pop()


def _allowed(name: str, content: bytes, media: str) -> None:
    if _MACROS.search(name):
        raise Refused("macros", media)
    if _EMBEDDED.search(name) or archives.is_archive(content):
        raise Refused("embedded", media)
    if archives.is_program(content):
        raise Refused("embedded", media)
    if _is_xml(name):
        if _ENTITIES.search(_decoded(content, media)):
            raise Refused("entities", media)
        if _ACTS.search(content) or (name.lower().endswith(".svg") and _SVG_ACTS.search(content)):
            raise Refused("macros", media)
        try:
            etree.fromstring(content, _PARSER)
        except etree.XMLSyntaxError:
            raise Refused("unreadable", media) from None
    elif (
        not name.endswith("/")
        and name != "mimetype"
        and not name.lower().endswith((*_PICTURES, ".bin", ".odttf"))
    ):
        raise Refused("embedded", media)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".rdf", ".vml", ".svg"))


def _decoded(content: bytes, media: str) -> str:
    """The markup as letters; only the two encodings that every reader reads alike."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        words = content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("unreadable", media) from None
    said = re.match(r'\s*<\?xml[^>]*encoding\s*=\s*["\']([^"\']*)', words)
    if said and said[1].lower() not in ("utf-8", "utf-16", "us-ascii", "ascii"):
        raise Refused("unreadable", media)
    return words


def _plain(name: str, content: bytes, gone: set[str], removed: set[str]) -> bytes:
    """One entry as it goes into the copy."""
    if name == "meta.xml":
        return _META
    if name.endswith(".rels"):
        return _related(name, content, gone, removed)
    if name == "[Content_Types].xml":
        return _without(content, "PartName", {f"/{each}" for each in gone})
    if name == "META-INF/manifest.xml":
        named = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path"
        folders = {f"{each.split('/')[0]}/" for each in gone}
        return _without(content, named, gone | folders)
    if name.lower().endswith((".jpg", ".jpeg")):
        return jpeg.bare(content)
    if _is_xml(name):
        plain = _OUTSIDE.sub(rb"\1\2", _AUTHORS.sub(rb"\1\2", content))
        if plain != content:
            removed.add("links" if _OUTSIDE.search(content) else "metadata")
        return plain
    return content


def _related(name: str, content: bytes, gone: set[str], removed: set[str]) -> bytes:
    """Relations: a link becomes one to nowhere, what is fetched from outside is refused, what is gone is let go."""
    tree = etree.fromstring(content, _PARSER)
    folder = name.replace("_rels/", "").rsplit("/", 1)[0] + "/" if "/" in name.replace("_rels/", "") else ""
    for each in list(tree.iter(_RELATIONSHIP)):
        target = each.get("Target", "")
        if each.get("TargetMode") == "External":
            if each.get("Type") != _LINK:
                raise Refused("fetches", "docx")
            each.set("Target", "about:blank")
            removed.add("links")
        elif (target.lstrip("/") if target.startswith("/") else _joined(folder, target)) in gone:
            tree.remove(each)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _joined(folder: str, target: str) -> str:
    parts: list[str] = []
    for part in (folder + target).split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _without(content: bytes, attribute: str, gone: set[str]) -> bytes:
    tree = etree.fromstring(content, _PARSER)
    for each in list(tree):
        if each.get(attribute) in gone:
            tree.remove(each)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
