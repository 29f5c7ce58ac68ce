"""Alerts, the signs and persons in them, to whom they went; and two tables beside the wall: drafts and counts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy as pgettext

from fanal.access.models import Level, Walled
from fanal.alerts.rules import Minority
from fanal.ids import new_id

_CODE = 60


class State(models.TextChoices):
    OPEN = "open", pgettext("alert", "open")
    CLOSED = "closed", pgettext("alert", "closed")


class Alert(Walled):
    """A sign that someone may be a victim. Codes are those of the law on the day it was recorded; empty: not known.

    `sealed` is the free text, under the alert's own key; so is where it was seen online. `submission` is the digest of
    who sent it under which key. `child`: a person in it is a minor or may be one. `version` counts the owner's changes.
    """

    reference = models.CharField(max_length=12, unique=True)
    owner_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    owner_kind = models.CharField(max_length=_CODE)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    submission = models.BinaryField(null=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    phenomenon = models.CharField(max_length=_CODE, blank=True)
    forms = ArrayField(models.CharField(max_length=_CODE), default=list)
    urgent = models.BooleanField(default=False)
    detected_through = models.CharField(max_length=_CODE, blank=True)
    sealed = models.BinaryField(null=True)
    source_grade = models.CharField(max_length=_CODE, blank=True)
    information_grade = models.CharField(max_length=_CODE, blank=True)
    handling = models.CharField(max_length=_CODE, blank=True)

    municipality = models.CharField(max_length=10, blank=True)
    district = models.CharField(max_length=_CODE, blank=True)
    zone = models.CharField(max_length=_CODE, blank=True)
    sector = models.CharField(max_length=_CODE, blank=True)
    platform_sealed = models.BinaryField(null=True)
    seen_from = models.DateField(null=True)
    seen_to = models.DateField(null=True)
    seen_at = models.TimeField(null=True)

    child = models.BooleanField(default=False)
    person_count = models.PositiveSmallIntegerField(default=0)

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=_CODE, blank=True)
    outcome_reference = models.CharField(max_length=12, blank=True)
    outcome_receiver = models.ForeignKey(
        "directory.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.OPEN, outcome="", closed_at=None, closed_by=None)
                | (Q(state=State.CLOSED, closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="alert_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(seen_from=None) | Q(seen_to=None) | Q(seen_to__gte=F("seen_from")),
                name="alert_seen_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["-recorded_at", "-id"], name="alert_by_time"),
            models.Index(fields=["owner_unit", "-recorded_at", "-id"], name="alert_by_owner"),
            models.Index(
                fields=["owner_unit", "recorded_at"],
                condition=Q(state=State.OPEN),
                name="alert_open_by_owner",
            ),
        ]


class Sign(Walled):
    """A sign that was seen, by whom it was noted and where it comes from. `listed_from`: the version of the list."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="signs")
    indicator = models.CharField(max_length=_CODE)
    listed_from = models.DateField()
    seen_on = models.DateField(null=True)
    source = models.CharField(max_length=_CODE, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()


class Person(Walled):
    """A person in an alert, known here by a number and perhaps a pseudonym, which is sealed under her key like the
    identity (`sealed`).

    `subject` has no default: the category of a person is always said. `minority` is what her age meant on the day
    of the alert.
    """

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="persons")
    number = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=_CODE)
    pseudonym_sealed = models.BinaryField(null=True)
    age_basis = models.CharField(max_length=_CODE)
    birth_year = models.PositiveSmallIntegerField(null=True)
    estimated_age = models.PositiveSmallIntegerField(null=True)
    minority = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Minority])
    sex = models.CharField(max_length=_CODE, blank=True)
    citizenship = models.CharField(max_length=2, blank=True)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    unaccompanied = models.BooleanField(null=True)
    safe_contact = ArrayField(models.CharField(max_length=_CODE), default=list)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "number"], name="alert_person_number"),
            models.CheckConstraint(condition=~Q(subject=""), name="alert_person_has_a_category"),
        ]


class SearchToken(Walled):
    """A keyed token of an identity: equal tokens, perhaps the same person. Nothing can be read from it."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20)
    digest = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["digest"], name="alert_token_digest")]


class Transmission(Walled):
    """An alert sent to a service: by which route, on what ground, until when it must say that it has it.

    Names nobody, so that the clockwork may remind: `ground` is the article of a route, and the words of who sends it
    further are `sealed` under this row's id. `remind_at`: when silence is reminded next; None: never again.
    `stopped_at`: the alert was closed before an answer.
    """

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="transmissions")
    reference = models.CharField(max_length=12)
    from_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    to_kind = models.CharField(max_length=_CODE)
    route = models.CharField(max_length=_CODE, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    sealed = models.BinaryField(null=True)
    mandatory = models.BooleanField()
    level = models.CharField(max_length=10, choices=Level)
    sent_at = models.DateTimeField()
    sent_by = models.UUIDField()
    due_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.UUIDField(null=True)
    stopped_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "to_unit"], name="alert_sent_once_to_a_unit"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="alert_acknowledged_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(to_unit=F("from_unit")), name="alert_not_sent_to_oneself"),
        ]
        indexes = [
            models.Index(
                fields=["to_unit", "due_at"],
                condition=Q(acknowledged_at=None, stopped_at=None),
                name="alert_transmission_waiting",
            ),
            models.Index(
                fields=["from_unit", "due_at"],
                condition=Q(acknowledged_at=None, stopped_at=None),
                name="alert_transmission_awaited",
            ),
            models.Index(
                fields=["remind_at"],
                condition=Q(acknowledged_at=None, stopped_at=None, remind_at__isnull=False),
                name="alert_transmission_reminders",
            ),
        ]


class DutyDone(Walled):
    """A duty at detection that was fulfilled: when, by whom it was ticked, and how (under the alert's key)."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="duties_done")
    duty = models.CharField(max_length=_CODE)
    done_at = models.DateTimeField()
    how_sealed = models.BinaryField(null=True)
    ticked_at = models.DateTimeField()
    ticked_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "duty"], name="alert_duty_once")]


class Draft(models.Model):
    """What a member has typed of an alert, sealed, until she sends it. Not an act: nobody else ever reads it.

    The database shows it to the unit's own transactions only; `queries` to its author only.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("directory.Unit", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=10)
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "account", "-updated_at"], name="alert_draft_by_author")]


class Tally(models.Model):
    """How many alerts of a month stand where: no person, no reference. Kept in the transaction of each act.

    `form` is empty when none is known and `several` when there is more than one, so that rows add up to alerts.
    `slot` spreads the writers of one moment over rows: only sums mean anything.
    """

    month = models.DateField()
    unit_kind = models.CharField(max_length=_CODE)
    form = models.CharField(max_length=_CODE, blank=True)
    outcome = models.CharField(max_length=_CODE, blank=True)
    slot = models.SmallIntegerField()
    alerts = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "unit_kind", "form", "outcome", "slot"], name="alert_tally_cell"
            )
        ]
