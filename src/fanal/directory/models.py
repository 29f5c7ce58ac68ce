"""Institutions, units, districts, municipalities and how to reach them. Nothing here names a victim."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name)


class Named(models.Model):
    """A row with a stable code, names in the four languages, and dates (last day included)."""

    names = models.JSONField(default=dict)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def label(self, language: str) -> str:
        """The name in a language, or else in English."""
        names: dict[str, str] = self.names
        return names.get(language) or names.get("en") or ""

    def __str__(self) -> str:
        return self.label("en")


class Institution(Named):
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    short_names = models.JSONField(default=dict)

    class Meta:
        constraints = [_ends_after_start("institution_ends_after_start")]


class District(Named):
    """A judicial district."""

    code = models.CharField(max_length=40, unique=True)
    resort = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [_ends_after_start("district_ends_after_start")]


class Unit(Named):
    """A service that acts. Its integer id is what walls are made of; 0 is never a unit."""

    code = models.CharField(max_length=60, unique=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="units")
    kind = models.CharField(max_length=40)
    short_names = models.JSONField(default=dict)
    districts = ArrayField(models.CharField(max_length=40), default=list)
    zones = ArrayField(models.CharField(max_length=40), default=list)
    sectors = ArrayField(models.CharField(max_length=40), default=list)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    roles = ArrayField(models.CharField(max_length=24), default=list)

    class Meta:
        constraints = [
            _ends_after_start("unit_ends_after_start"),
            models.CheckConstraint(condition=Q(id__gt=0), name="unit_zero_is_the_clockwork"),
        ]
