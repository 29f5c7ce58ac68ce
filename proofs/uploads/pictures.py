"""Pictures that are too large, broken, or two things at once."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from random import Random

from PIL import Image, PngImagePlugin

from proofs.uploads.case import CANARY, Case, refused, tamed, unsure

PNG = b"\x89PNG\r\n\x1a\n"
PAGE = b"<html><script>alert(1)</script></html>"


def picture(kind: str, side: int = 120, **options: object) -> bytes:
    made = io.BytesIO()
    Image.radial_gradient("L").resize((side, side)).convert("RGB").save(made, kind, **options)
    return made.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *more: bytes, data: bytes = b"", depth: int = 8, colour: int = 2) -> bytes:
    """A PNG of any claim: `data` is the packed picture."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return PNG + chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def jar() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("META-INF/MANIFEST.MF"), "Main-Class: Evil")
        archive.writestr(zipfile.ZipInfo("Evil.class"), b"\xca\xfe\xba\xbe")
    return made.getvalue()


def cases(random: Random) -> Iterator[Case]:
    yield from _bombs()
    yield from _two_kinds()
    yield from _carrying()
    yield from _broken(random)
    yield from _scans()


def _bombs() -> Iterator[Case]:
    row = zlib.compress(bytes(1 + 30_000 // 8) * 30_000, 9)
    for width, height in ((50_000, 50_000), (2**31 - 1, 1), (20_001, 1), (1, 20_001), (0, 0), (9_000, 9_000)):
        yield refused(f"png-{width}x{height}", png(width, height, data=zlib.compress(b"\0" * 64)))
    yield refused("png-real-30000", png(30_000, 30_000, data=row, depth=1, colour=0))
    packed = zlib.compress(bytes(120 * 1024**2), 9)
    good = zlib.compress(b"\0\0\0\0", 9)
    yield unsure("png-gzip-text", png(1, 1, chunk(b"zTXt", b"bomb\0\0" + packed), data=good))
    yield unsure("png-gzip-itxt", png(1, 1, chunk(b"iTXt", b"bomb\0\1\0\0\0" + packed), data=good))
    yield unsure("png-gzip-profile", png(1, 1, chunk(b"iCCP", b"bomb\0\0" + packed), data=good))
    yield unsure("png-many-chunks", png(1, 1, chunk(b"tEXt", b"a\0b") * 100_000, data=good))
    yield unsure("png-data-bomb", png(1, 1, data=packed))
    size = struct.pack(">HH", 65_500, 65_500)
    small = picture("JPEG")
    at = small.index(b"\xff\xc0")
    yield refused("jpeg-65500", small[: at + 5] + size + small[at + 9 :])
    yield unsure("jpeg-profile-15mb", picture("JPEG", icc_profile=bytes(15_000_000)[:1_000_000]))
    scan = small[small.index(b"\xff\xda") :]
    yield unsure("jpeg-many-scans", small[:-2] + scan[:-2] * 3_000 + b"\xff\xd9")
    yield refused("webp-16383", _webp(16_383, 16_383))
    yield unsure("apng-bomb", png(1, 1, chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)), data=good))


def _webp(width: int, height: int) -> bytes:
    head = b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + bytes(20)
    body = b"WEBPVP8L" + struct.pack("<I", len(head)) + head
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _two_kinds() -> Iterator[Case]:
    behind = {
        "jar": jar(), "rar": b"Rar!\x1a\x07\x01\0" + bytes(60), "7z": b"7z\xbc\xaf\x27\x1c" + bytes(60),
        "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF", "elf": b"\x7fELF" + bytes(60),
        "exe": b"MZ" + bytes(60), "page": PAGE, "php": b"<?php system('id'); ?>", "zip-head": b"PK\x03\x04" + bytes(40),
    }  # fmt: skip
    for kind in ("JPEG", "PNG", "WEBP"):
        for name, tail in behind.items():
            yield refused(f"{kind.lower()}-and-{name}", picture(kind) + tail)
    gif = io.BytesIO()
    Image.new("P", (8, 8)).save(gif, "GIF")
    yield refused("gif", gif.getvalue())
    yield refused("gifar", gif.getvalue() + jar())
    yield refused("gif-page", b"GIF89a/*" + PAGE + b"*/")
    yield refused("bmp-page", b"BM" + PAGE)
    jpeg = picture("JPEG")
    yield refused(
        "jpeg-page-comment", jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(PAGE) + 2) + PAGE + jpeg[2:]
    )
    yield refused("jpeg-pdf-comment", jpeg[:2] + b"\xff\xfe\0\x0c%PDF-1.7\n1" + jpeg[2:])
    yield refused(
        "png-page-text", png(1, 1, chunk(b"tEXt", b"Comment\0" + PAGE), data=zlib.compress(bytes(4)))
    )


def _carrying() -> Iterator[Case]:
    said = Image.Exif()
    said[0x010F], said[0x013B] = CANARY.decode(), CANARY.decode()
    said.get_ifd(0x8825)[1], said.get_ifd(0x8825)[2] = "N", (50.0, 51.0, 2.0)
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"
    plain = picture("JPEG", exif=said, comment=CANARY)
    yield tamed("jpeg-position", plain)
    yield tamed("jpeg-xmp", plain[:2] + b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp + plain[2:])
    yield tamed("jpeg-second-picture", plain + picture("JPEG", exif=said))
    yield tamed("jpeg-trailer", plain + CANARY * 20)
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", CANARY.decode())
    text.add_itxt("XML:com.adobe.xmp", CANARY.decode(), zip=True)
    yield tamed("png-author", picture("PNG", pnginfo=text, exif=said))
    yield tamed("webp-position", picture("WEBP", exif=said, xmp=CANARY))
    yield tamed("tiff-author", picture("TIFF", tiffinfo=said))
    loop = bytearray(plain)
    at = loop.index(b"Exif\0\0") + 6
    loop[at + 4 : at + 8] = struct.pack("<I", 4) if loop[at : at + 2] == b"II" else struct.pack(">I", 4)
    yield unsure("jpeg-exif-loop", bytes(loop))


def _broken(random: Random) -> Iterator[Case]:
    for kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        good = picture(kind)
        yield unsure(f"{kind.lower()}-truncated", good[: len(good) // 2])
        yield unsure(f"{kind.lower()}-head-only", good[:40])
        for nth in range(3):
            hurt = bytearray(good)
            for _ in range(20):
                hurt[random.randrange(8, len(hurt))] = random.randrange(256)
            yield unsure(f"{kind.lower()}-bytes-changed-{nth}", bytes(hurt))
    yield refused("png-chunk-overflow", PNG + b"\xff\xff\xff\xffIHDR" + bytes(40))
    yield refused("png-no-end", picture("PNG")[:-12])
    yield refused("jpeg-only-soi", b"\xff\xd8\xff")
    yield refused("webp-lies", b"RIFF\xff\xff\xff\xffWEBPVP8 " + bytes(30))


def _scans() -> Iterator[Case]:
    pages = [Image.new("1", (40, 40)) for _ in range(60)]
    many = io.BytesIO()
    pages[0].save(many, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    yield refused("tiff-60-pages", many.getvalue())
    yield unsure("tiff-loop", _tiff(next_at=8))
    yield refused("tiff-60000", _tiff(width=60_000, height=60_000))
    yield unsure("tiff-strip-beyond", _tiff(strip=2**31 - 1))
    yield unsure(
        "tiff-many-entries", b"II*\0\x08\0\0\0\xff\xff" + struct.pack("<HHII", 256, 3, 1, 9) * 65_535
    )
    bomb = zlib.compress(bytes(200 * 1024**2), 9)
    yield unsure("tiff-deflate-bomb", _tiff(width=7_000, height=7_000, packed=bomb))


def _tiff(
    *, width: int = 10, height: int = 10, next_at: int = 0, strip: int = 0, packed: bytes = b""
) -> bytes:
    entries = [
        (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 8 if packed else 1), (262, 3, 1),
        (273, 4, strip or 200), (277, 3, 1), (278, 4, height), (279, 4, len(packed) or width * height),
    ]  # fmt: skip
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return (b"II*\0\x08\0\0\0" + directory + struct.pack("<I", next_at)).ljust(200, b"\0") + (
        packed or bytes(100)
    )
