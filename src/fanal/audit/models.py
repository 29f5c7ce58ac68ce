"""The trace: one row for each act, reading included. Rows are inserted, never changed (the database refuses)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """The six verbs of article 56 of the Belgian law of 30 July 2018 (LED art. 25), and the refusal."""

    COLLECT = "collect", _("collected")
    ALTER = "alter", _("changed")
    CONSULT = "consult", _("consulted")
    DISCLOSE = "disclose", _("disclosed")
    COMBINE = "combine", _("combined")
    ERASE = "erase", _("erased")
    REFUSED = "refused", _("was refused")


class Entry(models.Model):
    """One act. `facts` holds codes and numbers, never personal data; `leaf` is computed by the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    verb = models.CharField(max_length=10, choices=Verb)
    act = models.CharField(max_length=60)
    person_id = models.UUIDField(null=True)
    membership_id = models.UUIDField(null=True)
    unit_id = models.IntegerField(null=True)
    owner_unit_id = models.IntegerField(null=True)
    compartment_id = models.UUIDField(null=True)
    object_ids = ArrayField(models.UUIDField(), default=list)
    purpose = models.CharField(max_length=60, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    facts = models.JSONField(default=dict)
    leaf = models.BinaryField(null=True, editable=False)
    transaction = models.BigIntegerField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["compartment_id", "-at"], name="audit_by_compartment"),
            models.Index(fields=["owner_unit_id", "-at"], name="audit_by_owner"),
            models.Index(fields=["transaction"], name="audit_by_transaction"),
            BrinIndex(fields=["at"], name="audit_by_time", pages_per_range=32, autosummarize=True),
        ]


class Seal(models.Model):
    """One signed statement (`rules.statements`), and what the sealer needs to go on from it. Never changed.

    `peaks`: the tree of `size` leaves, packed. `horizon`: every line of an older transaction is sealed. `complete`:
    nothing was left to seal.
    """

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    size = models.BigIntegerField()
    text = models.TextField()
    signature = models.BinaryField()
    peaks = models.BinaryField()
    horizon = models.BigIntegerField()
    complete = models.BooleanField()


class Sealed(models.Model):
    """The place of a line in the tree, counted from 0. Only the sealer's function writes here; nobody changes it."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)


class Stamp(models.Model):
    """The time stamp (RFC 3161) that another authority put on a statement. Never changed."""

    number = models.PositiveIntegerField(primary_key=True)
    token = models.BinaryField()
    at = models.DateTimeField()


class Unusual(models.TextChoices):
    FILES = "files", _("many files")
    REFUSALS = "refusals", _("many refusals")


class Finding(models.Model):
    """Somebody did what is unusual, as one unit is told of it: only what that unit may know.

    One row for each unit that is told, with the same `reference`. `count` and `acts` ({act: how often}) concern the
    files of that unit, or all of them for the unit that watches over the person's house; `files` are that unit's own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Unusual)
    unit_id = models.IntegerField()
    person_id = models.UUIDField()
    membership_id = models.UUIDField()
    actor_unit_id = models.IntegerField()
    since = models.DateTimeField()
    at = models.DateTimeField()
    count = models.IntegerField()
    usual = models.IntegerField(null=True)
    acts = models.JSONField(default=dict)
    files = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "unit_id"], name="finding_once_a_unit"),
        ]
        indexes = [
            models.Index(fields=["unit_id", "-at"], name="finding_by_unit"),
            models.Index(fields=["membership_id", "-at"], name="finding_by_member"),
        ]
