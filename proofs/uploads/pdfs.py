"""PDF files that act, hide, loop or never end."""

import io
import zlib
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from proofs.uploads.case import CANARY, OWNED, PORT_MARK, TARGET, Case, refused, tamed, unsure
from proofs.uploads.pictures import PAGE, jar, picture

SCRIPT = f"app.launchURL('http://{PORT_MARK.decode()}/'); // {OWNED}"
ADDRESS = f"http://{PORT_MARK.decode()}/"


def made(change: Callable[[Pdf], Any] = lambda _: None, **options: Any) -> bytes:
    """A page with a line of text, changed."""
    with pikepdf.new() as file:
        page = file.add_blank_page(page_size=(300, 300))
        page.Contents = Stream(file, b"BT /F1 12 Tf 20 200 Td (Invented) Tj ET")
        page.Resources = Dictionary(
            Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        )
        change(file)
        out = io.BytesIO()
        file.save(out, deterministic_id="encryption" not in options, **options)
        return out.getvalue()


def raw(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a table that fits."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root %d 0 R>>\n" % (
        len(objects) + 1, table, len(objects) + 1, root,
    )  # fmt: skip
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % at


def cases(random: Random) -> Iterator[Case]:
    yield from _acting()
    yield from _hiding()
    yield from _looping()
    yield from _heavy()
    yield from _two_kinds()
    good = made()
    for nth in range(5):
        hurt = bytearray(good)
        for _ in range(15):
            hurt[random.randrange(9, len(hurt))] = random.randrange(256)
        yield unsure(f"pdf-bytes-changed-{nth}", bytes(hurt))
    yield unsure("pdf-truncated", good[: len(good) // 2])
    yield refused("pdf-head-only", b"%PDF-1.7\n")


def _action(kind: str, **more: Any) -> Dictionary:
    return Dictionary(S=Name("/" + kind), **more)


def _script() -> Dictionary:
    return _action("JavaScript", JS=String(SCRIPT))


def _acting() -> Iterator[Case]:
    gone = (
        b"/JavaScript",
        b"/JS",
        b"/Launch",
        b"/SubmitForm",
        b"/ImportData",
        b"/GoToR",
        b"/GoToE",
        OWNED.encode(),
        PORT_MARK,
    )
    actions = {
        "script": _script(),
        "launch": _action("Launch", F=String(TARGET), Win=Dictionary(F=String("cmd.exe"))),
        "submit": _action("SubmitForm", F=String(ADDRESS)),
        "import": _action("ImportData", F=String(TARGET)),
        "remote": _action("GoToR", F=String(ADDRESS)),
        "embedded": _action("GoToE", F=String(ADDRESS)),
        "address": _action("URI", URI=String(ADDRESS)),
        "rendition": _action("Rendition", JS=String(SCRIPT)),
        "hide": _action("Hide", T=String("x"), Next=_action("JavaScript", JS=String(SCRIPT))),
    }
    for name, action in actions.items():
        yield tamed(f"pdf-open-{name}", made(lambda f, a=action: _set(f.Root, "OpenAction", a)), *gone)
        yield tamed(
            f"pdf-page-{name}", made(lambda f, a=action: _set(f.pages[0].obj, "AA", Dictionary(O=a))), *gone
        )
    names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), _script()])))
    yield tamed("pdf-names-script", made(lambda f: _set(f.Root, "Names", names)), *gone)
    yield tamed("pdf-link-script", made(lambda f: _annotate(f, Subtype=Name.Link, A=_script())), *gone)
    yield tamed(
        "pdf-link-indirect",
        made(lambda f: _annotate(f, Subtype=Name.Link, A=f.make_indirect(_script()))),
        *gone,
    )
    packed = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
    yield tamed(
        "pdf-script-packed",
        made(lambda f: _set(f.Root, "OpenAction", f.make_indirect(_script())), **packed),
        *gone,
    )
    streamed = made(
        lambda f: _set(f.Root, "OpenAction", _action("JavaScript", JS=Stream(f, SCRIPT.encode())))
    )
    yield tamed("pdf-script-in-stream", streamed, b"/JS", b"/JavaScript")
    hidden = made(lambda f: _set(f.Root, "OpenAction", _script())).replace(b"/JavaScript", b"/J#61v#61Script")
    yield unsure("pdf-script-in-hex", hidden, b"/J#61", *gone)
    field = Dictionary(FT=Name.Tx, T=String("x"), AA=Dictionary(K=_script()))
    yield tamed(
        "pdf-form-script", made(lambda f: _set(f.Root, "AcroForm", Dictionary(Fields=Array([field])))), *gone
    )
    xfa = made(
        lambda f: _set(
            f.Root, "AcroForm", Dictionary(XFA=Stream(f, b"<xdp>" + CANARY + b"</xdp>"), Fields=Array())
        )
    )
    yield tamed("pdf-xfa", xfa, b"/XFA")


def _set(where: Any, name: str, value: Any) -> None:
    where[Name("/" + name)] = value


def _annotate(file: Pdf, **fields: Any) -> None:
    note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 50, 50]), **fields)
    file.pages[0].obj.Annots = Array([file.make_indirect(note)])


def _hiding() -> Iterator[Case]:
    def attach(file: Pdf) -> None:
        file.attachments["evil.exe"] = pikepdf.AttachedFileSpec(file, b"MZ" + CANARY)

    def note(file: Pdf) -> None:
        spec = Dictionary(
            Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=Stream(file, b"MZ" + CANARY))
        )
        _annotate(file, Subtype=Name.FileAttachment, FS=spec)

    def told(file: Pdf) -> None:
        file.docinfo["/Author"] = CANARY.decode()
        with file.open_metadata(set_pikepdf_as_editor=False) as data:
            data["dc:creator"] = [CANARY.decode()]

    def photo(file: Pdf) -> None:
        from PIL import Image

        said = Image.Exif()
        said[0x010F] = CANARY.decode()
        image = Stream(file, picture("JPEG", exif=said))
        image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.DCTDecode
        image.Width = image.Height = 120
        image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
        file.pages[0].obj.Resources.XObject = Dictionary(I=image)
        file.pages[0].Contents = Stream(file, b"q 200 0 0 200 20 20 cm /I Do Q")

    def outside(file: Pdf) -> None:
        far = Stream(file, b"")
        far[Name.F] = String(ADDRESS)
        file.Root.Far = far

    for name, change in (
        ("file", attach),
        ("note", note),
        ("author", told),
        ("photo", photo),
        ("outside", outside),
    ):
        yield tamed(f"pdf-hidden-{name}", made(change), b"/EmbeddedFile", b"/FileAttachment", PORT_MARK)
    for kind in ("RichMedia", "3D", "Movie", "Sound", "Screen"):
        data = made(lambda f, k=kind: _annotate(f, Subtype=Name("/" + k), X=Stream(f, CANARY)))
        yield tamed(f"pdf-note-{kind}", data, b"/" + kind.encode())
    locked = pikepdf.Encryption(user="secret", owner="secret", R=6)
    yield refused("pdf-password", made(encryption=locked))
    yield refused("pdf-owner-password", made(encryption=pikepdf.Encryption(user="", owner="secret", R=6)))


def _looping() -> Iterator[Case]:
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    yield unsure("pdf-pages-loop", raw(catalog, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"))
    yield unsure(
        "pdf-pages-two-loop",
        raw(catalog, b"<</Type/Pages/Kids[3 0 R]/Count 9>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"),
    )
    yield unsure(
        "pdf-parent-loop",
        raw(
            catalog,
            b"<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>",
        ),
    )
    yield unsure("pdf-reference-loop", raw(catalog, b"3 0 R", b"2 0 R"))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 11>>"
    form += b"stream\n/X Do /X Do\nendstream"
    yield unsure(
        "pdf-form-loop",
        raw(
            catalog,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page,
            b"<</Length 5>>stream\n/X Do\nendstream",
            form,
        ),
    )
    good = made()
    place = good.rindex(b"startxref")
    yield unsure(
        "pdf-table-loop", good.replace(b"/Root", b"/Prev %d/Root" % int(good[place + 10 :].split()[0]), 1)
    )
    yield unsure("pdf-size-lies", good.replace(b"/Size ", b"/Size 21474836", 1))
    yield unsure(
        "pdf-outline-loop",
        raw(
            b"<</Type/Catalog/Pages 2 0 R/Outlines 3 0 R>>",
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</First 3 0 R/Next 3 0 R/Last 3 0 R>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ),
    )


def _heavy() -> Iterator[Case]:
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>"
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    for depth in (100, 5_000, 100_000):
        deep = b"[" * depth + b"]" * depth
        yield unsure(
            f"pdf-arrays-{depth}", raw(b"<</Type/Catalog/Pages 2 0 R/X %s>>" % deep, pages, page, b"null")
        )
    deep = b"<</A" * 2_000 + b" 1 " + b">>" * 2_000
    yield unsure("pdf-dictionaries", raw(b"<</Type/Catalog/Pages 2 0 R/X %s>>" % deep, pages, page, b"null"))
    bomb = zlib.compress(bytes(300 * 1024**2), 9)
    for times, packed in ((1, bomb), (2, zlib.compress(bomb, 9))):
        filters = b"/FlateDecode " * times
        body = b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(packed), filters, packed)
        yield unsure(f"pdf-stream-bomb-{times}", raw(catalog, pages, page, body))
    ops = zlib.compress(b"0 0 m 9 9 l S q " * 3_000_000, 9)
    yield unsure(
        "pdf-many-strokes",
        raw(
            catalog, pages, page, b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(ops), ops)
        ),
    )
    image = (
        b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(bomb), bomb)
    )
    shown = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    )
    yield unsure(
        "pdf-image-60000",
        raw(catalog, pages, shown, b"<</Length 20>>stream\n99 0 0 99 0 0 cm/X Do\nendstream", image),
    )
    wide = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 999999999 999999999]/Contents 4 0 R>>"
    yield unsure("pdf-page-endless", raw(catalog, pages, wide, b"<</Length 0>>stream\n\nendstream"))
    thin = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1 99999999]/Contents 4 0 R>>"
    yield unsure("pdf-page-thin", raw(catalog, pages, thin, b"<</Length 0>>stream\n\nendstream"))
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 603))
    many = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * 600
    yield refused("pdf-600-pages", raw(catalog, b"<</Type/Pages/Kids[%s]/Count 600>>" % kids, *many))
    same = b"3 0 R " * 100_000
    yield unsure(
        "pdf-one-page-100000-times", raw(catalog, b"<</Type/Pages/Kids[%s]/Count 100000>>" % same, many[0])
    )
    yield unsure("pdf-210000-objects", raw(catalog, pages, page, b"null", *([b"<<>>"] * 210_000)))
    for filter_ in (
        b"JBIG2Decode",
        b"JPXDecode",
        b"CCITTFaxDecode",
        b"DCTDecode",
        b"LZWDecode",
        b"RunLengthDecode",
    ):
        junk = b"\xff\x4f\xff\x51" + bytes(range(256)) * 8
        body = (
            b"<</Type/XObject/Subtype/Image/Width 4000/Height 4000/ColorSpace/DeviceGray/BitsPerComponent 8"
            b"/Filter/%s/Length %d>>stream\n%s\nendstream" % (filter_, len(junk), junk)
        )
        yield unsure(
            f"pdf-junk-{filter_.decode()}",
            raw(catalog, pages, shown, b"<</Length 20>>stream\n99 0 0 99 0 0 cm/X Do\nendstream", body),
        )


def _two_kinds() -> Iterator[Case]:
    good = made()
    yield refused("pdf-and-page", good + PAGE)
    yield refused("pdf-and-jar", good + jar())
    yield refused("pdf-and-exe", good + b"MZ" + bytes(80))
    yield refused("pdf-late", b"junk\n" * 40 + good)
    yield refused("page-and-pdf", PAGE + good)
    yield refused("pdf-page-in-head", b"%PDF-1.4 <script>alert(1)</script>\n" + good[9:])
    yield refused("jar-and-pdf", jar() + good)
