"""Writing the reference tables: loading a pack without touching what people changed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction

from .models import Entry
from .rows import Row

_CHANGING = ("valid_to", "position", "labels", "value", "source", "to_verify", "closed")


@dataclass(frozen=True, slots=True)
class Report:
    """What loading did. `kept`: the pack says otherwise, but a person changed the row."""

    created: int = 0
    updated: int = 0
    closed: int = 0
    kept: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> bool:
        """Whether any row was created, updated or closed."""
        return bool(self.created or self.updated or self.closed)


@transaction.atomic
def store(rows: Iterable[Row], *, on: date) -> Report:
    """Make the reference table say what `rows` say, from `on`.

    A row is found by kind, code and first day. One that is no longer among `rows` is closed on the eve of `on`
    and never deleted; one that a person edited is left as it is. Doing it twice changes nothing.
    """
    wanted = {(row.kind, row.code, row.valid_from): asdict(row) | {"closed": False} for row in rows}
    present = {
        (entry.kind, entry.code, entry.valid_from): entry
        for entry in Entry.objects.select_for_update().order_by("id")
    }
    new = [Entry(**values) for key, values in wanted.items() if key not in present]
    updated: list[Entry] = []
    closed: list[Entry] = []
    kept = 0
    for key, entry in present.items():
        values = wanted.get(key) or _closing(entry, on)
        changes = {name: values[name] for name in _CHANGING if name in values}
        if all(getattr(entry, name) == value for name, value in changes.items()):
            continue
        if entry.edited_at is not None:
            kept += 1
            continue
        for name, value in changes.items():
            setattr(entry, name, value)
        (updated if key in wanted else closed).append(entry)
    if new:
        Entry.objects.bulk_create(new)
    if updated or closed:
        Entry.objects.bulk_update([*updated, *closed], _CHANGING)
    untouched = len(present) - len(updated) - len(closed) - kept
    return Report(len(new), len(updated), len(closed), kept, untouched)


def _closing(entry: Entry, on: date) -> dict[str, object]:
    """The last day is the eve, unless it came before; what had not begun is then never in force."""
    eve = on - timedelta(days=1)
    return {"valid_to": eve if entry.valid_to is None else min(entry.valid_to, eve), "closed": True}
