"""What an act needs to know of an alert before it is done: no text, no person."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.alerts.models import Alert, Person, Transmission
from fanal.alerts.queries.facts import facts_of, ground_of
from fanal.alerts.queries.lists import Filters, Line, lines
from fanal.alerts.rules import Obstacle, Receipt, may_close
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.directory import queries as directory
from fanal.errors import NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class ReceiptAsked:
    """A transmission to the reader's unit, as it may know it even without reading the alert."""

    sender: str
    ground: str
    due_at: datetime
    acknowledged_at: datetime | None
    may_read: bool


def may_read(reference: str, by: Member) -> bool:
    """Whether the member's unit may open this alert."""
    return visible(Alert, by).filter(reference=reference).exists()


def line(reference: str, by: Member) -> Line:
    """One line of the list; `NotFound`."""
    found = lines(by, Filters(reference=reference), timezone.now())
    if not found:
        raise NotFound
    return found[0]


def owned_line(reference: str, by: Member) -> Line:
    """One line of the unit's own alerts: `NotFound` when not visible, `NotAllowed` when only read."""
    found = line(reference, by)
    if not found.is_mine:
        raise NotAllowed("not_owner", _("Only the service that recorded this alert may do that."))
    return found


def receipt(reference: str, by: Member) -> ReceiptAsked:
    """What the member's unit was sent under this reference; `NotFound`."""
    row = visible(Transmission, by).filter(reference=reference, to_unit_id=by.unit_id).first()
    if row is None:
        raise NotFound
    law = country.law(timezone.localdate(row.sent_at))
    return ReceiptAsked(
        sender=directory.labels([row.from_unit_id], by.language).get(row.from_unit_id, ""),
        ground=ground_of(row, law, by.language),
        due_at=row.due_at,
        acknowledged_at=row.acknowledged_at,
        may_read=may_read(reference, by),
    )


def obstacles(reference: str, by: Member, law: Law, at: datetime) -> tuple[Obstacle, ...]:
    """What stands in the way of closing a visible alert under a law; `NotFound`."""
    row = visible(Alert, by).defer("sealed").filter(reference=reference).first()
    if row is None:
        raise NotFound
    persons = visible(Person, by).filter(alert=row)
    sent = visible(Transmission, by).filter(alert=row).values_list("to_kind", "acknowledged_at")
    receipts = [Receipt(kind, acknowledged is not None) for kind, acknowledged in sent]
    return may_close(facts_of(row, persons, law, at), receipts, law)
