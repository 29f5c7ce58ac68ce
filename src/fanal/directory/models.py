"""Institutions, units, districts, municipalities and how to reach them. Nothing here names a victim."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Dated(models.Model):
    """A row that is so between two days, both included; without a last day it still is."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_ends_after_start",
            )
        ]


class Named(Dated):
    """A dated fact with a stable code and names in the four languages, as the country pack delivers it.

    `edited_at` is set once a person changed the row: from then on the pack no longer overwrites it.
    """

    code = models.CharField(max_length=60)
    names = models.JSONField(default=dict)
    source = models.TextField(blank=True)
    to_verify = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True, editable=False)

    class Meta(Dated.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.label("en")

    def label(self, language: str) -> str:
        """The name in a language, or else in English."""
        return _words(self.names, language)


class Coded(Named):
    """A named row that has one row for its code, however often it changes."""

    class Meta(Named.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code"], name="%(class)s_code"),
        ]


def _words(names: dict[str, str], language: str) -> str:
    return names.get(language[:2]) or names.get("en") or ""


class Institution(Coded):
    """A legal body or a department: the house that units belong to."""

    kind = models.CharField(max_length=40)
    short_names = models.JSONField(default=dict)

    def short(self, language: str) -> str:
        """The abbreviation in a language."""
        return _words(self.short_names, language)


class District(Coded):
    """A judicial district. `tile` is its column and row on the schematic map."""

    resort = models.CharField(max_length=40, blank=True)
    tile = ArrayField(models.SmallIntegerField(), size=2)


class Zone(Coded):
    """A part of a divided district that has its own competent units."""

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, to_field="code", related_name="divisions"
    )


class Unit(Coded):
    """A service that acts. Its integer id is what walls are made of; 0 is never a unit.

    No `districts`: competent in the whole country. No `roles`: a number to call, nobody works in it here.
    """

    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, to_field="code", related_name="units"
    )
    kind = models.CharField(max_length=40)
    short_names = models.JSONField(default=dict)
    districts = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    zones = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    sectors = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    roles = ArrayField(models.CharField(max_length=24), default=list, blank=True)

    class Meta(Coded.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Coded.Meta.constraints,
            models.CheckConstraint(condition=Q(id__gt=0), name="unit_zero_is_the_clockwork"),
        ]

    def short(self, language: str) -> str:
        """The short name in a language."""
        return _words(self.short_names, language)


class Municipality(Named):
    """A municipality between two dates; `code` is its statistical (NIS) code. A merged one is a new row.

    `words` holds its names and postcodes, folded, each word after a space: what people type is looked up in it.
    """

    postcodes = ArrayField(models.CharField(max_length=10), default=list)
    district = models.ForeignKey(District, on_delete=models.PROTECT, to_field="code", related_name="+")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, to_field="code", null=True, related_name="+")
    words = models.TextField(editable=False)

    class Meta(Named.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="municipality_version"),
        ]


class Function(Coded):
    """What somebody is in a unit, such as reference magistrate."""

    unit_kinds = ArrayField(models.CharField(max_length=40), default=list)


class Channel(models.TextChoices):
    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    WEB = "web", _("website")


class ContactPoint(Named):
    """How a unit is reached; `names` says what it is for. `always`: day and night, every day.

    A changed number is a new row from its first day on. Rows made by people have no code.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="contact_points")
    function = models.ForeignKey(
        Function, on_delete=models.PROTECT, to_field="code", null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=5, choices=Channel)
    value = models.CharField(max_length=200)
    hours = models.JSONField(default=dict, blank=True)
    always = models.BooleanField(default=False)
    public = models.BooleanField(default=False)

    class Meta(Named.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=~Q(code=""), name="contactpoint_version"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="contactpoint_channel"),
            models.CheckConstraint(condition=~Q(value=""), name="contactpoint_value"),
        ]

    @property
    def version(self) -> int | datetime:
        """What changes with each change of the row."""
        return self.edited_at or 0

    def hours_label(self, language: str) -> str:
        """When it answers, in a language; empty when nothing is known."""
        return _words(self.hours, language)


class Mandate(Dated):
    """Who holds a function in a unit between two dates, and who stands in. Names of staff: never public."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="mandates")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, to_field="code", related_name="+")
    holder = models.CharField(max_length=120)
    substitute = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField()

    class Meta(Dated.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(holder=""), name="mandate_holder"),
            models.CheckConstraint(
                condition=~Q(holder=F("substitute")), name="mandate_substitute_is_another"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-valid_from"], name="mandate_by_unit")]
