"""What was asked of the country, what the government says to it, what answers it, and what the rapporteur finds.

Nothing here names a person, so that everybody who works here reads it. Two tables have a wall of their own: drafts of
positions, which only the service that writes them sees, and the rapporteur's assessments, which nobody else writes.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from fanal.ids import new_id
from fanal.recommendations.rules import Precision


class Cluster(models.Model):
    """Recommendations of which a person confirmed that they ask the same. `years`: when it was asked, each once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    years = ArrayField(models.PositiveSmallIntegerField(), default=list)
    size = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.UUIDField()


class Recommendation(models.Model):
    """One recommendation under its number, `REC-2022-007`: the year in which it was made and a running number.

    `words`: our own words by language. `addressees`: codes of institutions, none: the country as a whole. What stands
    behind `position`, `linked`, `has_evidence` and `closed_by` is kept in tables of its own; these four are what the
    state is computed from. `terms`: stems and concepts by which it is found.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=16, unique=True)
    body = models.CharField(max_length=60)
    instrument = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=120)
    paragraph = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField()
    precision = models.CharField(max_length=5, choices=[(each.value, each.value) for each in Precision])
    force = models.CharField(max_length=60)
    theme = models.CharField(max_length=60)
    addressees = ArrayField(models.CharField(max_length=60), default=list)
    words = models.JSONField()
    link = models.URLField(max_length=500, blank=True)
    source = models.CharField(max_length=300, blank=True)
    to_verify = models.BooleanField(default=False)
    reply_due = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)
    position = models.CharField(max_length=60, blank=True)
    linked = models.BooleanField(default=False)
    has_evidence = models.BooleanField(default=False)
    closed_by = models.CharField(max_length=40, blank=True)
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, null=True, related_name="members")
    terms = ArrayField(models.CharField(max_length=80), default=list)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["body", "external_id"],
                condition=~Q(external_id=""),
                name="recommendations_external_id_once",
            ),
            models.CheckConstraint(condition=~Q(words={}), name="recommendations_has_words"),
            models.CheckConstraint(
                condition=Q(precision="day")
                | Q(precision="month", issued_on__day=1)
                | Q(precision="year", issued_on__day=1, issued_on__month=1),
                name="recommendations_first_day_of_what_is_known",
            ),
            models.CheckConstraint(
                condition=Q(reply_due=None) | Q(reply_due__gte=F("issued_on")),
                name="recommendations_reply_after_the_question",
            ),
        ]
        indexes = [
            models.Index(F("issued_on").desc(), F("id").desc(), name="recommendations_newest"),
            models.Index(fields=["body", "document"], name="recommendations_by_document"),
            models.Index(
                fields=["reply_due"], condition=Q(position="", closed_by=""), name="recommendations_to_reply"
            ),
            GinIndex(fields=["terms"], name="recommendations_terms"),
        ]


class Position(models.Model):
    """What the government says to it, on a day, by whom. Added only: the latest one counts, the others are history."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="positions")
    position = models.CharField(max_length=60)
    reason = models.TextField()
    stated_on = models.DateField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    stated_by = models.UUIDField()
    stated_at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(reason=""), name="recommendations_position_with_reason")
        ]


class Draft(models.Model):
    """A position that a service writes and has not stated: the database shows it to that service alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="drafts")
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["recommendation", "unit"], name="recommendations_one_draft_a_unit"
            )
        ]


class Kind(models.TextChoices):
    """What answers a recommendation. `closing`: the decision that closes it."""

    MEASURE = "measure", pgettext_lazy("recommendation", "measure")
    DECISION = "decision", pgettext_lazy("recommendation", "decision")
    EVIDENCE = "evidence", pgettext_lazy("recommendation", "evidence")
    CLOSING = "closing", pgettext_lazy("recommendation", "closing decision")


class Answer(models.Model):
    """A measure, a decision or a piece of evidence that answers a recommendation; taken off it stays, with the day.

    `key`: the measure's key or the decision's number. Evidence has `words`, a day and perhaps a link.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    on = models.DateField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.UUIDField(null=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind="evidence", key="") & ~Q(words="") | ~Q(kind="evidence") & ~Q(key=""),
                name="recommendations_answer_says_what",
            ),
            models.UniqueConstraint(
                fields=["recommendation", "kind", "key"],
                condition=~Q(kind="evidence") & Q(removed_at=None),
                name="recommendations_answer_once",
            ),
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(kind="closing", removed_at=None),
                name="recommendations_closed_once",
            ),
        ]


class Assessment(models.Model):
    """What the independent rapporteur finds. Added only, and by a rapporteur of her own unit only: see the migration.

    `public`: she shows it on the public page.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="assessments")
    verdict = models.CharField(max_length=60)
    words = models.TextField()
    public = models.BooleanField(default=False)
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("access.Membership", on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(words=""), name="recommendations_assessment_says_why")
        ]


class Search(models.Model):
    """One search for recommendations that ask the same: who began it, how far it is, what it found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    found = models.PositiveIntegerField(default=0)
    failed = models.BooleanField(default=False)


class Proposal(models.Model):
    """Recommendations that a search found alike, with what they share: `why` lists [kind, word, weight].

    It goes when somebody judged it, or when the next search begins.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="proposals")
    score = models.FloatField()
    why = models.JSONField()
    recommendations = models.ManyToManyField(Recommendation, related_name="+")


class Apart(models.Model):
    """Two recommendations of which a person said that they do not ask the same: no search joins them again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()
    judged_by = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["first", "second"], name="recommendations_apart_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="recommendations_apart_two_in_their_order"
            ),
        ]


class Batch(models.Model):
    """A table that somebody brings in, as it was read: looked at and mapped before anything of it is written.

    `rows`: [number in the file, {column: text}]. `mapping`: {field: column}. `fixed`: {field: what holds for all}.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField()
    columns = ArrayField(models.CharField(max_length=200))
    rows = models.JSONField()
    mapping = models.JSONField(default=dict)
    fixed = models.JSONField(default=dict)
