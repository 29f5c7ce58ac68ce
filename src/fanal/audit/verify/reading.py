"""Reading an export and a witness file, line by line, without trusting either."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from fanal.audit.rules.exports import FORMAT
from fanal.audit.rules.statements import Signed, Unreadable, read_line
from fanal.audit.rules.tree import Tree


@dataclass(frozen=True, slots=True)
class Head:
    """What an export says of itself. `before`: the statement before its first, where it does not begin at 0."""

    rows: int
    seals: int
    stamps: int
    to_the_end: bool
    before: Signed | None
    tree: Tree


@dataclass(slots=True)
class Export:
    """An export that is being read: head, statements and stamps at once, lines as they are asked for."""

    head: Head
    seals: list[Signed]
    stamps: dict[int, str]
    lines: Iterator[bytes] = field(repr=False)


def opened(file: BinaryIO, name: str) -> Export:
    """The export in this file. Raises `Unreadable`: empty, of another format, or cut off."""
    first = file.readline()
    if not first:
        raise Unreadable(f"{name} is empty.")
    head = _head(first, name)
    seals = [_signed(_line(file, name), name) for _nth in range(head.seals)]
    stamps = dict(_stamp(_line(file, name), name) for _nth in range(head.stamps))
    return Export(head, seals, stamps, _lines(file, head.rows, name))


def _head(line: bytes, name: str) -> Head:
    found = _json(line)
    if found.get("format") != FORMAT:
        raise Unreadable(f"{name} is not an export of the trace (its first line names no {FORMAT}).")
    try:
        before = found["before"]
        return Head(
            rows=int(found["rows"]),
            seals=int(found["seals"]),
            stamps=int(found["stamps"]),
            to_the_end=bool(found["to_the_end"]),
            before=read_line(json.dumps(before)) if before else None,
            tree=Tree(int(found["first"]), [bytes.fromhex(peak) for peak in found["peaks"]]),
        )
    except (KeyError, ValueError, TypeError) as problem:
        raise Unreadable(f"The first line of {name} cannot be read ({problem}).") from problem


def _json(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _line(file: BinaryIO, name: str) -> bytes:
    line = file.readline()
    if not line.endswith(b"\n"):
        raise Unreadable(f"{name} is cut off before its first line of the trace.")
    return line


def _signed(line: bytes, name: str) -> Signed:
    try:
        return read_line(line)
    except Unreadable as problem:
        raise Unreadable(f"A statement of {name} cannot be read: {problem}.") from problem


def _stamp(line: bytes, name: str) -> tuple[int, str]:
    found = _json(line)
    if not {"number", "stamp"} <= found.keys():
        raise Unreadable(f"A time stamp of {name} cannot be read.")
    return int(found["number"]), str(found["stamp"])


def _lines(file: BinaryIO, announced: int, name: str) -> Iterator[bytes]:
    """The lines of the trace without their line feed; the file must say itself that it ends."""
    count = 0
    for line in file:
        if line[:1] == b"{":
            if _json(line).get("end") == FORMAT:
                return
            break
        if line[-1:] != b"\n":
            break
        count += 1
        yield line[:-1]
    raise Unreadable(f"{name} is cut off: it announces {announced} lines and ends after {count}.")


def witness(path: Path) -> list[Signed]:
    """The statements of a witness file, in its order. Raises `Unreadable`: empty, or a line that is none."""
    return witnessed(path.read_text("utf-8", errors="replace").splitlines(), path.name)


def witnessed(lines: Iterable[str], name: str) -> list[Signed]:
    """As `witness`, from lines; blank ones and those that begin with # are for people."""
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            try:
                found.append(read_line(line))
            except Unreadable as problem:
                raise Unreadable(f"Line {number} of the witness file {name} is {problem}.") from problem
    if not found:
        raise Unreadable(f"The witness file {name} holds no statement.")
    return found
