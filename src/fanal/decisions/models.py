"""The register of decisions, each with what was done about it, and the extracts that a body made public."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fanal.access.models import Walled
from fanal.decisions import rules
from fanal.ids import new_id


class State(models.TextChoices):
    OPEN = rules.State.OPEN.value, pgettext_lazy("decision", "open")
    IN_PROGRESS = rules.State.IN_PROGRESS.value, pgettext_lazy("decision", "in progress")
    DONE = rules.State.DONE.value, pgettext_lazy("decision", "done")
    SUPERSEDED = rules.State.SUPERSEDED.value, pgettext_lazy("decision", "superseded")
    DROPPED = rules.State.DROPPED.value, pgettext_lazy("decision", "dropped")


class Decision(Walled):
    """What a body decided. `owners`: ids of the units that answer for it; `words`: title and text without accents.

    `meeting_key` and `item_key` are those of the meeting that took it, or empty: some were taken before there was this
    register. `origin` says where an older one comes from; `synthetic`: invented for a demonstration.
    """

    number = models.CharField(max_length=24, unique=True)
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    text = models.TextField()
    words = models.TextField(editable=False)
    taken_on = models.DateField()
    due_on = models.DateField(null=True)
    owners = ArrayField(models.IntegerField(), default=list)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supersedes")
    meeting_key = models.CharField(max_length=40, blank=True)
    item_key = models.CharField(max_length=60, blank=True)
    origin = models.TextField(blank=True)
    origin_url = models.URLField(max_length=400, blank=True)
    synthetic = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id")),
                name="decision_does_not_supersede_itself",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SUPERSEDED, superseded_by__isnull=False)
                | ~Q(state=State.SUPERSEDED) & Q(superseded_by__isnull=True),
                name="decision_superseded_by_something",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("taken_on")),
                name="decision_due_after_it_was_taken",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-taken_on"], name="decision_by_body"),
            models.Index(fields=["-taken_on", "-id"], name="decision_by_day"),
            models.Index(fields=["meeting_key"], name="decision_by_meeting"),
        ]


class Step(Walled):
    """One line of a decision's history: what was done, by whom, with which evidence. Never changed."""

    class Act(models.TextChoices):
        RECORDED = "recorded", pgettext_lazy("decision", "recorded")
        FOLLOWED = "followed", pgettext_lazy("decision", "followed up")
        MOVED = "moved", pgettext_lazy("decision", "state changed")
        RESCHEDULED = "rescheduled", pgettext_lazy("decision", "due date changed")
        SUPERSEDED = "superseded", pgettext_lazy("decision", "superseded")
        PUBLISHED = "published", pgettext_lazy("decision", "public extract published")
        WITHDRAWN = "withdrawn", pgettext_lazy("decision", "public extract withdrawn")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=12, choices=Act)
    at = models.DateTimeField()
    by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, blank=True)
    due_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    link = models.URLField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index(fields=["decision", "at"], name="decision_step_in_order")]


class Extract(models.Model):
    """What everybody may read of a decision, because its body decided so: words of their own, outside the walls."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    text = models.TextField()
    language = models.CharField(max_length=2)
    taken_on = models.DateField()
    synthetic = models.BooleanField(default=False)
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-taken_on", "number"], name="decision_extract_by_day")]
        verbose_name = _("public extract")
