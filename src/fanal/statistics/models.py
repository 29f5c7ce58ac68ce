"""The register of figures: versions that are only ever added."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fanal.ids import new_id
from fanal.statistics import rules


class Status(models.TextChoices):
    KNOWN = rules.Status.KNOWN.value, _("known")
    ZERO = rules.Status.ZERO.value, _("known to be zero")
    UNKNOWN = rules.Status.UNKNOWN.value, _("unknown")
    NOT_APPLICABLE = rules.Status.NOT_APPLICABLE.value, _("not applicable")
    SUPPRESSED = rules.Status.SUPPRESSED.value, _("suppressed, because it is too small to be told")


class Figure(models.Model):
    """One version of a figure. Nothing of it changes but `superseded_at`, once, when the next version comes.

    It names nobody. Until it is `protected` it stands before those who keep the register only: a small number may tell
    of somebody. `definitions` and `notes` by language; `recorded_by` is empty for what came with the country.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=120)
    version = models.PositiveIntegerField()
    counting_unit = models.CharField(max_length=40)
    phenomenon = models.CharField(max_length=40)
    form = models.CharField(max_length=40, blank=True)
    breakdown = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=9)
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = models.BigIntegerField(null=True)
    status = models.CharField(max_length=16, choices=Status)
    definitions = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    source = models.CharField(max_length=300)
    extracted_on = models.DateField(null=True)
    protected = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "version"], name="figure_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(superseded_at=None), name="figure_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(status="known", value__isnull=False, value__gt=0)
                | Q(status="zero", value__isnull=False, value=0)
                | Q(status__in=["unknown", "not_applicable", "suppressed"], value=None),
                name="figure_number_goes_with_its_state",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="figure_has_a_source"),
            models.CheckConstraint(condition=Q(starts_on__lte=models.F("ends_on")), name="figure_period"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["-ends_on", "id"], condition=Q(superseded_at=None), name="figure_latest_period"
            ),
            models.Index(
                fields=["counting_unit", "phenomenon", "form", "breakdown", "starts_on"],
                condition=Q(superseded_at=None),
                name="figure_by_matter",
            ),
        ]


class Sheet(models.Model):
    """A file of figures that somebody is importing: what was read of it, until it is written or forgotten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()
    name = models.CharField(max_length=120)
    rows = models.JSONField()
