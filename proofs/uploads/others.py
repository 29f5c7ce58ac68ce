"""Programs, pages, archives and texts that are not what their names say."""

import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from random import Random

from proofs.uploads.case import OWNED, Case, refused, tamed, unsure
from proofs.uploads.pictures import PAGE, picture

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


def cases(random: Random) -> Iterator[Case]:
    yield from _programs()
    yield from _pages()
    yield from _archives()
    yield from _texts(random)
    yield from _names()


def _programs() -> Iterator[Case]:
    heads = {
        "exe": b"MZ\x90\0",
        "elf": b"\x7fELF\2\1\1",
        "shell": f"#!/bin/sh\ntouch /tmp/{OWNED}\n".encode(),
        "class": b"\xca\xfe\xba\xbe\0\0\0\x34",
        "mach": b"\xcf\xfa\xed\xfe",
        "wasm": b"\0asm\1\0\0\0",
        "lnk": b"L\0\0\0\1\x14\2\0",
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "dex": b"dex\n035\0",
        "swf": b"CWS\x0a\0\0",
        "pyc": b"\xa7\r\r\n\0\0\0\0",
        "sqlite": b"SQLite format 3\0",
    }
    for name, head in heads.items():
        yield refused(f"program-{name}", head + bytes(200), file_name=f"photo.{name}.jpg")


def _pages() -> Iterator[Case]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    pages = {
        "html": PAGE,
        "svg": svg,
        "svg-declared": b'<?xml version="1.0"?>' + svg,
        "svg-spaced": b"\n\n \t" + svg,
        "svg-marked": b"\xef\xbb\xbf" + svg,
        "svg-utf16": svg.decode().encode("utf-16"),
        "xhtml": b"<!DOCTYPE html>" + PAGE,
        "page-late": b"A letter.\n" * 200 + PAGE,
        "php": b"<?php system('id'); ?>",
        "hta": b"<hta:application/>" + PAGE,
        "xml-entity": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "mht": b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n" + PAGE,
        "eml": b"MIME-Version: 1.0\nSubject: x\nContent-Type: text/html\n\nx",
        "url": b"[InternetShortcut]\nURL=file://evil/x\n",
        "rtf": rb"{\rtf1{\object\objocx}}",
        "ps": b"%!PS-Adobe-3.0\n(/tmp/x) (w) file",
        "vcard": b"BEGIN:VCARD\nEND:VCARD\n",
    }
    for name, data in pages.items():
        yield refused(f"page-{name}", data, file_name=f"letter.{name}.pdf")


def _archives() -> Iterator[Case]:
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        climbing = tarfile.TarInfo(f"../../{OWNED}")
        archive.addfile(climbing)
    zeros = bytes(50_000_000)
    packed = {
        "gzip-bomb": gzip.compress(zeros, mtime=0),
        "xz-bomb": lzma.compress(zeros),
        "zlib-bomb": zlib.compress(zeros, 9),
        "gzip-in-gzip": gzip.compress(gzip.compress(zeros, mtime=0), mtime=0),
        "tar": tar.getvalue(),
        "rar": b"Rar!\x1a\x07\0" + bytes(80),
        "7z": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(80),
        "cab": b"MSCF\0\0\0\0" + bytes(80),
        "iso": bytes(32769) + b"CD001",
    }
    for name, data in packed.items():
        yield refused(f"archive-{name}", data)
    media = {
        "mp4": b"\0\0\0\x18ftypmp42",
        "heic": b"\0\0\0\x18ftypheic",
        "mp3": b"ID3\3\0\0",
        "ogg": b"OggS\0\2",
        "bmp": b"BM" + bytes(9),
        "psd": b"8BPS\0\1",
        "ico": b"\0\0\1\0\1\0",
        "wmf": b"\xd7\xcd\xc6\x9a",
        "emf": b"\1\0\0\0",
    }
    for name, head in media.items():
        yield refused(f"media-{name}", head + bytes(200))


def _texts(random: Random) -> Iterator[Case]:
    yield refused("empty", b"")
    yield refused("one-byte-nul", b"\0")
    yield refused("only-a-mark", b"\xef\xbb\xbf")
    yield refused("only-spaces", b" \n\t " * 50)
    yield refused("text-with-nul", b"A letter\0 with a hole")
    yield refused("text-with-escape", b"\x1b]0;evil\x07A letter")
    yield refused("random", random.randbytes(100_000))
    yield refused("bytes-in-order", bytes(range(256)) * 50)
    yield refused("utf16-broken", b"\xff\xfe\x00\xd8\x41")
    yield refused("text-endless", b"a" * 6_000_000)
    yield tamed("text-turned", "Invented \u202etxt.exe\u202c end".encode(), "\u202e".encode())
    yield tamed("text-formula", b"=cmd|'/C calc'!A0;=HYPERLINK(\"http://x\")\n")
    yield tamed("text-script", b"fetch('http://127.0.0.1/'); // a text all the same\n")
    yield unsure("eicar", EICAR)


def _names() -> Iterator[Case]:
    good = picture("JPEG", 40)
    names = (
        "../../../../etc/passwd",
        "..\\..\\windows\\x.jpg",
        "photo.jpg.exe",
        "photo.jpg\x00.exe",
        "CON",
        "a" * 250 + ".jpg",
        "\u202egpj.exe",
        '"; filename="evil.html',
        "a\r\nSet-Cookie: x=y.jpg",
        "<script>alert(1)</script>.png",
        ".htaccess",
        "photo.php",
        " ",
        "%2e%2e%2f%2e%2e%2f",
        "file.svg",
    )
    for nth, name in enumerate(names):
        yield Case(f"name-{nth}", good, accepted=True, file_name=name)
    yield Case("name-of-5000", good, accepted=True, either=True, file_name="a" * 5_000)
