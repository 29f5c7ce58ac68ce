"""What comes after the session: remarks on the draft, addenda to what was approved."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fanal.access.models import Walled
from fanal.minutes.models.session import Minutes


class Remark(Walled):
    """What a seat says of minutes that were given round. `item`: of which item; none: of the whole."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="remarks")
    item = models.UUIDField(null=True)
    seat = models.UUIDField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()
    taken = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(taken=None, answered_at=None, answered_by=None)
                | Q(taken__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="minutes_remark_answered_whole",
            )
        ]


class Addendum(Walled):
    """A correction of approved minutes: added, dated and signed, never put in their place.

    `number` counts within the compartment, so that no gap tells of an addendum to a restricted item.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="addenda")
    item = models.UUIDField(null=True)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()
    signed = models.CharField(max_length=200)
