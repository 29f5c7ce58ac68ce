"""Handing the trace out to be checked by others: exports by the operator, statements for a witness."""

import base64
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from fanal.audit.models import Seal, Stamp
from fanal.audit.rules.exports import FIELDS, FORMAT
from fanal.audit.rules.statements import Signed, Unreadable, public_text
from fanal.audit.rules.tree import unpacked
from fanal.audit.services.sealing import as_signed, public_half
from fanal.audit.verify.reading import witnessed
from fanal.errors import Invalid, Refusal

CHUNK = 5_000
"""Lines that are fetched at once."""

_LINES = """
SELECT CASE WHEN e.id IS NULL THEN 'null' ELSE audit_canonical(e) END
FROM audit_sealed d LEFT JOIN audit_entry e ON e.id = d.entry_id
WHERE d.position >= %s AND d.position < %s ORDER BY d.position
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: lines from position `first` on, statements, time stamps."""

    first: int
    rows: int
    statements: int
    stamps: int


def export(
    *,
    to: Path,
    at: datetime,
    begins: datetime | None = None,
    ends: datetime | None = None,
    using: str = "owner",
) -> Exported:
    """Write the sealed lines, with what verifies them, to a new file that only its owner reads.

    Whole statements are exported: those made from `begins` to `ends` (aware; None: no bound). Runs on the connection
    of the owner, who alone reads the whole trace; the file is there when it is whole or not at all. Refused with
    `Invalid`: `file_exists`, `nothing_sealed` when no statement was made in that time.
    """
    if to.exists():
        raise Invalid("file_exists", f"{to} exists already; an export replaces nothing.")
    with transaction.atomic(using=using), _draft(to) as draft:
        seals = Seal.objects.using(using).order_by("number")
        everything = list(seals)
        chosen = [
            row for row in everything if (not begins or row.at >= begins) and (not ends or row.at <= ends)
        ]
        if not chosen:
            raise Invalid("nothing_sealed", "Nothing was sealed in that time.")
        before = next((row for row in everything if row.number == chosen[0].number - 1), None)
        stamps = list(Stamp.objects.using(using).filter(number__in=[row.number for row in chosen]))
        first, last = before.size if before else 0, chosen[-1].size
        head = {
            "format": FORMAT,
            "fields": FIELDS,
            "key": public_text(public_half()),
            "made": at.isoformat(),
            "first": first,
            "rows": last - first,
            "seals": len(chosen),
            "stamps": len(stamps),
            "to_the_end": chosen[-1] is everything[-1],
            "before": json.loads(_line(before)) if before else None,
            "peaks": [peak.hex() for peak in unpacked(bytes(before.peaks))] if before else [],
        }
        draft.write(json.dumps(head) + "\n")
        draft.writelines(_line(row) + "\n" for row in chosen)
        draft.writelines(_stamp(row) + "\n" for row in sorted(stamps, key=lambda row: row.number))
        rows = 0
        for lines in _lines(connections[using], first, last):
            draft.writelines(lines)
            rows += len(lines)
        draft.write(json.dumps({"end": FORMAT, "rows": rows}) + "\n")
    return Exported(first, rows, len(chosen), len(stamps))


@contextmanager
def _draft(to: Path) -> Iterator[TextIO]:
    """A file beside `to` that takes its name when the block ends well, and disappears when it does not."""
    descriptor, name = tempfile.mkstemp(dir=to.parent, prefix=".export-")  # mkstemp makes it 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(name, to)  # unlike rename, replaces nothing
    finally:
        os.unlink(name)


def _lines(connection: BaseDatabaseWrapper, first: int, last: int) -> Iterator[list[str]]:
    """The canonical text of each line, in chunks; never all of them in memory."""
    with connection.connection.cursor(name="trace") as cursor:
        cursor.execute(_LINES, [first, last])
        while rows := cursor.fetchmany(CHUNK):
            yield [f"{text}\n" for (text,) in rows]


def _line(row: Seal) -> str:
    return Signed(None, row.text, bytes(row.signature)).line()  # type: ignore[arg-type]


def _stamp(row: Stamp) -> str:
    return json.dumps({"number": row.number, "stamp": base64.b64encode(bytes(row.token)).decode()})


def witness(*, path: Path) -> tuple[int, int]:
    """Append to a witness file the statements that it does not hold yet: (how many, how many it holds now).

    Refused with `Refusal` (`forked`) where the file holds another statement than this log does, or more of them:
    then one of the two was written anew, and the file is left as it is. With `Invalid` (`not_a_witness`).
    """
    try:
        held = witnessed(path.read_text("utf-8").splitlines(), path.name) if path.exists() else []
    except Unreadable as problem:
        raise Invalid("not_a_witness", str(problem)) from problem
    last = max(held, key=lambda each: each.statement.number, default=None)
    rows = Seal.objects.order_by("number").filter(number__gte=last.statement.number if last else 1)
    ours = [as_signed(row) for row in rows]
    if last is not None:
        _demand_same(last, ours)
    new = ours[1:] if last else ours
    with path.open("a", encoding="utf-8") as file:
        file.writelines(signed.line() + "\n" for signed in new)
        file.flush()
        os.fsync(file.fileno())
    return len(new), len(held) + len(new)


def _demand_same(last: Signed, ours: Sequence[Signed]) -> None:
    """The last statement names the one before by its hash, and so on: where it is the same, all of them are."""
    number = last.statement.number
    if not ours:
        raise Refusal("forked", f"The witness holds statement {number}; this log ends before it.")
    if ours[0].text != last.text:
        raise Refusal("forked", f"The witness holds another statement {number} than this log does.")
