"""Outgoing messages: written with the act, mailed once, to every member of the unit in her language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from icalendar import Calendar, vCalAddress

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


def invite(
    *,
    unit_id: int,
    membership_ids: Iterable[UUID] = (),
    kind: str,
    reference: str,
    calendar: bytes,
    at: datetime,
) -> None:
    """As `tell`, with a date for the calendar (RFC 5546): to these persons of the unit, or without any to all of it.

    Each receives it in a mail of her own, with herself as the one who is invited. The calendar says no more than a
    mail may: deliver refuses a forbidden word in it.
    """
    persons: list[UUID | None] = list(membership_ids) or [None]
    Message.objects.bulk_create(
        Message(
            unit_id=unit_id,
            membership_id=one,
            kind=kind,
            reference=reference,
            created_at=at,
            calendar=calendar.decode(),
        )
        for one in persons
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
        waiting: defaultdict[int, list[Message]] = defaultdict(list)
        invitations: list[Message] = []
        for row in Message.objects.select_for_update(skip_locked=True).filter(sent_at__isnull=True)[:2000]:
            (invitations if row.calendar else waiting[row.unit_id]).append(row)
        units = {*waiting, *(row.unit_id for row in invitations)}
        recipients = access.recipients(units, timezone.localdate(at))
        mails = [
            _mail(address, language, [row.reference for row in waiting[unit_id]])
            for unit_id, people in recipients.items()
            for address, language in people
            if waiting.get(unit_id)
        ]
        mails += _invitations(invitations, recipients, timezone.localdate(at))
        if mails:
            get_connection().send_messages(mails)
        ids = [row.id for row in (*invitations, *(row for rows in waiting.values() for row in rows))]
        return Message.objects.filter(pk__in=ids).update(sent_at=at)


def _invitations(
    rows: Iterable[Message], by_unit: Mapping[int, list[tuple[str, str]]], on: date
) -> list[EmailMessage]:
    rows = list(rows)
    named = access.reached({row.membership_id for row in rows if row.membership_id}, on)
    return [
        _invitation(address, language, row)
        for row in rows
        for address, language in (
            named.get(row.membership_id, []) if row.membership_id else by_unit.get(row.unit_id, [])
        )
    ]


def _invitation(address: str, language: str, row: Message) -> EmailMessage:
    with override(language):
        body = "\n\n".join(
            (
                _("This message holds a date for your calendar, or its cancellation: %(reference)s.")
                % {"reference": row.reference},
                _("Log in to see it: %(address)s") % {"address": settings.FANAL_URL},
                _("This message names nobody on purpose. Do not answer it."),
            )
        )
    calendar = Calendar.from_ical(row.calendar)
    for event in calendar.walk("VEVENT"):
        event.add("attendee", vCalAddress(f"mailto:{address}"), parameters={"RSVP": "FALSE"})
    text = calendar.to_ical().decode()
    _demand_discreet(f"{row.reference} {body} {row.calendar}")
    mail = EmailMultiAlternatives(f"Fanal: {row.reference}", body, settings.DEFAULT_FROM_EMAIL, [address])
    mail.attach_alternative(text, f"text/calendar; method={calendar['method']}")
    return mail


def _demand_discreet(text: str) -> None:
    found = forbidden_words(text)
    if found:
        raise ValueError(f"an outgoing message carries a word that it must not carry ({len(found)} found)")


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
    _demand_discreet(subject + body)
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
