"""What a member has begun and not sent. Only its author reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fanal.access import vault
from fanal.access.rules import Member
from fanal.alerts.models import Draft
from fanal.errors import NotFound


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft as its author sees it."""

    id: UUID
    step: str
    typed: dict[str, Any]
    created_at: datetime
    updated_at: datetime


def mine(by: Member) -> QuerySet[Draft]:
    """The member's own drafts, in the unit she acts for."""
    return Draft.objects.filter(unit_id=by.unit_id, account_id=by.person_id)


def draft(draft_id: UUID, by: Member) -> Begun:
    """One of the member's own drafts with what was typed; `NotFound`."""
    row = mine(by).filter(pk=draft_id).first()
    if row is None:
        raise NotFound
    typed = vault.unseal({row.id: row.sealed})
    return Begun(row.id, row.step, typed.get(row.id, {}), row.created_at, row.updated_at)


def drafts(by: Member) -> QuerySet[Draft]:
    """The member's drafts, the last touched first, without what was typed."""
    return mine(by).defer("sealed").order_by("-updated_at")
