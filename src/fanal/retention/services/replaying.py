"""The list of what was erased, outside the database: a restored backup forgets again what it still knew.

A file of JSON Lines. The first line says what it is; each further one is a subject, a random number, and the moment;
the last one says how many there were and the SHA-256 of all lines before it, so that a list that was cut short or
changed is refused before anything is done.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fanal.access.services import as_clockwork
from fanal.errors import Invalid
from fanal.retention.models import Erased
from fanal.retention.services.erasing import destroy

FORMAT = "fanal-erased"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Gone:
    """A subject of the vault whose key was destroyed, and when."""

    subject_id: UUID
    at: datetime


def erased_subjects(since: datetime | None = None) -> Iterator[Gone]:
    """Every subject that was erased, the first one first; `since`: from that moment on."""
    rows = Erased.objects.order_by("erased_at", "subject_id")
    if since is not None:
        rows = rows.filter(erased_at__gte=since)
    for subject, at in rows.values_list("subject_id", "erased_at").iterator():
        yield Gone(subject, at)


def write_erased(out: TextIO, since: datetime | None = None) -> int:
    """Write the list as a file; returns how many subjects stand in it."""
    digest, count = hashlib.sha256(), 0
    for line in _lines(since):
        out.write(line)
        digest.update(line.encode())
        count += 1
    out.write(json.dumps({"subjects": count - 1, "sha256": digest.hexdigest()}) + "\n")
    return count - 1


def _lines(since: datetime | None) -> Iterator[str]:
    yield json.dumps({"format": FORMAT, "version": VERSION}) + "\n"
    for gone in erased_subjects(since):
        yield json.dumps({"subject": str(gone.subject_id), "at": gone.at.isoformat()}) + "\n"


def replay(lines: Iterable[str]) -> int:
    """Erase again what stands on a list, in one transaction; returns how many keys were destroyed now.

    Twice changes nothing. Refused with `Invalid` `erased_list` before anything is done: another format, a line that
    cannot be read, a list that was cut short or changed.
    """
    found = _read(lines)
    with transaction.atomic(), as_clockwork():
        return sum(destroy((gone.subject_id,), gone.at) for gone in found)


def _read(lines: Iterable[str]) -> list[Gone]:
    digest, found = hashlib.sha256(), list[Gone]()
    try:
        rows = iter(lines)
        head = next(rows)
        digest.update(head.encode())
        if json.loads(head) != {"format": FORMAT, "version": VERSION}:
            raise ValueError(head)
        for line in rows:
            values = json.loads(line)
            if "subject" not in values:
                if values != {"subjects": len(found), "sha256": digest.hexdigest()} or next(rows, None):
                    raise ValueError(line)
                return found
            found.append(Gone(UUID(values["subject"]), datetime.fromisoformat(values["at"])))
            digest.update(line.encode())
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise _unreadable() from error
    raise _unreadable()


def _unreadable() -> Invalid:
    return Invalid("erased_list", _("This list of erased persons is not whole, or of another kind."))
