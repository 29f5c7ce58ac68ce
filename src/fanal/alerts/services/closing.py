"""Every alert ends with a coded outcome; an ending may be taken back."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.alerts import rules
from fanal.alerts.models import Alert, State, Transmission
from fanal.alerts.queries import heads as queries
from fanal.alerts.services.following import changed, owned
from fanal.alerts.services.tally import count
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import Code, Law
from fanal.directory import queries as directory
from fanal.errors import Invalid, NotFound, Refusal


@transaction.atomic
def close(
    *,
    by: Member,
    reference: str,
    outcome: str,
    other: str = "",
    receiver: str = "",
    at: datetime,
    version: int | None = None,
) -> Alert:
    """End an alert with a coded outcome; the same outcome twice changes nothing.

    `other`: the reference of the alert it was merged with, visible to the member, or of the referral. `receiver`:
    the code of the service that took over. Refused: `child_not_handed_on` while a person is or may be a minor and a
    service that the law names has not confirmed it (see `rules.may_close`), `already_closed` with another outcome;
    `Invalid` for an unknown outcome, or one that names nobody and needs to.
    """
    alert = owned(by=by, reference=reference, version=version)
    law = country.law(timezone.localdate(at))
    if not law.has_code("alert_outcome", outcome):
        raise Invalid("unknown_code", _("Choose an outcome from the list."), field="outcome")
    if alert.state == State.CLOSED:
        if alert.outcome == outcome:
            return alert
        raise Refusal("already_closed", _("This alert is already closed. Reopen it to give another outcome."))
    _demand_nobody_waits(alert, by, law, at)
    unit = _named(law.code("alert_outcome", outcome), alert, other, receiver, by)
    alert.state, alert.outcome, alert.closed_at, alert.closed_by = State.CLOSED, outcome, at, by.person_id
    alert.outcome_reference, alert.outcome_receiver = other, unit
    changed(alert, "state", "outcome", "closed_at", "closed_by", "outcome_reference", "outcome_receiver")
    _pending(alert).update(stopped_at=at)
    count(alert, {"": -1, outcome: 1})
    audit.record(
        by=by,
        verb=Verb.ALTER,
        act="alerts.close",
        at=at,
        compartment_id=alert.compartment_id,
        object_ids=[alert.id],
        facts={"outcome": outcome},
    )
    return alert


@transaction.atomic
def reopen(*, by: Member, reference: str, at: datetime, version: int | None = None) -> Alert:
    """Take an ending back; reopening an open alert changes nothing. Silence is reminded again from now on."""
    alert = owned(by=by, reference=reference, version=version)
    if alert.state == State.OPEN:
        return alert
    before = alert.outcome
    alert.state, alert.outcome, alert.closed_at, alert.closed_by = State.OPEN, "", None, None
    alert.outcome_reference, alert.outcome_receiver = "", None
    changed(alert, "state", "outcome", "closed_at", "closed_by", "outcome_reference", "outcome_receiver")
    Transmission.objects.filter(alert=alert, stopped_at__isnull=False).update(stopped_at=None)
    count(alert, {"": 1, before: -1})
    audit.record(
        by=by,
        verb=Verb.ALTER,
        act="alerts.reopen",
        at=at,
        compartment_id=alert.compartment_id,
        object_ids=[alert.id],
        facts={"outcome": before},
    )
    return alert


def _demand_nobody_waits(alert: Alert, by: Member, law: Law, at: datetime) -> None:
    obstacles = queries.obstacles(alert.reference, by, law, at)
    if obstacles:
        raise Refusal(
            "child_not_handed_on",
            " ".join(obstacle.reason.get(by.language) for obstacle in obstacles),
            missing=", ".join(obstacle.unit_kind for obstacle in obstacles),
        )


def _named(outcome: Code, alert: Alert, other: str, receiver: str, by: Member) -> directory.Unit | None:
    """The service that took over, once the outcome names what it must name."""
    if rules.names_alert(outcome):
        if other == alert.reference or not visible(Alert, by).filter(reference=other).exists():
            raise Invalid("other_alert", _("Give the reference of the other alert."), field="other")
        return None
    try:
        unit = directory.unit_by_code(receiver) if receiver else None
    except NotFound as absent:
        raise Invalid("unknown_unit", _("Choose a service from the list."), field="receiver") from absent
    if other and not _REFERENCE.fullmatch(other):
        raise Invalid("reference", _("A reference looks like R-7F3K-9QX4."), field="other")
    if unit is None and not other and rules.names_receiver(outcome):
        raise Invalid(
            "receiver",
            _("Name the service that took over, or give the reference of the referral."),
            field="receiver",
        )
    return unit


_REFERENCE = re.compile("[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}")


def _pending(alert: Alert) -> QuerySet[Transmission]:
    return Transmission.objects.filter(alert=alert, acknowledged_at=None, stopped_at=None)
