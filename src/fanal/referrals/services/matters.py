"""Preparing the person to refer: nothing leaves the unit here."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import services as access
from fanal.access import vault
from fanal.access.rules import Member, new_reference
from fanal.access.services import Kind
from fanal.alerts import queries as alerts
from fanal.alerts import services as alert_services
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid, Stale
from fanal.referrals import queries
from fanal.referrals.models import Matter
from fanal.referrals.rules.content import About, known, to_json, with_identity
from fanal.referrals.rules.soundness import fault


@transaction.atomic
def prepare(
    *,
    by: Member,
    about: About,
    at: datetime,
    alert: str = "",
    person_id: UUID | None = None,
    identity_for: str = "",
    file_reference: str = "",
    submission: UUID | None = None,
) -> Matter:
    """Open the file of a person whom the member's unit refers, from a visible alert's person or on its own.

    `identity_for` is the purpose for which the identity in the alert is read and copied too; empty: it is not. The
    same person of the same alert, or the same form sent twice, gives the file that is there. Refused: `NotFound` for
    an alert or a person that is not visible; `Invalid` `nothing_known` and `impossible` (with the field), and what
    `alerts.services.reveal_identity` refuses.
    """
    source = alerts.handoff(alert, person_id, by) if person_id else None
    there = _there(by, person_id, submission)
    if there:
        return there
    if source and identity_for:
        about = _with_identity(about, source, identity_for, file_reference, by=by, at=at)
    _demand_possible(about, at)
    compartment = access.open_compartment(by=by, kind=Kind.REFERRAL, at=at)
    row = Matter(
        reference=new_reference("M"),
        compartment=compartment,
        unit_id=by.unit_id,
        submission=submission,
        created_by=by.person_id,
        created_at=at,
        changed_at=at,
    )
    if source:
        row.person, row.alert, row.alert_reference = source.person_id, source.alert_id, source.reference
    row.sealed = vault.seal_new({row.id: to_json(about)})[row.id]
    row.save(force_insert=True)
    _record(by, Verb.COLLECT, "referrals.prepare", at, row, about)
    return row


@transaction.atomic
def amend(
    *, by: Member, reference: str, about: About, version: int, at: datetime, keep_identity: bool = False
) -> Matter:
    """Correct what the unit holds of the person; what was sent before stays as it was sent.

    `keep_identity`: whoever writes did not read the identity, it stays as it is. The same values again change nothing.
    Refused: `NotFound`, `Stale`, and as in `prepare`.
    """
    row = queries.matter(reference, by, lock=True)
    before = queries.about(row)
    if keep_identity:
        about = replace(about, identity=before.identity)
    if about == before:
        return row
    if row.version != version:
        raise Stale(
            "stale", _("Somebody changed this since you opened it. Look at it again, then repeat your act.")
        )
    _demand_possible(about, at)
    row.sealed = vault.seal(row.id, to_json(about))
    row.version += 1
    row.changed_at = at
    row.save(update_fields=["sealed", "version", "changed_at"])
    _record(by, Verb.ALTER, "referrals.amend", at, row, about)
    return row


def _with_identity(
    about: About, source: alerts.Handoff, purpose: str, file_reference: str, *, by: Member, at: datetime
) -> About:
    revealed = alert_services.reveal_identity(
        by=by,
        reference=source.reference,
        persons=[source.person_id],
        purpose=purpose,
        file_reference=file_reference,
        at=at,
    )
    found = revealed.get(source.person_id)
    return with_identity(about, found) if found else about


def _there(by: Member, person_id: UUID | None, submission: UUID | None) -> Matter | None:
    own = queries.matters(by)
    if person_id and (same_person := own.filter(person=person_id).first()):
        return same_person
    return own.filter(submission=submission).first() if submission else None


def _demand_possible(about: About, at: datetime) -> None:
    if not known(about):
        raise Invalid("nothing_known", _("Say at least one thing about the person."), field="summary")
    field = fault(about, country.law(timezone.localdate(at)))
    if field:
        raise Invalid("impossible", _("This value cannot be right. Please correct it."), field=field)


def _record(by: Member, verb: Verb, act: str, at: datetime, row: Matter, about: About) -> None:
    audit.record(
        by=by,
        verb=verb,
        act=act,
        at=at,
        compartment_id=row.compartment_id,
        object_ids=[row.id],
        reference=row.reference,
        facts={"items": sorted(known(about))},
    )
