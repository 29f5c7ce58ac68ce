"""The trace: one row for each act, reading included. Rows are inserted, never changed (the database refuses)."""

import uuid

from django.contrib.postgres.fields import ArrayField
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

    class Meta:
        indexes = [
            models.Index(fields=["compartment_id", "-at"], name="audit_by_compartment"),
            models.Index(fields=["owner_unit_id", "-at"], name="audit_by_owner"),
        ]
