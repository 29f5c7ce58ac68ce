"""The places and criteria that a unit publishes. Nothing here is about a person."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fanal.ids import new_id


class Capacity(models.Model):
    """What a unit can take, as published once; the last publication counts until `valid_until`. Never an address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    free = models.PositiveSmallIntegerField()
    sexes = ArrayField(models.CharField(max_length=10), default=list)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    children = models.BooleanField()
    wheelchair = models.BooleanField()
    night = models.BooleanField()
    valid_until = models.DateTimeField()
    published_by = models.UUIDField()
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")),
                name="capacity_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("published_at")), name="capacity_valid_for_a_while"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-published_at", "-id"], name="capacity_latest")]
