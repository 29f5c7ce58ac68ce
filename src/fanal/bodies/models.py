"""Bodies, their seats and who sits there, and the urgent meetings that were asked for."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fanal.access.models import Walled
from fanal.bodies import rules
from fanal.ids import new_id


class SeatKind(models.TextChoices):
    CHAIR = rules.SeatKind.CHAIR.value, _("chair")
    VOTING = rules.SeatKind.VOTING.value, _("voting member")
    ADVISORY = rules.SeatKind.ADVISORY.value, _("advisory member")
    OBSERVER = rules.SeatKind.OBSERVER.value, _("observer")
    SECRETARIAT = rules.SeatKind.SECRETARIAT.value, _("secretariat")


class Dated(models.Model):
    """So between two days, both included; without a last day it still is."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="bodies_%(class)s_ends_after_start",
            )
        ]


class Named(Dated):
    """A dated row with names in the four languages. `delivered`: by the country pack; `edited_at`: a person changed it,
    and the pack leaves it alone from then on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=60, unique=True)
    names = models.JSONField(default=dict)
    source = models.TextField(blank=True)
    to_verify = models.BooleanField(default=False)
    delivered = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True)

    class Meta(Dated.Meta):
        abstract = True

    def label(self, language: str) -> str:
        """The name in a language, or else in English."""
        return _words(self.names, language)


def _words(names: dict[str, str], language: str) -> str:
    return names.get(language[:2]) or names.get("en") or next(iter(names.values()), "")


class Body(Named):
    """A body that meets and decides. `unit` keeps its papers, which stand in `compartment`; `cadence` and `vote_rule`
    are codes of the country's law. Nothing here is secret: the seats are public, the papers are not."""

    short_names = models.JSONField(default=dict)
    kind = models.CharField(max_length=40)
    prefix = models.CharField(max_length=8, unique=True)
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey("access.Compartment", on_delete=models.PROTECT, related_name="+")
    district = models.CharField(max_length=60, blank=True)
    prepares_for = models.CharField(max_length=60, blank=True)
    cadence = models.CharField(max_length=60, blank=True)
    vote_rule = models.CharField(max_length=60)
    position = models.PositiveIntegerField(default=0)

    class Meta(Named.Meta):
        ordering = ["position", "code"]

    def short(self, language: str) -> str:
        """The short name in a language."""
        return _words(self.short_names, language)


class Seat(Named):
    """A seat of a body between two days, held by one unit or by several that have one voice together."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    kind = models.CharField(max_length=12, choices=SeatKind)
    unit_ids = ArrayField(models.IntegerField())
    votes = models.BooleanField()
    position = models.PositiveIntegerField(default=0)

    class Meta(Named.Meta):
        ordering = ["position", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Named.Meta.constraints,
            models.CheckConstraint(condition=Q(unit_ids__len__gt=0), name="bodies_seat_is_held"),
            models.CheckConstraint(
                condition=~Q(kind=SeatKind.OBSERVER, votes=True), name="bodies_observer_does_not_vote"
            ),
        ]


class Sitting(Dated):
    """Who sits in a seat: its holder or a substitute. A seat without sittings is that of whoever its unit sends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="sittings")
    membership = models.ForeignKey("access.Membership", on_delete=models.PROTECT, related_name="+")
    substitute = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(substitute=False, valid_to__isnull=True),
                name="bodies_seat_held_once",
            ),
            models.UniqueConstraint(
                fields=["seat", "membership"],
                condition=Q(valid_to__isnull=True),
                name="bodies_person_once_in_a_seat",
            ),
        ]


class Circle(Walled):
    """The named seats for whom a restricted item, annex or decision is: one row for each such compartment."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    seat_ids = ArrayField(models.UUIDField())
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["compartment"], name="bodies_circle_once")]


class Request(Walled):
    """An urgent meeting that a member asked for, and what became of it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    convened_for = models.DateField(null=True)
    refused_because = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, convened_for=None, refused_because="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, convened_for__isnull=False)
                | Q(answered_at__isnull=False, answered_by__isnull=False, convened_for=None)
                & ~Q(refused_because=""),
                name="bodies_request_answered_whole",
            )
        ]
        indexes = [
            models.Index(fields=["body", "asked_at"], name="bodies_request_by_body"),
        ]
