"""Files as people send them, one of each kind: every one of them must be accepted."""

import io
from collections.abc import Iterator
from random import Random

from openpyxl import Workbook
from PIL import Image

from proofs.uploads.case import Case
from proofs.uploads.offices import docx, odt, packed, xlsx
from proofs.uploads.pdfs import made
from proofs.uploads.pictures import picture


def cases() -> Iterator[Case]:
    book = io.BytesIO()
    Workbook().save(book)
    cmyk, scan, clear, noise = io.BytesIO(), io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.frombytes("RGB", (1500, 1500), Random(1).randbytes(1500 * 1500 * 3)).save(noise, "JPEG", quality=95)
    Image.new("CMYK", (90, 90), (10, 20, 30, 0)).save(cmyk, "JPEG")
    Image.new("1", (900, 900)).save(
        scan, "TIFF", save_all=True, append_images=[Image.new("1", (900, 900))] * 4, compression="group4"
    )
    Image.new("RGBA", (90, 90)).save(clear, "PNG")
    files = {
        "pdf": made(),
        "jpeg": picture("JPEG", 3000),
        "jpeg-progressive": picture("JPEG", 400, progressive=True),
        "jpeg-noise": noise.getvalue(),
        "jpeg-motion": picture("JPEG", 300) + b"\0\0\0\x18ftypmp42" + Random(1).randbytes(3_000_000),
        "text-initials": b"PK and MK were present.\n",
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
