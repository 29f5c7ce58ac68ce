"""Who else has a seat: a centre gives its own to another, a partner is shown the dates."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import services as access
from fanal.access.models import Grant, Level
from fanal.access.queries import visible
from fanal.access.rules import Member, Permission, Role, somebody_may
from fanal.access.services import Opening
from fanal.audit.services import Verb
from fanal.directory import queries as directory
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.ids import new_id
from fanal.protection.models import Procedure
from fanal.protection.queries.words import BARS
from fanal.protection.rules.facts import Kind
from fanal.protection.rules.moves import Bar
from fanal.protection.services.cases import unit_for
from fanal.protection.services.writing import append, begin, finish


@transaction.atomic
def hand_over(
    *,
    by: Member,
    reference: str,
    to_unit_id: int,
    consent: bool,
    on: date | None = None,
    at: datetime,
    version: int | None = None,
) -> str:
    """Give the centre's seat in a procedure to another centre, with the person's consent; the Office is told.

    From that moment the old centre stands outside, so only the reference comes back. Refused: `NotFound`, `Stale`,
    `NotAllowed` `not_your_seat`, `ended`, `owner_cannot_hand_over` (no residence document: refer the person instead),
    `Invalid` `unknown_unit`, `own_unit`, `consent`, `unit_closed`.
    """
    act = begin(by=by, reference=reference, on=on, at=at, version=version, back=True)
    row = act.row
    if by.unit_id != row.centre_unit_id:
        raise NotAllowed("not_your_seat", _("Only the centre that accompanies the person hands it over."))
    if act.owns:
        words = _("This file is your own: refer the person to the other centre instead.")
        raise Refusal("owner_cannot_hand_over", words)
    if act.stand.ended:
        raise Refusal("ended", BARS[Bar.ENDED])
    receiver = unit_for(to_unit_id, Role.CENTRE_WORKER, timezone.localdate(at), field="to_unit")
    if receiver.id == by.unit_id or receiver.kind != by.unit_kind:
        raise Invalid("own_unit", _("Choose another centre."), field="to_unit")
    if not consent:
        raise Invalid("consent", _("The person agrees to it, or it does not happen."), field="consent")
    append(act, Kind.HANDED_OVER, data={"from": by.unit_id, "to": receiver.id})
    row.centre_unit_id = receiver.id
    act.told.add(receiver.id)
    finish(act, "protection.hand_over", verb=Verb.DISCLOSE, facts={"to": receiver.id})
    _give_seat(row, receiver.id, by, at)
    return row.reference


def _give_seat(row: Procedure, receiver: int, by: Member, at: datetime) -> None:
    """The grant moves in the database, which lets its holder do this one thing and no other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT protection_hand_over(%s, %s, %s, %s, %s, %s)",
            [row.compartment_id, receiver, new_id(), by.person_id, at, timezone.localdate(at)],
        )


@transaction.atomic
def show_dates(
    *,
    by: Member,
    reference: str,
    to_unit_id: int,
    until: date | None = None,
    at: datetime,
    version: int | None = None,
) -> Procedure:
    """Let a partner know the dates of a procedure, and nothing of the file; shown twice is shown once.

    Refused: `NotFound`, `Stale`, `NotAllowed` `not_yours_to_decide`, `Invalid` `day_past`, `unknown_unit`, `own_unit`.
    """
    act = begin(by=by, reference=reference, on=None, at=at, version=version)
    if not act.owns:
        raise NotAllowed(
            "not_yours_to_decide", _("Only the service that owns this file may open it to another.")
        )
    if until is not None and until < act.on:
        raise Invalid("day_past", _("This day is already past."), field="until")
    try:
        unit = directory.unit(to_unit_id)
    except NotFound:
        raise Invalid("unknown_unit", _("Choose one of the services."), field="to_unit") from None
    if unit.id == by.unit_id or not somebody_may(unit.roles, Permission.DEADLINES_READ):
        raise Invalid("own_unit", _("Choose another service, one in which people work."), field="to_unit")
    if (
        visible(Grant, by)
        .filter(compartment_id=act.row.compartment_id, unit_id=unit.id, applied=True)
        .exists()
    ):
        return act.row
    openings = [Opening(unit.id, Level.EXISTS, "decide_residence", "protection.dates", valid_to=until)]
    access.grant(by=by, compartment=act.row.compartment, openings=openings, at=at)
    return finish(act, "protection.show_dates", verb=Verb.DISCLOSE, facts={"to": unit.id})


@transaction.atomic
def hide_dates(*, by: Member, reference: str, grant: UUID, at: datetime) -> Procedure:
    """Stop showing the dates to a partner; twice changes nothing. Refused: `NotFound`, `NotAllowed`, and a seat that
    is not one of dates only (`NotFound`)."""
    act = begin(by=by, reference=reference, on=None, at=at, version=None)
    found = (
        visible(Grant, by).filter(pk=grant, compartment_id=act.row.compartment_id, level=Level.EXISTS).first()
    )
    if found is None:
        raise NotFound
    access.revoke(by=by, grant=found, at=at)
    return finish(act, "protection.hide_dates", facts={"unit": found.unit_id})
