"""Consent, and the lawful grounds that stand in its place: recorded, replaced, reviewed, revoked.

A revoked ground takes effect in its own transaction: every grant that rested on it ends, and no permission opens it
again (the database refuses a grant on a referral whose ground was revoked).
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fanal.access import services as access
from fanal.access import vault
from fanal.access.models import Grant
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid, Refusal
from fanal.notify import services as notify
from fanal.referrals import queries
from fanal.referrals.models import Consent, Matter, Referral
from fanal.referrals.rules.content import minority_of
from fanal.referrals.rules.grounds import LONGEST_REVIEW, Fault, Given, fault, is_exception
from fanal.referrals.rules.moves import OPEN, Act, Side, State, after
from fanal.referrals.services.parties import demand_purpose, demand_recipient

_FAULTS: dict[Fault, Promise] = {
    Fault.IN_THE_FUTURE: _("This day has not come yet."),
    Fault.NO_FORM: _("Say how the person consented."),
    Fault.NO_ARTICLE: _("Name the article of the law that obliges you."),
    Fault.NO_MOTIVATION: _("Say why this ground stands, in one or two sentences."),
    Fault.NO_REVIEW: _("Say on which day within a year this ground will be looked at again."),
    Fault.ADULT: _("This ground is for a child, or for somebody who may be one."),
}


@transaction.atomic
def record_consent(
    *, by: Member, matter: str, to_unit_id: int, purpose: str, given: Given, at: datetime
) -> Consent:
    """Record the person's consent, or the ground in its place, for one recipient and one purpose.

    The same kind of ground again gives the one that stands. A consent replaces an exception, and what rested on the
    exception rests on the consent from then on. Refused: `NotFound`; `Invalid` for an unknown purpose or ground and
    for what `rules.grounds.fault` finds, each with its field; `ground_stands` when another ground stands already, and
    what `demand_recipient` refuses.
    """
    row = queries.matter(matter, by, lock=True)
    demand_recipient(to_unit_id, by, at)
    demand_purpose(purpose, at)
    return ground_for(row, to_unit_id, purpose, given, by=by, at=at)


def ground_for(
    matter: Matter, to_unit_id: int, purpose: str, given: Given, *, by: Member, at: datetime
) -> Consent:
    """The ground of `record_consent`, for a matter that is locked."""
    flags = _flags(matter, given, at)
    there = queries.standing(matter.id, to_unit_id, purpose, by)
    if there and there.ground == given.ground:
        return there
    if there and (is_exception(flags) or not there.exception):
        raise Refusal(
            "ground_stands", _("A ground for this service and this purpose stands already."), field="ground"
        )
    consent = _write(matter, to_unit_id, purpose, given, flags, replaced=there, by=by, at=at)
    audit.record(
        by=by,
        verb=Verb.COLLECT,
        act="referrals.record_consent",
        at=at,
        compartment_id=matter.compartment_id,
        object_ids=[consent.id],
        purpose=purpose,
        reference=matter.reference,
        facts={"to_unit": to_unit_id, "ground": given.ground, "replaced": there.ground if there else ""},
    )
    return consent


@transaction.atomic
def revoke_consent(*, by: Member, consent_id: UUID, at: datetime) -> Consent:
    """End a ground at once: the receiver loses sight of everything that rested on it; twice changes nothing.

    Open referrals are withdrawn, those done stay done. General Data Protection Regulation, art. 7 (3): as easy as to
    give it. Refused: `NotFound`.
    """
    # Its matter first: a proposal that is being made on this ground is awaited, and ends with it.
    queries.matter(queries.consent(consent_id, by).matter.reference, by, lock=True)
    consent = queries.consent(consent_id, by, lock=True)
    if consent.revoked_at is not None:
        return consent
    rows = list(visible(Referral, by).filter(consent_id=consent.id).select_for_update(of=("self",)))
    compartments = [row.compartment_id for row in rows]
    for grant in visible(Grant, by).filter(compartment_id__in=compartments, revoked_at__isnull=True):
        access.revoke(by=by, grant=grant, at=at)
    consent.revoked_at = at
    consent.version += 1
    consent.save(update_fields=["revoked_at", "version"])
    told = [row for row in rows if State(row.state) in OPEN]
    for row in told:
        _withdraw(row, at)
    audit.record(
        by=by,
        verb=Verb.ALTER,
        act="referrals.revoke_consent",
        at=at,
        compartment_id=consent.compartment_id,
        object_ids=[consent.id, *(row.id for row in rows)],
        purpose=consent.purpose,
        reference=consent.matter.reference,
        facts={"to_unit": consent.to_unit_id, "ground": consent.ground, "withdrawn": len(told)},
    )
    for row in told:
        notify.tell(unit_ids=[row.to_unit_id], kind="referral.ended", reference=row.reference, at=at)
    return consent


@transaction.atomic
def review_exception(*, by: Member, consent_id: UUID, next_review: date, at: datetime) -> Consent:
    """Say that an exception still stands, until the next day of review; the same day again changes nothing.

    What no longer stands is revoked (`revoke_consent`). Refused: `NotFound`, `not_now` for a consent or a revoked
    ground, `Invalid` `review_due` for a day that has passed or lies more than a year away.
    """
    consent = queries.consent(consent_id, by, lock=True)
    if not consent.exception or consent.revoked_at is not None:
        raise Refusal("not_now", _("This ground is not an exception that stands."))
    if consent.review_due == next_review and consent.reviewed_at is not None:
        return consent
    on = timezone.localdate(at)
    if not on < next_review <= on + LONGEST_REVIEW:
        raise Invalid(
            "review_due", _("The next review lies after today, and within a year."), field="review_due"
        )
    consent.review_due, consent.reviewed_at = next_review, at
    consent.version += 1
    consent.save(update_fields=["review_due", "reviewed_at", "version"])
    audit.record(
        by=by,
        verb=Verb.ALTER,
        act="referrals.review_exception",
        at=at,
        compartment_id=consent.compartment_id,
        object_ids=[consent.id],
        purpose=consent.purpose,
        reference=consent.matter.reference,
        facts={"review_due": next_review.isoformat(), "ground": consent.ground},
    )
    return consent


def _flags(matter: Matter, given: Given, at: datetime) -> tuple[str, ...]:
    """The flags of the ground in the law of the day, once the ground is sound; `Invalid` otherwise."""
    law = country.law(timezone.localdate(at))
    if not law.has_code("consent_ground", given.ground):
        raise Invalid("unknown_ground", _("Choose one of the grounds."), field="ground")
    flags = law.code("consent_ground", given.ground).flags
    maybe_minor = minority_of(queries.about(matter), law).protects
    found = fault(given, flags, maybe_minor=maybe_minor, on=law.on)
    if found:
        raise Invalid(f"ground_{found.value}", _FAULTS[found], field=found.value)
    return flags


def _write(
    matter: Matter,
    to_unit_id: int,
    purpose: str,
    given: Given,
    flags: tuple[str, ...],
    *,
    replaced: Consent | None,
    by: Member,
    at: datetime,
) -> Consent:
    exception = is_exception(flags)
    consent = Consent(
        compartment_id=matter.compartment_id,
        matter=matter,
        to_unit_id=to_unit_id,
        purpose=purpose,
        ground=given.ground,
        exception=exception,
        given_on=given.given_on,
        form="" if exception else given.form,
        review_due=given.review_due if exception else None,
        recorded_by=by.person_id,
        recorded_at=at,
    )
    words = {"sealed": given.why.strip(), "article_sealed": given.article.strip()}
    blobs = vault.seal_new_each({name: (consent.id, said) for name, said in words.items() if said})
    consent.sealed, consent.article_sealed = blobs.get("sealed"), blobs.get("article_sealed")
    consent.save(force_insert=True)
    if replaced:
        _replace(replaced, consent, at, by)
    return consent


def _replace(old: Consent, new: Consent, at: datetime, by: Member) -> None:
    """What rests on the exception rests on the consent, before the exception ends: nobody loses sight for a moment."""
    article = queries.article(new)
    for row in visible(Referral, by).filter(consent_id=old.id):
        copied = ground_copy(new, row.id, article)
        Referral.objects.filter(pk=row.id).update(consent=new, version=F("version") + 1, **copied)
    old.revoked_at = at
    old.version += 1
    old.save(update_fields=["revoked_at", "version"])


def ground_copy(consent: Consent, referral_id: UUID, article: str) -> dict[str, Any]:
    """The columns of a referral in which the receiver reads on what ground it holds the data."""
    return {
        "ground": consent.ground,
        "ground_given_on": consent.given_on,
        "ground_form": consent.form,
        "article_sealed": vault.seal(referral_id, article) if article else None,
    }


def _withdraw(row: Referral, at: datetime) -> None:
    led = after(Act.END_GROUND, Side.SENDER, State(row.state))
    if led is None:
        raise AssertionError(f"an open referral ends with its ground, not from {row.state}")
    row.state, row.ended_at = led.value, at
    row.version += 1
    row.save(update_fields=["state", "ended_at", "version"])
