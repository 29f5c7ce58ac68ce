"""The file of a backup: parts in an order, encrypted by age (age-encryption.org/v1) while they are written.

Inside the encryption stand parts one after the other: a line of JSON `{"part": name}`, then pieces of four bytes of
length (big endian) and content, closed by a piece of length 0. The last part is `end`: a stream without it is not
whole. age authenticates each 64 KiB and the end of the stream, so a flipped byte or a cut file never reads as whole.

Encryption runs in a thread between a pipe and the file: what is clear exists in memory only.
"""

import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

import pyrage

from fanal.config.commands.console import Tell
from fanal.config.durability.faults import BadArchive
from fanal.database.errors import DatabaseFault

PIECE = 1 << 16
MEGABYTE = 1_000_000
END = "end"
_LONGEST_LINE = 1024


def recipients(keys: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    """The public keys (`age1…`) that will open the file. Refused with `DatabaseFault`: none, or one that is no key."""
    if not keys:
        raise DatabaseFault("Name at least one --recipient: the public key (age1…) of who keeps the backups.")
    try:
        return [pyrage.x25519.Recipient.from_str(key.strip()) for key in keys]
    except pyrage.RecipientError as problem:
        raise DatabaseFault(
            f"A recipient is no public key of age ({problem}). It begins with age1; `age-keygen -y KEYFILE` shows it."
        ) from problem


def identities(keyfile: Path) -> list[pyrage.x25519.Identity]:
    """The secret keys in a file as age-keygen writes it. Refused with `DatabaseFault`: unreadable, or without a key."""
    try:
        lines = [line.strip() for line in keyfile.read_text().splitlines()]
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as problem:
        raise DatabaseFault(f"{keyfile} holds no secret key of age: {problem}") from problem
    if not keys:
        raise DatabaseFault(
            f"{keyfile} holds no secret key of age (a line that begins with AGE-SECRET-KEY-1)."
        )
    return keys


@contextmanager
def sealed_file(path: Path, to: Sequence[pyrage.x25519.Recipient]) -> Iterator[BinaryIO]:
    """A stream whose content arrives encrypted in `path`, under its name only once it is whole and on the disk.

    Refused with `DatabaseFault`: a file that exists, a disk that is full. What was half written is removed.
    """
    if path.exists():
        raise DatabaseFault(f"{path} exists; a backup never writes over another one.")
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0
        ) as file:
            with _through(lambda pipe: _encrypt(pipe, file, to), writing=True) as clear:
                yield clear
            os.fsync(file.fileno())
        draft.rename(path)
        _sync_folder(path.parent)
    except OSError as problem:
        raise DatabaseFault(
            f"{path} could not be written: {problem.strerror or problem}. Nothing was kept of it."
        ) from problem
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def opened_file(
    path: Path, keys: Sequence[pyrage.x25519.Identity], read: Callable[[int], None] = lambda _: None
) -> Iterator[BinaryIO]:
    """The clear content of `path` as a stream; `read` is told how many bytes of the file were used so far.

    Refused with `BadArchive`, when the stream is left at the latest: another key, a damaged or a cut file. What was
    read before is authentic, but must not count as whole until this block was left.
    """
    with path.open("rb", buffering=0) as file:
        source = _Counted(file, read)
        with _through(lambda pipe: _decrypt(source, pipe, keys, path), writing=False) as clear:
            yield clear


class Writer:
    """Writes parts into a stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def part(self, name: str, pieces: Iterator[bytes]) -> None:
        self._stream.write(json.dumps({"part": name}).encode() + b"\n")
        for piece in pieces:
            if piece:
                self._stream.write(len(piece).to_bytes(4) + piece)
        self._stream.write(bytes(4))

    def end(self) -> None:
        self.part(END, iter(()))


def parts(stream: BinaryIO) -> Iterator[tuple[str, Iterator[bytes]]]:
    """(name, pieces) of each part in order; what is left unread of one is skipped. `BadArchive`: no such stream."""
    while True:
        line = stream.readline(_LONGEST_LINE)
        try:
            name = str(json.loads(line)["part"])
        except (ValueError, KeyError, TypeError) as problem:
            raise BadArchive(
                "This is no whole backup of Fanal: a part is missing or unreadable."
            ) from problem
        pieces = _pieces(stream)
        if name == END:
            _drain(pieces)
            if stream.read(1):
                raise BadArchive("This backup goes on after its end.")
            return
        yield name, pieces
        _drain(pieces)


def megabytes(total: int, label: str, tell: Tell) -> Callable[[int], None]:
    """Tells of bytes done out of about so many, once for each megabyte."""
    shown = -1

    def done(size: int) -> None:
        nonlocal shown
        if size // MEGABYTE > shown:
            shown = size // MEGABYTE
            tell(f"{label} (MB)", shown, max(shown, total // MEGABYTE))

    return done


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """A stream in pieces."""
    while piece := stream.read(PIECE):
        yield piece


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while size := int.from_bytes(_exactly(stream, 4)):
        yield _exactly(stream, size)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise BadArchive("This backup was cut: it ends in the middle of a part.")
    return found


def _drain(pieces: Iterator[bytes]) -> None:
    for _ in pieces:
        pass


@contextmanager
def _through(work: Callable[[BinaryIO], None], *, writing: bool) -> Iterator[BinaryIO]:
    """Our end of a pipe whose other end `work` holds in a thread. Its fault is ours, and comes first."""
    reading_end, writing_end = os.pipe()
    ours = os.fdopen(writing_end, "wb") if writing else os.fdopen(reading_end, "rb")
    theirs = os.fdopen(reading_end, "rb") if writing else os.fdopen(writing_end, "wb")
    faults: list[BaseException] = []

    def run() -> None:
        try:
            with theirs:
                work(theirs)
        except BaseException as fault:
            faults.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    left_early = True
    try:
        yield cast(BinaryIO, ours)
        left_early = False
    except (BrokenPipeError, BadArchive):
        # The other end broke and knows why, or the stream ended early because of it; unless it broke because of us.
        _close(ours)
        thread.join()
        if faults and not isinstance(faults[0], BrokenPipeError):
            raise faults[0] from None
        raise
    finally:
        _close(ours)
        thread.join()
    if faults and not left_early:
        raise faults[0]


def _close(stream: BinaryIO | object) -> None:
    with suppress(BrokenPipeError):
        cast(BinaryIO, stream).close()


def _encrypt(pipe: BinaryIO, file: BinaryIO, to: Sequence[pyrage.x25519.Recipient]) -> None:
    target = _Faithful(file)
    try:
        pyrage.encrypt_io(pipe, target, list(to))
    except Exception as problem:
        raise (target.fault or problem) from None


def _decrypt(source: "_Counted", pipe: BinaryIO, keys: Sequence[pyrage.x25519.Identity], path: Path) -> None:
    target = _Faithful(pipe)
    try:
        pyrage.decrypt_io(source, target, list(keys))
    except pyrage.DecryptError as problem:
        raise BadArchive(
            f"{path} does not open with this key ({problem}): it was encrypted to another one, or its head is damaged."
        ) from None
    except Exception as problem:
        if target.fault is not None:
            raise target.fault from None
        raise BadArchive(f"{path} is damaged or cut: what it holds is not authentic ({problem}).") from None


class _Faithful:
    """A target that writes all it is given, and remembers which fault kept it from that: age only tells its text."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.fault = file, cast(OSError | None, None)

    def write(self, data: bytes) -> int:
        left = memoryview(data)
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError as fault:
            self.fault = fault
            raise
        return len(data)

    def flush(self) -> None:
        self._file.flush()


class _Counted:
    def __init__(self, file: BinaryIO, told: Callable[[int], None]) -> None:
        self._file, self._told, self._done = file, told, 0

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(size)
        self._done += len(found)
        self._told(self._done)
        return found


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
