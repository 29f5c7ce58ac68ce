"""Files as people send them, one of each kind: every one of them must be accepted."""

from collections.abc import Iterator

from proofs.uploads.case import Case
from proofs.uploads.offices import docx, odt, packed, xlsx
from proofs.uploads.pdfs import made
from proofs.uploads.pictures import picture


def cases() -> Iterator[Case]:
    import io

    from openpyxl import Workbook
    from PIL import Image

    book = io.BytesIO()
    Workbook().save(book)
    cmyk, scan, clear = io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.new("CMYK", (90, 90), (10, 20, 30, 0)).save(cmyk, "JPEG")
    Image.new("1", (900, 900)).save(
        scan, "TIFF", save_all=True, append_images=[Image.new("1", (900, 900))] * 4, compression="group4"
    )
    Image.new("RGBA", (90, 90)).save(clear, "PNG")
    files = {
        "pdf": made(),
        "jpeg": picture("JPEG", 3000),
        "jpeg-progressive": picture("JPEG", 400, progressive=True),
        "jpeg-cmyk": cmyk.getvalue(),
        "png": picture("PNG", 800),
        "png-clear": clear.getvalue(),
        "webp": picture("WEBP", 800),
        "tiff": scan.getvalue(),
        "text": "Une lettre inventée.\r\nEen brief.\n".encode(),
        "text-windows": "Été".encode("cp1252"),
        "text-utf16": "Ein Brief".encode("utf-16"),
        "docx": packed(docx()),
        "xlsx": book.getvalue(),
        "xlsx-small": packed(xlsx()),
        "odt": packed(odt()),
        "ods": packed(odt(kind="spreadsheet")),
    }
    for name, data in files.items():
        yield Case(f"honest-{name}", data, accepted=True)
