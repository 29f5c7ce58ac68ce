"""Reports, their outline, the contributions behind their wall, the choices made in the open, and frozen editions."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fanal.access.models import Walled
from fanal.ids import new_id
from fanal.reports import rules


class Report(models.Model):
    """A report in preparation, or frozen. `unit` edits it. `subject` says which one, where the kind does not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    contributions_due_on = models.DateField()
    due_on = models.DateField()
    synthetic = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="report_period"),
            models.CheckConstraint(
                condition=Q(contributions_due_on__lte=F("due_on")), name="report_contributions_come_first"
            ),
        ]
        indexes = [models.Index(fields=["-opened_at", "id"], name="report_latest")]


class Section(models.Model):
    """A section of an outline. `words`: the editor's own text by language; `assembles`: what fills it by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField()
    titles = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    assembles = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=300, blank=True)
    dropped_at = models.DateTimeField(null=True)


class State(models.TextChoices):
    ASKED = rules.State.ASKED.value, pgettext_lazy("contribution", "asked for")
    DRAFTED = rules.State.DRAFTED.value, pgettext_lazy("contribution", "being written")
    SENT = rules.State.SENT.value, pgettext_lazy("contribution", "to review")
    RETURNED = rules.State.RETURNED.value, pgettext_lazy("contribution", "sent back")
    ACCEPTED = rules.State.ACCEPTED.value, pgettext_lazy("contribution", "to sign")
    SIGNED = rules.State.SIGNED.value, pgettext_lazy("contribution", "signed")
    WITHDRAWN = rules.State.WITHDRAWN.value, pgettext_lazy("contribution", "no longer asked")


class Contribution(Walled):
    """What one department was asked to write for one section. Names nobody and says nothing: the clock may remind."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="contributions")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="contributions")
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)
    signed_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="signed", signed_at__isnull=False) | ~Q(state="signed"),
                name="contribution_signed_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"]) | Q(number__gt=0),
                name="contribution_has_a_text",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="contribution_by_unit"),
            models.Index(
                fields=["due_on"],
                condition=Q(state__in=["asked", "drafted", "returned"]),
                name="contribution_owed",
            ),
        ]


class Draft(Walled):
    """One saved text of a contribution; the last one counts, the others are kept. `pins`: figure → version seen."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField()
    html = models.TextField()
    pins = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "number"], name="draft_once")]


class Step(Walled):
    """What was done to a contribution, by whom, with which words: what is asked, a remark, a reason."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=10)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")


class Choice(models.Model):
    """Which of several contradicting figures one report prints, and why; the last one for a matter counts.

    `matter`: counting unit, phenomenon, period, form, breakdown.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="choices")
    matter = ArrayField(models.CharField(max_length=40), size=5)
    code = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")


class Progress(models.TextChoices):
    BUILDING = "building", pgettext_lazy("edition", "being built")
    READY = "ready", pgettext_lazy("edition", "ready")
    FAILED = "failed", pgettext_lazy("edition", "not built")


class Edition(models.Model):
    """A report as it was frozen: the whole source, from which every file is made again byte for byte.

    `provenance`: of each figure and paragraph, from which unit it came and which one signed it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    languages = ArrayField(models.CharField(max_length=2))
    source = models.JSONField()
    provenance = models.JSONField()
    frozen_at = models.DateTimeField()
    frozen_by = models.UUIDField()
    progress = models.CharField(max_length=10, choices=Progress, default=Progress.BUILDING)
    fault = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="edition_once")]
        indexes = [
            models.Index(
                fields=["-published_at"], condition=Q(published_at__isnull=False), name="edition_published"
            )
        ]


class File(models.Model):
    """One file of an edition and its SHA-256."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(max_length=2)
    format = models.CharField(max_length=4)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "language", "format"], name="file_once")]
        verbose_name = _("file of an edition")
