"""Publishing the places that a unit has."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.alerts.rules import languages
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid
from fanal.referrals import queries
from fanal.referrals.models import Capacity
from fanal.referrals.rules.capacity import Offer

LONGEST = timedelta(days=31)
"""How long figures may claim to be current; an organisational default, so that a board does not go stale unseen."""
MOST_PLACES = 500


@transaction.atomic
def publish_capacity(*, by: Member, offer: Offer, at: datetime) -> Capacity:
    """Publish what the member's own unit can take, until when. The same publication again is the one that is there.

    Refused with `Invalid`: `valid_until` (past, or further than 31 days), `free` (below zero, or more than any house
    has), `ages`, `unknown_sex`, `languages`.
    """
    _demand_sound(offer, at)
    there = queries.latest([by.unit_id]).get(by.unit_id)
    if there and queries.offer(there) == offer:
        return there
    row = Capacity.objects.create(
        unit_id=by.unit_id,
        free=offer.free,
        sexes=sorted(offer.sexes),
        age_from=offer.age_from,
        age_to=offer.age_to,
        languages=sorted(offer.languages),
        children=offer.children,
        wheelchair=offer.wheelchair,
        night=offer.night,
        valid_until=offer.valid_until,
        published_by=by.person_id,
        published_at=at,
    )
    audit.record(
        by=by,
        verb=Verb.COLLECT,
        act="referrals.publish_capacity",
        at=at,
        object_ids=[row.id],
        facts={"free": offer.free, "valid_until": f"{offer.valid_until:%Y-%m-%d}"},
    )
    return row


def _demand_sound(offer: Offer, at: datetime) -> None:
    if not at < offer.valid_until <= at + LONGEST:
        raise Invalid("valid_until", _("Choose a moment to come, within 31 days."), field="valid_until")
    if not 0 <= offer.free <= MOST_PLACES:
        raise Invalid("free", _("This number of places cannot be right."), field="free")
    if offer.age_from is not None and offer.age_to is not None and offer.age_to < offer.age_from:
        raise Invalid("ages", _("The highest age lies below the lowest."), field="age_to")
    law = country.law(timezone.localdate(at))
    if not all(law.has_code("sex", sex) for sex in offer.sexes):
        raise Invalid("unknown_sex", _("Choose from the list."), field="sexes")
    if not offer.languages <= dict(languages("en")).keys():
        raise Invalid("languages", _("Choose from the list."), field="languages")
