"""What was reported of each measure, what the review said, what was remarked and decided. Rows are only ever added.

Nothing here names a person in words; a measure and an indicator are named by the keys of their plan.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fanal.ids import new_id
from fanal.progress import rules


class Stage(models.TextChoices):
    NOT_BEGUN = rules.Stage.NOT_BEGUN.value, _("not begun")
    UNDER_WAY = rules.Stage.UNDER_WAY.value, _("under way")
    COMPLETED = rules.Stage.COMPLETED.value, _("completed")


class Report(models.Model):
    """What a lead said of a measure for one period. A correction is a later report of the same period.

    `period` is its last day, `period_code` its name. `evidence`: how many pieces came with it. `submission`: the key
    under which a form or a line of a sheet was sent, so that sending it twice is sending it once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    measure = models.CharField(max_length=60)
    plan = models.CharField(max_length=40)
    period = models.DateField()
    period_code = models.CharField(max_length=8)
    stage = models.CharField(max_length=10, choices=Stage)
    words = models.TextField()
    blocked_by = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    evidence = models.PositiveSmallIntegerField(default=0)
    submission = models.CharField(max_length=64, blank=True)
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    sent_by = models.UUIDField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(words=""), name="progress_report_says_something"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="progress_report_stage"),
            models.UniqueConstraint(
                fields=["sent_by", "submission"],
                condition=~Q(submission=""),
                name="progress_report_sent_once",
            ),
        ]
        indexes = [
            models.Index(fields=["measure", "-period", "-sent_at"], name="progress_report_latest"),
            models.Index(
                fields=["measure", "-period"], condition=Q(evidence__gt=0), name="progress_report_evidence"
            ),
            models.Index(fields=["plan", "-sent_at"], name="progress_report_lately"),
        ]


class Value(models.Model):
    """What an indicator was on a day, as a report says."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="values")
    indicator = models.CharField(max_length=70)
    value = models.DecimalField(max_digits=16, decimal_places=3)
    measured_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "indicator"], name="progress_value_once")
        ]
        indexes = [
            models.Index(fields=["indicator", "-measured_on", "-sent_at"], name="progress_value_latest")
        ]


class EvidenceKind(models.TextChoices):
    LINK = "link", _("a page on the web")
    NOTE = "note", _("a document, by its reference")
    DECISION = "decision", _("a decision of a body")


class Evidence(models.Model):
    """What shows that a report is so: an address, the reference of a document, or the number of a decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="pieces")
    kind = models.CharField(max_length=8, choices=EvidenceKind)
    value = models.CharField(max_length=400)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "position"], name="progress_evidence_once"),
            models.CheckConstraint(
                condition=~Q(value="") & Q(kind__in=EvidenceKind.values), name="progress_evidence_something"
            ),
        ]


class Remark(models.Model):
    """What a co-responsible institution adds to a report of the lead."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="remarks")
    words = models.TextField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    made_by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(words=""), name="progress_remark_says_something")
        ]


class Review(models.Model):
    """What the Bureau says of a report: it agrees, or not and why. The last one of a report counts; all stay.

    `measure` and `period` are those of the report, so that what is reviewed is found without it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="reviews")
    measure = models.CharField(max_length=60)
    period = models.DateField()
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    made_by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(reason=""), name="progress_disagrees_for_a_reason"
            )
        ]
        indexes = [
            models.Index(fields=["measure", "-period", "-at"], name="progress_review_latest"),
            models.Index(fields=["report", "-at"], name="progress_review_of_report"),
        ]


class Ruling(models.Model):
    """That a decision of a body drops a measure, or takes it up again. The last one counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    measure = models.CharField(max_length=60)
    dropped = models.BooleanField()
    decision = models.CharField(max_length=40)
    on = models.DateField()
    made_by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(decision=""), name="progress_ruled_by_a_decision")
        ]
        indexes = [models.Index(fields=["measure", "-at"], name="progress_ruling_latest")]


class Reminder(models.Model):
    """That an institution was reminded of a period, so that it is reminded once before and once after its day."""

    institution = models.CharField(max_length=60)
    period_code = models.CharField(max_length=8)
    late = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "period_code", "late"], name="progress_reminded_once"
            )
        ]
