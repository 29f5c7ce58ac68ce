"""Lists of alerts: those the reader's unit may see, filtered, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.alerts.models import Alert, State, Transmission
from fanal.directory import queries as directory
from fanal.web import disclosure
from fanal.web.cursors import Page, page

ORDER = "-recorded_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list shows. Empty: everything. `side`: recorded by the reader's unit, or received from another."""

    state: Literal["", "open", "closed"] = ""
    form: str = ""
    side: Literal["", "mine", "received"] = ""
    late: bool = False
    outcome: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One alert of a list: codes and names of services, no person. `due_at`: the first pending receipt."""

    id: UUID
    compartment_id: UUID
    reference: str
    recorded_at: datetime
    owner_unit_id: int
    owner: str
    is_mine: bool
    open: bool
    urgent: bool
    child: bool
    phenomenon: str
    forms: tuple[str, ...]
    municipality: str
    district: str
    person_count: int
    outcome: str
    closed_at: datetime | None
    due_at: datetime | None
    awaits_me: bool
    version: int


def alerts(by: Member, filters: Filters, at: datetime) -> QuerySet[Alert]:
    """The alerts a member may see, as the filters say; unordered."""
    rows = visible(Alert, by).defer("sealed")
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.form:
        rows = rows.filter(forms__contains=[filters.form])
    if filters.side == "mine":
        rows = rows.filter(owner_unit_id=by.unit_id)
    if filters.side == "received":
        rows = rows.exclude(owner_unit_id=by.unit_id)
    if filters.outcome:
        rows = rows.filter(outcome=filters.outcome)
    if filters.reference:
        rows = rows.filter(reference=filters.reference.strip().upper())
    if filters.late:
        rows = rows.filter(state=State.OPEN, pk__in=_overdue(by, at).values("alert_id"))
    return rows


def listed(by: Member, filters: Filters, at: datetime, *, cursor: str = "", size: int = 50) -> Page[Line]:
    """One page of the list, newest first; three queries whatever its length. `Invalid` for a foreign cursor."""
    found = page(alerts(by, filters, at), cursor=cursor, size=size, order=ORDER)
    return Page(_lines(found.items, by), found.next)


def lines(by: Member, filters: Filters, at: datetime) -> list[Line]:
    """Every line of a list, newest first, for an export. `Invalid` (`too_many`) when it is too long for one file."""
    return _lines(disclosure.whole(alerts(by, filters, at).order_by(ORDER, "-pk")), by)


def pending(by: Member) -> QuerySet[Transmission]:
    """What the member's unit has not acknowledged, or awaits from another unit."""
    ours = Q(to_unit_id=by.unit_id) | Q(from_unit_id=by.unit_id)
    return visible(Transmission, by).filter(ours, acknowledged_at=None, stopped_at=None)


def _overdue(by: Member, at: datetime) -> QuerySet[Transmission]:
    return pending(by).filter(due_at__lt=at)


def _lines(rows: Sequence[Alert], by: Member) -> list[Line]:
    owners = directory.labels({row.owner_unit_id for row in rows}, by.language)
    waiting: dict[UUID, list[Transmission]] = {}
    for sent in pending(by).filter(alert_id__in=[row.id for row in rows]).order_by("due_at"):
        waiting.setdefault(sent.alert_id, []).append(sent)
    return [_line(row, owners, waiting.get(row.id, []), by) for row in rows]


def _line(row: Alert, owners: dict[int, str], waiting: list[Transmission], by: Member) -> Line:
    return Line(
        id=row.id,
        compartment_id=row.compartment_id,
        reference=row.reference,
        recorded_at=row.recorded_at,
        owner_unit_id=row.owner_unit_id,
        owner=owners.get(row.owner_unit_id, ""),
        is_mine=row.owner_unit_id == by.unit_id,
        open=row.state == State.OPEN,
        urgent=row.urgent,
        child=row.child,
        phenomenon=row.phenomenon,
        forms=tuple(row.forms),
        municipality=row.municipality,
        district=row.district,
        person_count=row.person_count,
        outcome=row.outcome,
        closed_at=row.closed_at,
        due_at=waiting[0].due_at if waiting else None,
        awaits_me=any(sent.to_unit_id == by.unit_id for sent in waiting),
        version=row.version,
    )
