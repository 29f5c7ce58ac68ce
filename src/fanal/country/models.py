"""Reference data as rows that people may edit: one table for every kind of legal fact and code list."""

from django.db import models
from django.db.models import F, Q


class Entry(models.Model):
    """One version of one fact of the law or of a code list, found by `kind`, `code` and `valid_from`.

    `kind` is a name of `schema.REFERENCE` or `code/<list>`; `labels` holds the texts of the fact by field and
    language, `value` its other fields. `closed`: the pack no longer has it. Once a person changed the row
    `edited_at` is set, and loading a pack leaves it alone.
    """

    kind = models.TextField()
    code = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField()
    labels = models.JSONField()
    value = models.JSONField()
    source = models.TextField()
    to_verify = models.BooleanField()
    closed = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "country_entry"
        ordering = ["position", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "valid_from"], name="country_entry_once"),
            models.CheckConstraint(
                condition=Q(closed=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="country_entry_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="country_entry_has_source"),
        ]


class Stamp(models.Model):
    """One row whose value changes with every change of the entries (kept by a trigger): what a cache asks."""

    value = models.UUIDField()

    class Meta:
        db_table = "country_stamp"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="country_stamp_single")]
