"""Photos and scans: decoded, bounded and written anew, so that nothing but the pixels remains."""

import io
from collections.abc import Callable, Iterator

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from fanal.sandbox import jpeg, polyglots
from fanal.sandbox.results import Read, Refused

BOMB = Image.DecompressionBombWarning
MOST_PIXELS = 64_000_000
"""One picture, before it is decoded: three bytes each, so 192 MB. A house rule; phones make 50 million."""
MOST_SIDE = 20_000
COPY_SIDE = 4096
"""The longer side of the working copy; the original keeps every pixel."""
PREVIEW_SIDE = 1400
MOST_PAGES = 50
PREVIEWS = 5
_FORMATS = {"JPEG": "jpeg", "PNG": "png", "TIFF": "tiff", "WEBP": "webp", "MPO": "jpeg"}


def prepare() -> None:
    """Load the decoders; a picture is never guessed to be another kind than its signature says."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    Image.preinit()
    Image.init()
    Image.new("RGB", (2, 2)).save(io.BytesIO(), "PNG")
    Image.new("RGB", (2, 2)).save(io.BytesIO(), "JPEG")
    Image.new("RGB", (2, 2)).save(io.BytesIO(), "TIFF", compression="tiff_adobe_deflate")
    ImageCms.createProfile("sRGB")


def read(data: bytes, step: Callable[[str, int, int], None]) -> Read:
    """A picture of one or more pages. `Refused`: `too_many_pixels`, `too_many_pages`, `unreadable`, `two_kinds`."""
    with _opened(data) as picture:
        media = _FORMATS[str(picture.format)]
        _ends(data, media)
        count = _count(picture) if media == "tiff" else 1
        if count > MOST_PAGES:
            raise Refused("too_many_pages", media)
        removed = _carried(picture)
        pages = []
        for nth, frame in enumerate(_frames(picture, count)):
            step("copy", nth, count)
            pages.append(_plain(frame, media))
    step("preview", 0, 1)
    previews = tuple(_png(page) for page in pages[:PREVIEWS])
    return Read(media, _written(pages, media), count, previews, frozenset(removed))


def bounded(width: int, height: int, media: str) -> None:
    """`too_many_pixels` before a byte of them is decoded."""
    if width < 1 or height < 1:
        raise Refused("unreadable", media)
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Refused("too_many_pixels", media)


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=list(_FORMATS))
    except (Image.DecompressionBombError, BOMB):
        raise Refused("too_many_pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Refused("unreadable") from None
    bounded(*picture.size, _FORMATS[str(picture.format)])
    return picture


def _count(picture: Image.Image) -> int:
    """Pages of a scan, counted only as far as they are allowed: a chain of pages may bite its own tail."""
    count = 0
    try:
        while count <= MOST_PAGES:
            picture.seek(count)
            bounded(*picture.size, "tiff")
            count += 1
    except EOFError:
        pass
    picture.seek(0)
    return count


def _frames(picture: Image.Image, count: int) -> Iterator[Image.Image]:
    for nth, frame in enumerate(ImageSequence.Iterator(picture)):
        if nth >= count:
            return
        bounded(*frame.size, "tiff")
        yield frame


def _carried(picture: Image.Image) -> set[str]:
    """What the file says besides its pixels."""
    found = (
        {"metadata"} if picture.getexif() or picture.info.get("xmp") or picture.info.get("exif") else set()
    )
    if picture.getexif().get_ifd(0x8825):
        found.add("position")
    if picture.info.get("comment") or getattr(picture, "text", None):
        found.add("metadata")
    return found


def _plain(frame: Image.Image, media: str) -> Image.Image:
    """Upright, in grey or RGB, no larger than the copy may be, and without anything but its pixels."""
    if media == "jpeg":
        frame.draft("RGB", (COPY_SIDE, COPY_SIDE))
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        upright = upright.convert("F").point(lambda value: value / 256).convert("L")
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        upright = Image.new("RGBA", clear.size, "white")
        upright.alpha_composite(clear)
    small = upright.copy() if upright.mode in ("L", "RGB") else upright.convert("RGB")
    small.thumbnail((COPY_SIDE, COPY_SIDE))
    bare = Image.new(small.mode, small.size)
    bare.paste(small)
    return bare


def _written(pages: list[Image.Image], media: str) -> bytes:
    made = io.BytesIO()
    if media == "tiff":
        pages[0].save(made, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_adobe_deflate")
    elif media == "png":
        pages[0].save(made, "PNG")
    elif media == "webp":
        pages[0].save(made, "WEBP", quality=88)
    else:
        pages[0].save(made, "JPEG", quality=88, progressive=True)
    return made.getvalue()


def _png(page: Image.Image) -> bytes:
    small = page.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    made = io.BytesIO()
    small.save(made, "PNG")
    return made.getvalue()


def _ends(data: bytes, media: str) -> None:
    """What hangs behind the end of a picture: phones append their own data, attackers append archives."""
    if media == "png":
        polyglots.tail(data, _end_of_png(data))
    elif media == "jpeg":
        polyglots.tail(data, jpeg.end(data))
    elif media == "webp":
        polyglots.tail(data, 8 + int.from_bytes(data[4:8], "little"))


def _end_of_png(data: bytes) -> int:
    """The chunks of a PNG in their order, IHDR first and IEND last (ISO 15948, 5.6)."""
    at, first = 8, True
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if (first and name != b"IHDR") or not name.isalpha():
            raise Refused("unreadable", "png")
        first, at = False, at + 12 + length
        if name == b"IEND":
            return at
    raise Refused("unreadable", "png")
