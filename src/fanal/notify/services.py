"""Outgoing messages: written with the act, mailed once, to every member of the unit in her language."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from fanal.access import queries as access
from fanal.documents.rules import forbidden_words
from fanal.notify.models import Message


def tell(*, unit_ids: Iterable[int], kind: str, reference: str, at: datetime) -> None:
    """Note, in the caller's transaction, that a file's reference waits for these units; mailed after the commit."""
    tell_each(waiting=[(unit_id, reference) for unit_id in unit_ids], kind=kind, at=at)


def tell_each(*, waiting: Iterable[tuple[int, str]], kind: str, at: datetime) -> None:
    """As `tell`, for several files: (unit id, reference) each."""
    Message.objects.bulk_create(
        Message(unit_id=unit_id, kind=kind, reference=reference, created_at=at)
        for unit_id, reference in waiting
    )


def mark_sent() -> int:
    """Empty the outbox without mailing: a past that is told afterwards wakes nobody. Returns how many messages."""
    return Message.objects.filter(sent_at__isnull=True).update(sent_at=F("created_at"))


def deliver(*, at: datetime) -> int:
    """Mail what waits, one message a member and unit; returns how many messages left the outbox.

    Rows are locked and marked in the transaction that mails them: two workers never send the same one, and what the
    mail server refuses stays in the outbox for the next round (the error rises).
    """
    with transaction.atomic():
        waiting = defaultdict(list)
        for row in Message.objects.select_for_update(skip_locked=True).filter(sent_at__isnull=True)[:2000]:
            waiting[row.unit_id].append(row)
        recipients = access.recipients(set(waiting), timezone.localdate(at))
        mails = [
            _mail(address, language, [row.reference for row in waiting[unit_id]])
            for unit_id, people in recipients.items()
            for address, language in people
        ]
        if mails:
            get_connection().send_messages(mails)
        ids = [row.id for rows in waiting.values() for row in rows]
        return Message.objects.filter(pk__in=ids).update(sent_at=at)


def _mail(address: str, language: str, references: list[str]) -> EmailMessage:
    with override(language):
        subject = _("Fanal: something waits for you")
        count = len(references)
        body = "\n\n".join(
            (
                ngettext(
                    "%(count)d thing waits for your service.",
                    "%(count)d things wait for your service.",
                    count,
                )
                % {"count": count},
                ", ".join(dict.fromkeys(filter(None, references))) if count <= 20 else "",
                _("Log in to see it: %(address)s") % {"address": settings.FANAL_URL},
                _("This message names nobody on purpose. Do not answer it."),
            )
        )
    found = forbidden_words(subject + body)
    if found:
        raise ValueError(f"an outgoing message carries a word that it must not carry ({len(found)} found)")
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
