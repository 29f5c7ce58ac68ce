"""What leaves beside the answers: lines of the log, mails, metrics. None of it may say anything of a file."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core import mail
from django.test import Client, override_settings

from fanal.notify import services as notify
from fanal.notify.models import Message
from proofs.matrix.law import LEVELS
from proofs.matrix.world import World

MAILBOX = "django.core.mail.backends.locmem.EmailBackend"


class Heard(logging.Handler):
    """Every line of every logger, with its arguments."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.args!r} {record.exc_text or ''}")


@contextmanager
def heard() -> Iterator[Heard]:
    """What reaches the log of the house while the block runs: what the settings keep from it is not heard here."""
    handler, root = Heard(), logging.getLogger()
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)


def in_log(world: World, lines: list[str]) -> list[str]:
    """Canaries in the log: none at all may stand there, whosever they are."""
    return [f"seed={world.seed} LOG shows {canary}" for line in lines for canary in _found(world, line)]


def in_mails(world: World) -> list[str]:
    """What waits in the outbox, each line for a service that the file was sent to; then mail it and read the mails.

    The outbox is looked at too, because a mail about many files names none of them.
    """
    astray = [
        f"seed={world.seed} OUTBOX tells unit {unit} of {reference}"
        for unit, reference in Message.objects.values_list("unit_id", "reference")
        if reference.lower() in world.canaries.homes and not _was_told(world, reference.lower(), unit)
    ]
    with override_settings(EMAIL_BACKEND=MAILBOX):
        mail.outbox = []
        notify.deliver(at=world.at)
        units = {f"{name}@testland.example": member.unit_id for name, member in world.members.items()}
        return astray + [
            f"seed={world.seed} MAIL to {address} shows {canary}"
            for letter in mail.outbox
            for address in letter.to
            for canary in _found(world, f"{letter.subject}\n{letter.body}\n{letter.message().as_string()}")
            if not _was_told(world, canary, units[address])
        ]


def _was_told(world: World, canary: str, unit: int) -> bool:
    """Whether a service may read this in a mail: the reference of what it was sent, or the key by which an invitation
    names a paper of its own body."""
    for home in world.canaries.homes[canary]:
        file = world.ledger.files[home.file]
        if home.field == "reference" and file.relation(unit) != "foreign":
            return True
        if file.kind == "paper" and LEVELS.index(file.level(unit)) >= LEVELS.index(home.sight):
            return True
    return False


def in_metrics(world: World) -> list[str]:
    """What a scraper would read, where the house has metrics."""
    said = "".join(Client().get(path).content.decode() for path in ("/metrics", "/health/", "/ready/"))
    return [f"seed={world.seed} METRICS shows {canary}" for canary in _found(world, said)]


def _found(world: World, text: str) -> list[str]:
    return list(world.canaries.found_in(text.encode()))
