"""What happens to an alert once it is recorded: received, duties ticked, sent further."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import services as access
from fanal.access import vault
from fanal.access.queries import compartment_for, visible
from fanal.access.rules import Member, Permission, somebody_may
from fanal.alerts import rules
from fanal.alerts.models import Alert, DutyDone, State, Transmission
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.rules import due_at
from fanal.country.schema import Law
from fanal.directory import queries as directory
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from fanal.ids import new_id
from fanal.notify.services import tell


def owned(*, by: Member, reference: str, version: int | None) -> Alert:
    """The alert, locked, for a change by the unit that owns it.

    `NotFound` when absent or not visible, `NotAllowed` for a reader who does not own it, `Stale` when `version` is
    given and the alert changed since.
    """
    found = visible(Alert, by).select_for_update(of=("self",)).filter(reference=reference).first()
    if found is None:
        raise NotFound
    if found.owner_unit_id != by.unit_id:
        raise NotAllowed("not_owner", _("Only the service that recorded this alert may do that."))
    if version is not None and version != found.version:
        raise Stale(
            "stale", _("Somebody changed this since you opened it. Look at it again, then repeat your act.")
        )
    return found


def changed(alert: Alert, *columns: str) -> None:
    """Save an owner's change and count the version."""
    alert.version += 1
    alert.save(update_fields=[*columns, "version"])


@transaction.atomic
def acknowledge(*, by: Member, reference: str, at: datetime) -> Transmission:
    """Say that the member's unit has the alert; saying it twice changes nothing.

    `NotFound` for a unit to which it was not sent.
    """
    found = (
        visible(Transmission, by)
        .select_for_update(of=("self",))
        .filter(reference=reference, to_unit_id=by.unit_id)
        .first()
    )
    if found is None:
        raise NotFound
    if found.acknowledged_at is None:
        found.acknowledged_at, found.acknowledged_by = at, by.person_id
        found.save(update_fields=["acknowledged_at", "acknowledged_by"])
        audit.record(
            by=by,
            verb=Verb.ALTER,
            act="alerts.acknowledge",
            at=at,
            compartment_id=found.compartment_id,
            owner_unit_id=found.from_unit_id,
            object_ids=[found.alert_id],
            facts={"late": at > found.due_at},
        )
    return found


@transaction.atomic
def tick_duty(
    *,
    by: Member,
    reference: str,
    duty: str,
    done_at: datetime,
    how: str = "",
    at: datetime,
    version: int | None = None,
) -> DutyDone:
    """Note that a duty at detection was fulfilled: when and how (Aliens Act, art. 61/2 §1); the first note stands.

    `Invalid`: an unknown duty, a moment still to come, a text of more than 200 characters.
    """
    alert = owned(by=by, reference=reference, version=version)
    law = country.law(timezone.localdate(at))
    if duty not in {known.code for known in law.duties()}:
        raise Invalid("unknown_code", _("That duty is not one of the duties of today."), field="duty")
    if done_at > at:
        raise Invalid("future", _("This moment is still to come."), field="done_at")
    if len(how) > rules.LONGEST_LINE:
        raise Invalid("too_long", _("This text is too long."), field="how")
    done, new = DutyDone.objects.get_or_create(
        alert=alert,
        duty=duty,
        defaults={
            "compartment_id": alert.compartment_id,
            "done_at": done_at,
            "how_sealed": vault.seal(alert.id, how) if how else None,
            "ticked_at": at,
            "ticked_by": by.person_id,
        },
    )
    if new:
        changed(alert)
        audit.record(
            by=by,
            verb=Verb.ALTER,
            act="alerts.tick_duty",
            at=at,
            compartment_id=alert.compartment_id,
            object_ids=[alert.id],
            facts={"duty": duty},
        )
    return done


@transaction.atomic
def transmit_further(
    *,
    by: Member,
    reference: str,
    to_unit: str,
    purpose: str,
    ground: str,
    at: datetime,
    version: int | None = None,
) -> Transmission:
    """Send an alert to one more service (its code), for a purpose of the pack and on a ground in words.

    `Refusal` `alert_closed`, `already_sent`; `Invalid` for an unknown, closed or own service, an unknown purpose,
    or no ground.
    """
    alert = owned(by=by, reference=reference, version=version)
    on = timezone.localdate(at)
    law = country.law(on)
    unit = _receiver(to_unit, by, at)
    _demand_sendable(alert, unit, purpose, ground, law)
    term = law.term("acknowledge_urgent_alert" if alert.urgent else "acknowledge_alert")
    until = due_at(term, timezone.localtime(at), law.calendar)
    opening = access.Opening(
        unit.id,
        access.Level.READ,
        purpose,
        "transmitted_further",
        access.Handling(alert.handling or access.Handling.H0),
    )
    access.grant(by=by, compartment=compartment_for(alert.compartment_id, by), openings=[opening], at=at)
    row_id = new_id()
    sent = Transmission.objects.create(
        id=row_id,
        compartment_id=alert.compartment_id,
        alert=alert,
        reference=alert.reference,
        from_unit_id=by.unit_id,
        to_unit_id=unit.id,
        to_kind=unit.kind,
        sealed=vault.seal_new({row_id: ground.strip()})[row_id],
        mandatory=False,
        level=access.Level.READ,
        sent_at=at,
        sent_by=by.person_id,
        due_at=until,
        remind_at=until,
    )
    changed(alert)
    audit.record(
        by=by,
        verb=Verb.DISCLOSE,
        act="alerts.transmit_further",
        at=at,
        compartment_id=alert.compartment_id,
        object_ids=[alert.id],
        purpose=purpose,
        facts={"unit": unit.id},
    )
    tell(unit_ids=[unit.id], kind="alerts.received", reference=alert.reference, at=at)
    return sent


def _demand_sendable(alert: Alert, unit: directory.Unit, purpose: str, ground: str, law: Law) -> None:
    if not law.has_code("reading_purpose", purpose):
        raise Invalid("unknown_code", _("Choose a purpose from the list."), field="purpose")
    if not ground.strip() or len(ground) > rules.LONGEST_LINE:
        raise Invalid(
            "ground", _("Say in at most 200 characters on what ground you send it."), field="ground"
        )
    if alert.state == State.CLOSED:
        raise Refusal("alert_closed", _("This alert is closed. Reopen it before you send it."))
    if Transmission.objects.filter(alert=alert, to_unit_id=unit.id).exists():
        raise Refusal("already_sent", _("This service already has the alert."), field="to_unit")


def _receiver(code: str, by: Member, at: datetime) -> directory.Unit:
    try:
        unit = directory.unit_by_code(code)
    except NotFound as absent:
        raise Invalid("unknown_unit", _("Choose a service from the list."), field="to_unit") from absent
    if unit.id == by.unit_id:
        raise Invalid("own_unit", _("This is your own service: it has the alert."), field="to_unit")
    if unit.valid_to is not None and unit.valid_to < timezone.localdate(at):
        raise Invalid(
            "unit_closed",
            _("This service closed on %(day)s. Choose the one that took over.")
            % {"day": f"{unit.valid_to:%d.%m.%Y}"},
            field="to_unit",
        )
    if not somebody_may(unit.roles, Permission.ALERT_READ):
        raise Invalid(
            "unit_unreachable", _("Nobody of this service works here. Call it instead."), field="to_unit"
        )
    return unit
