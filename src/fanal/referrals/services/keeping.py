"""What the unit holds of a person whom it refers, for the review, the erasure and the answer to the person."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from fanal.access.holding import Holding
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.alerts.services.keeping import Values
from fanal.referrals import queries
from fanal.referrals.models import Consent, Matter, Referral, ReferralItem, Reply
from fanal.referrals.rules.content import About, Item
from fanal.referrals.rules.moves import OPEN, State
from fanal.referrals.services.matters import amend
from fanal.referrals.services.proposals import resend


def holding(*, by: Member, reference: str, at: datetime) -> Holding:
    """The preparation, locked, with all its proposals. `NotFound` for any other unit.

    What a service still reads after its task is its own copy: it goes when its sight ends.
    """
    matter = queries.matter(reference, by, lock=True)
    rows = list(queries.siblings(by, matter=matter))
    read = {row.id: row.sight_until for row in rows if _reads(row, timezone.localdate(at))}
    items = visible(ReferralItem, by).filter(referral__in=rows).values_list("id", "referral_id")
    replies = visible(Reply, by).filter(referral__in=rows).values_list("id", flat=True)
    consents = visible(Consent, by).filter(matter=matter).values_list("id", flat=True)
    later: dict[UUID, date] = {item: until for item, row in items if (until := read.get(row)) is not None}
    later |= {
        row: until for row, until in read.items() if until is not None
    }  # the ground, and what was attached
    own = {matter.id, *(item for item, _row in items if item not in later)}
    return Holding(
        compartment_id=matter.compartment_id,
        reference=matter.reference,
        running=any(State(row.state) in OPEN for row in rows),
        persons={matter.person: frozenset(own)},
        words=frozenset({*consents, *replies, *(row.id for row in rows if row.id not in later)}),
        later=later,
        told=frozenset(row.to_unit_id for row in rows),
    )


def _reads(row: Referral, on: date) -> bool:
    return State(row.state) is State.DONE and row.sight_until is not None and row.sight_until >= on


def correct(
    *, by: Member, reference: str, values: Values, at: datetime
) -> tuple[tuple[str, ...], list[Referral]]:
    """Correct who a person is whom the unit refers: (the fields that changed, the referrals that got it anew).

    A service that still reads what was sent gets the corrected item in its place; the old one opens for nobody any
    more. `values`: fields of `rules.content.Identity`, and `pseudonym`. Refused as in `amend`; `vault.Erased`.
    """
    matter = queries.matter(reference, by, lock=True)
    before = queries.about(matter)
    identity = {name: value for name, value in values.items() if name != "pseudonym"}
    after = replace(
        before,
        pseudonym=str(values.get("pseudonym", before.pseudonym)),
        identity=replace(before.identity, **identity),  # type: ignore[arg-type]
    )
    fields = [each for each in identity if getattr(before.identity, each) != getattr(after.identity, each)]
    items = ([Item.IDENTITY] if fields else []) + (
        [Item.PSEUDONYM] if before.pseudonym != after.pseudonym else []
    )
    fields += ["pseudonym"] if before.pseudonym != after.pseudonym else []
    if not fields:
        return (), []
    amend(by=by, reference=reference, about=after, version=matter.version, at=at)
    sent = [row for row in queries.siblings(by, matter=matter) if _still_read(row, timezone.localdate(at))]
    reached = [row for row in sent if resend(row, after, items, by=by, at=at)]
    return tuple(sorted(fields)), reached


def held_of(*, by: Member, person: UUID) -> dict[str, About]:
    """What the unit itself holds of a person whom it refers, by the reference. The caller traces the reading."""
    rows = visible(Matter, by).filter(person=person, unit_id=by.unit_id)
    return {row.reference: queries.about(row) for row in rows}


def _still_read(row: Referral, on: date) -> bool:
    return State(row.state) in OPEN or _reads(row, on)
