"""What waits for a member across the chain, and who looked at a file that is hers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from fanal.access import queries as access
from fanal.access.rules import Member, Permission
from fanal.alerts import queries as alerts
from fanal.audit import queries as audit
from fanal.audit.models import Entry
from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.protection import queries as protection
from fanal.referrals import queries as referrals
from fanal.web.cursors import Page, page
from fanal.web.waiting import Waiting

_SOURCES = (
    (Permission.ALERT_READ, alerts.waiting),
    (Permission.REFERRAL_READ, referrals.waiting),
    (Permission.DEADLINES_READ, protection.waiting),
)


def waiting(by: Member, at: datetime) -> list[Waiting]:
    """Everything that waits for the member's unit, or that it waits for, soonest first; only what the role may read."""
    found = [line for permission, source in _SOURCES if by.may(permission) for line in source(by, at)]
    return sorted(found, key=lambda line: (line.due_at is None, line.due_at, line.reference))


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the trace, in words."""

    at: datetime
    person: str
    unit: str
    verb: str
    act: str
    purpose: str
    reference: str


def trace(compartment_id: UUID, by: Member, cursor: str = "") -> tuple[Page[Entry], list[Look]]:
    """Who did what with a file, newest first, for a member of the unit that owns it; `NotFound` for anybody else."""
    wall = access.compartment_for(compartment_id, by)
    if wall.owner_unit_id != by.unit_id:
        raise NotFound
    rows = audit.looked_at(compartment_id=compartment_id, owner_unit_id=by.unit_id)
    found = page(rows, cursor=cursor, order="-at")
    return found, _in_words(found.items, by.language)


def _in_words(entries: Sequence[Entry], language: str) -> list[Look]:
    people = access.names_of({e.person_id for e in entries if e.person_id})
    units = directory.labels(audit.units_that_looked(entries), language)
    return [
        Look(
            at=e.at,
            person=people.get(e.person_id, _("the system")) if e.person_id else _("the system"),
            unit=units.get(e.unit_id, "") if e.unit_id else "",
            verb=str(e.get_verb_display()),
            act=e.act,
            purpose=e.purpose,
            reference=e.reference,
        )
        for e in entries
    ]
