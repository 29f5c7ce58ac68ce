"""Written procedures: a text put to the seats between meetings, and what they answered."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy as pgettext

from fanal.access.models import Walled
from fanal.minutes.rules import silence


class Stand(models.TextChoices):
    AGREES = silence.Stand.AGREES.value, pgettext("answer in writing", "agrees")
    OBJECTS = silence.Stand.OBJECTS.value, pgettext("answer in writing", "objects")
    ABSTAINS = silence.Stand.ABSTAINS.value, pgettext("answer in writing", "abstains")


class Procedure(Walled):
    """A text put to the seats in writing until a deadline. `rule`: the code of the vote rule, `silence` what it made
    of silence on that day. `owners` and `due_on`: of the decision that it becomes."""

    reference = models.CharField(max_length=20, unique=True)
    body = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    owners = ArrayField(models.IntegerField(), default=list)
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    deadline = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    adopted = models.BooleanField(null=True)
    result = models.JSONField(default=dict)
    decision = models.CharField(max_length=20, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    why_withdrawn = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="minutes_procedure_once"),
            models.CheckConstraint(
                condition=Q(deadline__gt=F("opened_at")), name="minutes_deadline_is_later"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, adopted=None) | Q(closed_at__isnull=False, adopted__isnull=False),
                name="minutes_procedure_closed_whole",
            ),
        ]
        indexes = [models.Index(fields=["body", "-opened_at"], name="minutes_procedure_by_body")]


class Answer(Walled):
    """What a seat answers to a written procedure; it may change its mind until the end."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="answers")
    seat = models.UUIDField()
    stand = models.CharField(max_length=10, choices=Stand)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["procedure", "seat"], name="minutes_answer_once_a_seat"),
            models.CheckConstraint(
                condition=~Q(stand="objects") | ~Q(words=""), name="minutes_objection_says_why"
            ),
        ]
