"""Action plans: their versions, and in each version chapters, objectives, measures, indicators and benchmarks.

Nothing here names a person. A version that was adopted is never changed: an amendment is the next version.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fanal.ids import new_id


class Plan(models.Model):
    """A plan under its stable code. `next_number` makes the keys of its measures, which are never used twice.

    `phenomena`: what it is about (codes of the country). `synthetic`: invented, for trying out; said on every page.
    """

    code = models.SlugField(max_length=40, primary_key=True)
    phenomena = ArrayField(models.CharField(max_length=40), default=list)
    titles = models.JSONField(default=dict)
    next_number = models.PositiveIntegerField(default=1)
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(titles={}), name="plans_plan_has_a_title"),
        ]


class Version(models.Model):
    """One text of a plan: a draft while `adopted_on` is empty, then in force from `effective_on` until the next.

    Adopted by a decision of the register (`decision`, its number) or by an act from before the register (`act`, a
    citation). `complete`: false where only part of a published plan is known here. `edition` counts the changes of what
    a draft says of itself; each measure counts its own, so that two editors never overwrite each other.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    effective_on = models.DateField(null=True)
    adopted_on = models.DateField(null=True)
    decision = models.CharField(max_length=40, blank=True)
    act = models.TextField(blank=True)
    notes = models.JSONField(default=dict)
    source = models.TextField(blank=True)
    to_verify = models.BooleanField(default=False)
    complete = models.BooleanField(default=True)
    edition = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_version_number"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(adopted_on=None), name="plans_one_draft_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plans_version_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(adopted_on=None, effective_on=None, decision="", act="")
                | Q(adopted_on__isnull=False, effective_on__isnull=False) & (~Q(decision="") | ~Q(act="")),
                name="plans_adopted_by_an_act",
            ),
        ]
        indexes = [models.Index(fields=["effective_on", "ends_on"], name="plans_version_by_day")]


class Level(models.TextChoices):
    CHAPTER = "chapter", _("chapter")
    OBJECTIVE = "objective", _("objective")


class Heading(models.Model):
    """A chapter, or an objective inside one. `anchor` is the same in every version of the plan."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="headings")
    anchor = models.UUIDField(default=new_id)
    level = models.CharField(max_length=9, choices=Level)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20)
    titles = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "anchor"], name="plans_heading_once"),
            models.UniqueConstraint(fields=["version", "level", "number"], name="plans_heading_number"),
            models.CheckConstraint(
                condition=Q(level=Level.CHAPTER, parent=None)
                | Q(level=Level.OBJECTIVE, parent__isnull=False),
                name="plans_objective_in_a_chapter",
            ),
            models.CheckConstraint(condition=~Q(titles={}), name="plans_heading_has_a_title"),
        ]


class Measure(models.Model):
    """What a plan undertakes, in one version; `key` is the same in every version of the plan, and nowhere else.

    `lead` and `co_leads` are institutions, `contacts` units of the directory, by code. `budget_cents` is empty where it
    is not known, which is not zero. `words`: the folded words of its texts, each after a space, for the search.
    `to_verify`: its words are ours and wait for somebody who has the plan before her.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="measures")
    key = models.CharField(max_length=60)
    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="measures")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20)
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    lead = models.CharField(max_length=60, blank=True)
    co_leads = ArrayField(models.CharField(max_length=60), default=list)
    contacts = ArrayField(models.CharField(max_length=60), default=list)
    starts_on = models.DateField()
    ends_on = models.DateField()
    budget_cents = models.BigIntegerField(null=True)
    funding = models.CharField(max_length=200, blank=True)
    sdgs = ArrayField(models.CharField(max_length=10), default=list)
    objectives = ArrayField(models.CharField(max_length=10), default=list)
    principles = ArrayField(models.CharField(max_length=40), default=list)
    sisters = ArrayField(models.CharField(max_length=40), default=list)
    source = models.TextField(blank=True)
    to_verify = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "key"], name="plans_measure_once"),
            models.UniqueConstraint(fields=["version", "number"], name="plans_measure_number"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plans_measure_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(budget_cents=None) | Q(budget_cents__gte=0), name="plans_budget_not_negative"
            ),
            models.CheckConstraint(condition=~Q(titles={}), name="plans_measure_has_a_title"),
        ]
        indexes = [
            models.Index(fields=["key"], name="plans_measure_by_key"),
            models.Index(fields=["lead"], name="plans_measure_by_lead"),
        ]


class Indicator(models.Model):
    """What shows whether a measure works. `key` is the same in every version. A target needs a baseline."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="indicators")
    key = models.CharField(max_length=70)
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField(default=dict)
    unit = models.CharField(max_length=60)
    baseline = models.DecimalField(max_digits=16, decimal_places=3, null=True)
    baseline_on = models.DateField(null=True)
    target = models.DecimalField(max_digits=16, decimal_places=3, null=True)
    target_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["measure", "key"], name="plans_indicator_once"),
            models.CheckConstraint(
                condition=Q(target=None) | Q(baseline__isnull=False), name="plans_target_needs_a_baseline"
            ),
            models.CheckConstraint(
                condition=Q(target=None, target_on=None) | Q(target__isnull=False, target_on__isnull=False),
                name="plans_target_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(titles={}) & ~Q(unit=""), name="plans_indicator_named"),
        ]


class Benchmark(models.Model):
    """Where an indicator should stand on a day on the way to its target."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="benchmarks")
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=3)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["indicator", "on"], name="plans_benchmark_once_a_day")
        ]


class Carry(models.Model):
    """That a measure may be one of an older plan come back: found by likeness, judged by a person.

    `carried` is empty until somebody judged. `score` 0 to 1, `shared`: the words that both have.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60)
    older_key = models.CharField(max_length=60)
    score = models.DecimalField(max_digits=4, decimal_places=3)
    shared = ArrayField(models.CharField(max_length=60), default=list)
    same_lead = models.BooleanField(default=False)
    found_at = models.DateTimeField()
    carried = models.BooleanField(null=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "older_key"], name="plans_carry_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(carried=True), name="plans_carried_from_one"),
            models.CheckConstraint(condition=~Q(key=F("older_key")), name="plans_carried_from_another"),
            models.CheckConstraint(
                condition=Q(carried=None, judged_at=None, judged_by=None)
                | Q(carried__isnull=False, judged_at__isnull=False, judged_by__isnull=False),
                name="plans_carry_judged_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["older_key"], name="plans_carry_by_older")]


class Upload(models.Model):
    """A table that somebody brings in, kept while she looks at it: one for each writer of a draft. `names`: the sheets
    of a workbook that hold something; `sheet`: the one that is meant, empty until it is known."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="uploads")
    person = models.UUIDField()
    content = models.BinaryField()
    names = ArrayField(models.CharField(max_length=200), default=list)
    sheet = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "person"], name="plans_one_table_at_a_time")
        ]
