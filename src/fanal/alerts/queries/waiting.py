"""What waits for a service because of alerts, and what it waits for."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Literal

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.access.services import Level
from fanal.alerts.models import Alert, State, Transmission
from fanal.alerts.queries.facts import ground_of
from fanal.alerts.queries.lists import pending
from fanal.country import queries as country
from fanal.country.rules import due_at
from fanal.country.schema import Law
from fanal.directory import queries as directory
from fanal.web.waiting import Waiting

Book = Callable[[date], Law]
MOST = 100
"""Lines of each kind; beyond, the list of alerts says more than a home page can."""


def waiting(by: Member, at: datetime) -> tuple[Waiting, ...]:
    """Receipts to confirm, duties to fulfil and alerts without outcome; and receipts that others owe.

    Six queries, whatever the number of lines.
    """
    book = country.book()
    return (*_receipts(by, at, book), *_own_alerts(by, at, book))


def _ground(row: Transmission, book: Book, by: Member) -> str:
    return ground_of(row, book(timezone.localdate(row.sent_at)), by.language)


def _url(reference: str) -> str:
    return reverse("alerts:alert", args=[reference])


def _receipt_url(reference: str) -> str:
    """For a unit that may know of the alert and not read it."""
    return reverse("alerts:receipt", args=[reference])


def _state(due_at: datetime, at: datetime) -> Literal["late", "week", "waiting"]:
    return "late" if due_at < at else "week"


def _receipts(by: Member, at: datetime, book: Book) -> Iterator[Waiting]:
    """Two queries, each along its own index: what others owe never crowds out what the unit itself owes."""
    ours = pending(by).filter(to_unit_id=by.unit_id).order_by("due_at")[:MOST]
    theirs = pending(by).filter(from_unit_id=by.unit_id).order_by("due_at")[:MOST]
    rows = [*ours, *theirs]
    names = directory.labels(
        {row.to_unit_id for row in rows} | {row.from_unit_id for row in rows}, by.language
    )
    for row in rows:
        to_me = row.to_unit_id == by.unit_id
        other = names.get(row.from_unit_id if to_me else row.to_unit_id, "")
        yield Waiting(
            reference=row.reference,
            url=_url(row.reference) if row.level == Level.READ else _receipt_url(row.reference),
            act=_("Confirm that you have this alert") if to_me else _("Receipt to be confirmed"),
            due_at=row.due_at,
            reason=(
                (_("Sent by %(unit)s. %(ground)s") if to_me else _("%(unit)s must confirm. %(ground)s"))
                % {"unit": other, "ground": _ground(row, book, by)}
            ).strip(),
            state=_state(row.due_at, at) if to_me else "waiting",
        )


def _own_alerts(by: Member, at: datetime, book: Book) -> Iterator[Waiting]:
    """Open alerts of the unit: with duties left, or with everything done and no outcome yet."""
    required = len(book(timezone.localdate(at)).duties(by.unit_kind))
    rows = (
        visible(Alert, by)
        .filter(owner_unit_id=by.unit_id, state=State.OPEN)
        .annotate(
            done=Count("duties_done", distinct=True),
            silent=Count("transmissions", filter=Q(transmissions__acknowledged_at=None), distinct=True),
        )
        .filter(Q(done__lt=required) | Q(silent=0))
        .order_by("recorded_at")
        .values_list("reference", "recorded_at", "done", named=True)[:MOST]
    )
    for row in rows:
        law = book(timezone.localdate(row.recorded_at))
        duties = law.duties(by.unit_kind)
        if row.done < len(duties):
            ends = [
                due_at(law.term(duty.term), timezone.localtime(row.recorded_at), law.calendar)
                for duty in duties
            ]
            yield _duties_left(row.reference, min(ends), len(duties) - row.done, duties[0].legal_basis, at)
        else:
            yield _outcome_missing(row.reference)


def _duties_left(reference: str, due_at: datetime, left: int, legal_basis: str, at: datetime) -> Waiting:
    return Waiting(
        reference=reference,
        url=_url(reference),
        act=ngettext("Fulfil %(n)d duty at detection", "Fulfil %(n)d duties at detection", left)
        % {"n": left},
        due_at=due_at,
        reason=legal_basis,
        state=_state(due_at, at),
    )


def _outcome_missing(reference: str) -> Waiting:
    return Waiting(
        reference=reference,
        url=_url(reference),
        act=_("Give this alert its outcome"),
        due_at=None,
        reason=_("Every service that was told has it. No alert stays without an account."),
        state="week",
    )
