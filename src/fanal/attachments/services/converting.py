"""The worker's part: scan, read in the cage, keep what came out. No bytes are read anywhere else."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.access.context import set_units
from fanal.access.rules import CLOCKWORK_UNIT
from fanal.access.services import as_clockwork
from fanal.attachments.models import Attachment, Conversion, Part, Piece, State
from fanal.attachments.queries import Verdict, scan
from fanal.attachments.rules import MOST_TRIES, again_at
from fanal.attachments.services import pieces
from fanal.errors import NotFound
from fanal.notify import services as notify
from fanal.sandbox import cage

_BETWEEN = 0.5
"""Seconds between two notes of how far it is."""


def convert(*, attachment_id: UUID, at: datetime) -> State | None:
    """Scan and read one file that waits, and keep its copy and previews; None when nothing waits under this id.

    Done twice, or by two workers at once, it is done once. When this process dies, the sweep begins again. A file
    that the antivirus could not look at waits in quarantine; one in which it found something stays there. Raises
    `cage.NotConfined` on a machine that cannot lock the reader in; the file waits.
    """
    claimed = _claim(attachment_id, at)
    if claimed is None:
        return None
    try:
        row, data = _original(claimed)
    except NotFound:  # erased in the meantime
        return _end(claimed, State.REFUSED, code="unreadable")
    verdict = scan(data)
    if verdict in (Verdict.FOUND, Verdict.SILENT):
        return _quarantine(claimed, verdict, at)
    if claimed.tries > MOST_TRIES:
        return _end(claimed, State.REFUSED, code="too_heavy")
    try:
        made = cage.run(data, tell=_teller(claimed))
    except cage.NotConfined:
        _note(claimed, code="not_confined")
        raise
    scanned_at = at if verdict is Verdict.CLEAN else None
    if made.refused:
        return _end(claimed, State.REFUSED, code=made.refused, media=made.media, scanned_at=scanned_at)
    return _keep(claimed, row, made, scanned_at)


def sweep(*, at: datetime) -> int:
    """Begin again what a worker left, and what the antivirus could not look at; returns how many were read."""
    with as_clockwork():
        due = list(
            Conversion.objects.filter(due_at__lte=at)
            .order_by("due_at")
            .values_list("attachment_id", flat=True)[:20]
        )
    return sum(convert(attachment_id=attachment_id, at=at) is not None for attachment_id in due)


def _claim(attachment_id: UUID, at: datetime) -> Conversion | None:
    """Take it for a while: whoever comes meanwhile finds nothing that is due."""
    with as_clockwork():
        waiting = Conversion.objects.select_for_update(skip_locked=True)
        row = waiting.filter(attachment_id=attachment_id, due_at__lte=at).first()
        if row is not None:
            row.tries += 1
            row.due_at = again_at(at, row.tries)
            row.save(update_fields=["tries", "due_at"])
        return row


@contextmanager
def _in_its_name(claimed: Conversion) -> Iterator[None]:
    """One transaction in the name of the file's owner, and of the clockwork that keeps the state."""
    with transaction.atomic():
        set_units([claimed.unit_id, CLOCKWORK_UNIT])
        yield


def _original(claimed: Conversion) -> tuple[Attachment, bytes]:
    with _in_its_name(claimed):
        row = Attachment.objects.filter(pk=claimed.attachment_id).first()
        if row is None:
            raise NotFound
        own = Piece.objects.filter(attachment=row)
        return row, pieces.opened(row, pieces.key_of(row), Part.ORIGINAL, own)


def _keep(claimed: Conversion, row: Attachment, made: cage.Made, scanned_at: datetime | None) -> State:
    with _in_its_name(claimed):
        key = pieces.key_of(row)
        Piece.objects.filter(attachment=row).exclude(part=Part.ORIGINAL).delete()
        pieces.write(row, key, Part.COPY, made.copy)
        for page, picture in enumerate(made.previews, 1):
            pieces.write(row, key, Part.PREVIEW, picture, page=page)
        return _end(
            claimed, State.READY, media=made.media, pages=made.pages, previews=len(made.previews),
            removed=list(made.removed), scanned_at=scanned_at,
        )  # fmt: skip


def _end(claimed: Conversion, state: State, **found: object) -> State:
    """What is refused is not kept: its bytes go, and why stays."""
    if state is State.REFUSED:
        with _in_its_name(claimed):
            Piece.objects.filter(attachment_id=claimed.attachment_id).delete()
    _note(claimed, state=state, due_at=None, **{"code": "", **found})
    return state


def _quarantine(claimed: Conversion, verdict: Verdict, at: datetime) -> State:
    """Nobody reads it. The owner is told once; what could not be looked at is tried again."""
    code = "virus" if verdict is Verdict.FOUND else "not_scanned"
    if claimed.code != code:
        with as_clockwork():
            notify.tell(
                unit_ids=[claimed.unit_id], kind="attachments.quarantine", reference=claimed.reference, at=at
            )
    due_at = None if verdict is Verdict.FOUND else claimed.due_at
    # How often the antivirus was silent says nothing against the file.
    _note(
        claimed, state=State.QUARANTINED, code=code, due_at=due_at, tries=min(claimed.tries, MOST_TRIES - 1)
    )
    return State.QUARANTINED


def _note(claimed: Conversion, **values: object) -> None:
    with as_clockwork():
        Conversion.objects.filter(pk=claimed.pk).update(**values)


def _teller(claimed: Conversion) -> Callable[[str, int, int], None]:
    said = 0.0

    def tell(step: str, done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said >= _BETWEEN:
            said = time.monotonic()
            _note(claimed, step=step, done=min(done, 9999), total=min(total, 9999))

    return tell
