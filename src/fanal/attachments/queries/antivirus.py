"""Asking clamd over its own protocol (clamd(8): zVERSION, zINSTREAM), with a limit on every wait."""

import socket
import struct
import time
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

_PIECE = 64 * 1024
CONNECT = 3.0
SCAN = 60.0
"""Seconds until it must be there, and until it must have answered about one file."""
_LONGEST_ANSWER = 4096


class Verdict(StrEnum):
    """What the antivirus says of a file. `OFF`: there is none."""

    OFF = "off"
    CLEAN = "clean"
    FOUND = "found"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Antivirus:
    """Whether an antivirus is configured, whether it answers, and as what."""

    configured: bool
    answers: bool
    version: str = ""


def antivirus_state() -> Antivirus:
    """What an operator must know; waits at most `CONNECT` seconds."""
    if not settings.FANAL_CLAMD:
        return Antivirus(configured=False, answers=False)
    try:
        version = _ask(b"zVERSION\0", b"", CONNECT)
    except OSError:
        return Antivirus(configured=True, answers=False)
    return Antivirus(configured=True, answers=version.startswith("ClamAV"), version=version[:80])


def scan(data: bytes) -> Verdict:
    """What it says of these bytes. Whatever is no clear answer (late, cut short, an error of its own) is `SILENT`."""
    if not settings.FANAL_CLAMD:
        return Verdict.OFF
    try:
        answer = _ask(b"zINSTREAM\0", data, SCAN)
    except OSError:
        return Verdict.SILENT
    if answer == "stream: OK":
        return Verdict.CLEAN
    return Verdict.FOUND if answer.startswith("stream: ") and answer.endswith(" FOUND") else Verdict.SILENT


def _ask(command: bytes, data: bytes, seconds: float) -> str:
    limit = time.monotonic() + seconds
    with _connected() as line:
        _send(line, command, limit)
        if command == b"zINSTREAM\0":
            for at in range(0, len(data), _PIECE):
                piece = data[at : at + _PIECE]
                _send(line, struct.pack(">I", len(piece)) + piece, limit)
            _send(line, struct.pack(">I", 0), limit)
        return _heard(line, limit)


def _connected() -> socket.socket:
    """`unix:/run/clamav/clamd.ctl` or `tcp://host:3310`."""
    address = urlsplit(settings.FANAL_CLAMD)
    if address.scheme == "tcp":
        return socket.create_connection((address.hostname or "", address.port or 3310), CONNECT)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(CONNECT)
    try:
        line.connect(address.path)
    except OSError:
        line.close()
        raise
    return line


def _send(line: socket.socket, data: bytes, limit: float) -> None:
    line.settimeout(max(limit - time.monotonic(), 0.001))
    line.sendall(data)


def _heard(line: socket.socket, limit: float) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        line.settimeout(max(limit - time.monotonic(), 0.001))
        more = line.recv(1024)
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
