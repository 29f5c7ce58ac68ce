"""What a member types of an alert, kept sealed until she sends it. Not an act: it leaves no trace."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from fanal.access import vault
from fanal.access.rules import Member
from fanal.alerts.models import Draft
from fanal.alerts.queries.drafts import mine
from fanal.errors import NotFound
from fanal.ids import new_id

LIFE = timedelta(days=30)
"""A draft that nobody touched for a month is removed: it holds personal data for no act (house rule)."""

Typed = Mapping[str, object]


@transaction.atomic
def start(*, by: Member, typed: Typed, step: str, at: datetime) -> UUID:
    """Begin a draft; the unit's drafts that were forgotten for a month are removed on the way."""
    _remove(Draft.objects.filter(unit_id=by.unit_id, updated_at__lt=at - LIFE))
    draft_id = new_id()
    Draft.objects.create(
        id=draft_id,
        unit_id=by.unit_id,
        account_id=by.person_id,
        step=step,
        sealed=vault.seal_new({draft_id: typed})[draft_id],
        created_at=at,
        updated_at=at,
    )
    return draft_id


@transaction.atomic
def save(*, by: Member, draft: UUID, typed: Typed, step: str, at: datetime) -> None:
    """Keep what was typed, right or wrong; `NotFound` for a draft that is sent, discarded or somebody else's."""
    changed = mine(by).filter(pk=draft).update(sealed=vault.seal(draft, typed), step=step, updated_at=at)
    if not changed:
        raise NotFound


@transaction.atomic
def discard(*, by: Member, draft: UUID) -> None:
    """Remove a draft; removing it twice changes nothing."""
    _remove(mine(by).filter(pk=draft))


def _remove(drafts: QuerySet[Draft]) -> None:
    """With their keys: a copy of the table opens nothing either."""
    ids = list(drafts.values_list("id", flat=True))
    drafts.filter(pk__in=ids).delete()
    vault.discard(ids)
