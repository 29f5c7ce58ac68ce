"""What two services must agree on: new accounts and services, other functions, and what was lost."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fanal.accounts.rules import Kind, State
from fanal.ids import new_id


class Change(models.Model):
    """One change to who may do what. `first_unit` and `second_unit` are the services that must agree to it.

    `details`: for a new service its name, its institution and the service it is like. `entered_at` and `tries`: whether
    the code of a handover was used, and how often it was wrong.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    membership = models.ForeignKey("access.Membership", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=24, blank=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, blank=True)
    valid_to = models.DateField(null=True)
    details = models.JSONField(default=dict)
    words = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    asked_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    first_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    second_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in State], default=State.WAITING.value
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(first_unit=F("second_unit")), name="change_two_units"),
            models.CheckConstraint(
                condition=Q(state=State.WAITING.value, settled_at__isnull=True)
                | Q(~Q(state=State.WAITING.value), settled_at__isnull=False),
                name="change_settled_at",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.UNIT.value, Kind.ACCOUNT.value]) | Q(account__isnull=False),
                name="change_about_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["first_unit"], condition=Q(state="waiting"), name="change_by_first"),
            models.Index(fields=["second_unit"], condition=Q(state="waiting"), name="change_by_second"),
            models.Index(fields=["asked_unit", "-asked_at"], name="change_by_asker"),
        ]


class Vouch(models.Model):
    """One of the two voices. `half` is the keyed digest of her half of the code, once she has drawn it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="vouches")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    strong = models.BooleanField()
    at = models.DateTimeField()
    half = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["change", "unit"], name="vouch_once_per_unit"),
            models.UniqueConstraint(fields=["change", "account"], name="vouch_once_per_person"),
        ]
