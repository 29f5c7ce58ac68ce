"""From the proposing side: propose, send more, withdraw."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import services as access
from fanal.access import vault
from fanal.access.queries import visible
from fanal.access.rules import Member, new_reference
from fanal.access.services import Handling, Kind, Level, Opening
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.rules import due_at
from fanal.errors import Invalid, Refusal
from fanal.ids import new_id
from fanal.notify import services as notify
from fanal.referrals import queries
from fanal.referrals.models import Consent, Matter, Referral, ReferralItem, Reply
from fanal.referrals.rules.content import About, Item, known, only, to_json
from fanal.referrals.rules.grounds import Given
from fanal.referrals.rules.moves import OPEN, Act, State, taken
from fanal.referrals.services.changes import change, demand_move
from fanal.referrals.services.consents import ground_copy, ground_for
from fanal.referrals.services.parties import demand_purpose, demand_recipient


@transaction.atomic
def propose(
    *,
    by: Member,
    matter: str,
    to_unit_id: int,
    purpose: str,
    items: Collection[Item],
    at: datetime,
    given: Given | None = None,
) -> Referral:
    """Propose a person to a unit for a purpose, and copy for it the items that were chosen, nothing else.

    Rests on the ground that stands for that recipient and purpose, or on `given`, recorded in the same act. While the
    same proposal is open it is not made twice: that one is given back unchanged. Refused: `NotFound`; what
    `demand_recipient`, `demand_purpose` and `record_consent` refuse; `Invalid` `nothing_to_send` and `not_known` for
    items; `already_accepted` when a unit has accepted this person for this purpose; `no_ground`.
    """
    row = queries.matter(matter, by, lock=True)
    demand_recipient(to_unit_id, by, at)
    demand_purpose(purpose, at)
    rows = list(queries.siblings(by, matter=row).filter(purpose=purpose))
    there = next((r for r in rows if r.to_unit_id == to_unit_id and State(r.state) in OPEN), None)
    if there:
        return there
    if taken([State(sibling.state) for sibling in rows]):
        raise Refusal("already_accepted", _("A service has already accepted this person for this purpose."))
    about = queries.about(row)
    _demand_items(about, items)
    consent = _ground(row, to_unit_id, purpose, given, by=by, at=at)
    return _send_new(row, consent, only(about, items), by=by, at=at)


@transaction.atomic
def send(*, by: Member, reference: str, items: Collection[Item], at: datetime) -> Referral:
    """Send further items of the person to the unit that was asked, or what was corrected since.

    Items that the receiver holds as they are now are not sent again. Refused: `NotFound`, `Invalid` as in `propose`,
    `not_now` once the referral has ended, and `not_your_side`.
    """
    referral = queries.referral(reference, by, lock=True)
    demand_move(referral, Act.SEND, by=by)
    about = queries.about(referral.matter)
    _demand_items(about, items)
    before = queries.content(referral.id, by).about
    fresh = [item for item in items if only(about, [item]) != only(before, [item])]
    if not fresh:
        return referral
    ids = _copy(referral, only(about, fresh), by=by, at=at)
    referral.version += 1
    referral.save(update_fields=["version"])
    _disclosed("referrals.send", referral, ids, fresh, by=by, at=at)
    notify.tell(unit_ids=[referral.to_unit_id], kind="referral.sent", reference=referral.reference, at=at)
    return referral


def resend(referral: Referral, about: About, items: Collection[Item], *, by: Member, at: datetime) -> bool:
    """Put corrected items in the place of those that were sent; what stood in them opens for nobody any more. False
    when none of them was sent. In the caller's transaction."""
    old = visible(ReferralItem, by).filter(referral=referral, item__in=[item.value for item in items])
    rows = {row.id: Item(row.item) for row in old}
    sent = set(rows.values())
    if not sent:
        return False
    vault.erase(rows)
    ids = _copy(referral, only(about, sent), by=by, at=at)
    _disclosed("referrals.correct", referral, ids, sent, by=by, at=at)
    return True


@transaction.atomic
def withdraw(*, by: Member, reference: str, at: datetime) -> Referral:
    """Take a proposal back before it is answered; the receiver loses sight of what was sent. Twice changes nothing.

    Refused: `NotFound`, `not_now` once it was answered, `not_your_side`.
    """
    referral = queries.referral(reference, by, lock=True)
    if change(referral, Act.WITHDRAW, by=by, at=at):
        notify.tell(
            unit_ids=[referral.to_unit_id], kind="referral.ended", reference=referral.reference, at=at
        )
    return referral


def _ground(
    matter: Matter, to_unit_id: int, purpose: str, given: Given | None, *, by: Member, at: datetime
) -> Consent:
    if given is not None:
        return ground_for(matter, to_unit_id, purpose, given, by=by, at=at)
    standing = queries.standing(matter.id, to_unit_id, purpose, by)
    if standing is None:
        raise Refusal(
            "no_ground",
            _("Without the person's consent, or a ground of the law, nothing is sent to this service."),
            field="ground",
        )
    return standing


def _demand_items(about: About, items: Collection[Item]) -> None:
    if not items:
        raise Invalid("nothing_to_send", _("Tick at least one item to send."), field="items")
    if not set(items) <= known(about):
        raise Invalid("not_known", _("Something you ticked is not known of this person."), field="items")


def _send_new(matter: Matter, consent: Consent, about: About, *, by: Member, at: datetime) -> Referral:
    law = country.law(timezone.localdate(at))
    referral_id = new_id()
    referral = Referral.objects.create(
        id=referral_id,
        compartment=access.open_compartment(by=by, kind=Kind.REFERRAL, at=at),
        reference=new_reference("R"),
        matter=matter,
        person=matter.person,
        from_unit_id=by.unit_id,
        to_unit_id=consent.to_unit_id,
        purpose=consent.purpose,
        consent=consent,
        proposed_by=by.person_id,
        proposed_at=at,
        due_at=due_at(law.term("referral_answer"), timezone.localtime(at), law.calendar),
        **ground_copy(consent, referral_id, queries.article(consent)),
    )
    Reply.objects.create(
        compartment_id=referral.compartment_id, referral=referral, to_unit_id=referral.to_unit_id
    )
    ids = _copy(referral, about, by=by, at=at)
    access.grant(by=by, compartment=referral.compartment, openings=_openings(referral), at=at)
    _disclosed("referrals.propose", referral, ids, known(about), by=by, at=at)
    notify.tell(unit_ids=[referral.to_unit_id], kind="referral.proposed", reference=referral.reference, at=at)
    return referral


def _openings(referral: Referral) -> list[Opening]:
    """That it exists, for good; what was sent, as long as the task and the ground last. No onward sharing."""
    return [
        Opening(referral.to_unit_id, level, referral.purpose, referral.ground, handling=Handling.H2)
        for level in (Level.EXISTS, Level.READ)
    ]


def _copy(referral: Referral, about: About, *, by: Member, at: datetime) -> list[UUID]:
    rows = {
        item: ReferralItem(
            compartment_id=referral.compartment_id,
            referral=referral,
            item=item.value,
            sent_by=by.person_id,
            sent_at=at,
        )
        for item in known(about)
    }
    sealed = vault.seal_new({row.id: to_json(only(about, [item])) for item, row in rows.items()})
    for row in rows.values():
        row.sealed = sealed[row.id]
    ReferralItem.objects.bulk_create(rows.values())
    return [row.id for row in rows.values()]


def _disclosed(
    act: str, referral: Referral, ids: Collection[UUID], items: Collection[Item], *, by: Member, at: datetime
) -> None:
    audit.record(
        by=by,
        verb=Verb.DISCLOSE,
        act=act,
        at=at,
        compartment_id=referral.compartment_id,
        object_ids=[referral.id, *ids],
        purpose=referral.purpose,
        reference=referral.reference,
        facts={"to_unit": referral.to_unit_id, "ground": referral.ground, "items": sorted(items)},
    )
