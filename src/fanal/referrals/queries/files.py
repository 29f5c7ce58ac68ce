"""Reading referrals: lists, one file, and the values that the next link of the chain takes over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from fanal.access import vault
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.errors import NotFound
from fanal.referrals.models import Matter, Referral, ReferralItem, Reply, State
from fanal.referrals.rules.content import About, Item, from_json, merged
from fanal.referrals.rules.moves import SIGHT, Side
from fanal.referrals.rules.moves import State as Stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is narrowed to; empty: everything the member may see. `late_at`: unanswered after its term."""

    box: str = ""
    state: str = ""
    purpose: str = ""
    late_at: datetime | None = None


def referrals(by: Member, narrowed: Filter = Filter()) -> QuerySet[Referral]:
    """The referrals the member's unit sent (`box="out"`) or got (`"in"`), as far as it may know of them."""
    rows = visible(Referral, by).select_related("from_unit", "to_unit")
    if narrowed.box:
        rows = rows.filter(**{"to_unit_id" if narrowed.box == "in" else "from_unit_id": by.unit_id})
    if narrowed.state:
        rows = rows.filter(state=narrowed.state)
    if narrowed.purpose:
        rows = rows.filter(purpose=narrowed.purpose)
    if narrowed.late_at:
        rows = rows.filter(state=State.PROPOSED, due_at__lt=narrowed.late_at)
    return rows


def referral(reference: str, by: Member, *, lock: bool = False) -> Referral:
    """One referral the member's unit may know of; `NotFound`."""
    return by_reference(visible(Referral, by).select_related("from_unit", "to_unit"), reference, lock=lock)


R = TypeVar("R", Referral, Matter)


def by_reference(rows: QuerySet[R], reference: str, *, lock: bool = False) -> R:
    """The row with that reference, locked for a change when asked; `NotFound`."""
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(reference=reference).first()
    if found is None:
        raise NotFound
    return found


def side(row: Referral, by: Member) -> Side:
    """On which side of a referral the member stands. Nobody else sees it."""
    return Side.SENDER if row.from_unit_id == by.unit_id else Side.RECEIVER


def has_sight(row: Referral, by: Member, on: date) -> bool:
    """Whether the member still reads what was sent; the walls say the same, here it explains an empty page."""
    ended = row.sight_until is not None and row.sight_until < on
    return side(row, by) is Side.SENDER or (Stand(row.state) in SIGHT and not ended)


@dataclass(frozen=True, slots=True)
class Content:
    """What was sent with a referral: the items that the reader asked for, and which were sent when."""

    about: About
    sent: tuple[tuple[Item, datetime], ...]
    ids: tuple[UUID, ...]


def content(referral_id: UUID, by: Member, *, items: Iterable[Item] = Item) -> Content:
    """What was sent and is visible, unsealing no other item than these. Two queries. The caller records the reading."""
    rows = list(visible(ReferralItem, by).filter(referral_id=referral_id).order_by("sent_at", "id"))
    wanted = {item.value for item in items}
    opened = vault.unseal({row.id: row.sealed for row in rows if row.item in wanted})
    parts = [from_json(opened[row.id]) for row in rows if row.id in opened]
    sent = tuple((Item(row.item), row.sent_at) for row in rows)
    return Content(merged(parts), sent, tuple(row.id for row in rows if row.id in opened))


def replies(referral_id: UUID, by: Member) -> dict[str, str]:
    """The receiver's words (`refused`, `done`), as far as the reader sees them. Two queries at most."""
    row = visible(Reply, by).filter(referral_id=referral_id, sealed__isnull=False).first()
    found: dict[str, str] = vault.unseal({row.id: row.sealed}).get(row.id, {}) if row and row.sealed else {}
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """An accepted referral as the accepting unit takes it over: copied values, the person under her own id."""

    referral_id: UUID
    compartment_id: UUID
    reference: str
    person: UUID
    purpose: str
    from_unit_id: int
    accepted_at: datetime
    about: About
    ids: tuple[UUID, ...]


def accepted(by: Member) -> QuerySet[Referral]:
    """The referrals that the member's unit accepted and that still stand, newest first."""
    rows = visible(Referral, by).filter(to_unit_id=by.unit_id, state__in=[State.ACCEPTED, State.DONE])
    return rows.select_related("from_unit", "to_unit").order_by("-answered_at", "-id")


def accepted_for(reference: str, by: Member, *, items: Iterable[Item] = Item) -> Accepted:
    """What the accepting unit may take over from one of them, unsealing no other item than these; `NotFound` for any
    other.

    Reading is an act: the service that calls records it.
    """
    row = by_reference(accepted(by), reference)
    if row.answered_at is None:
        raise NotFound
    found = content(row.id, by, items=items)
    return Accepted(
        referral_id=row.id,
        compartment_id=row.compartment_id,
        reference=row.reference,
        person=row.person,
        purpose=row.purpose,
        from_unit_id=row.from_unit_id,
        accepted_at=row.answered_at,
        about=found.about,
        ids=found.ids,
    )
