"""A session and its minutes: the one row of a meeting, who sat there, and what was written of each item."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy as pgettext

from fanal.access.models import Walled
from fanal.minutes.rules import attendance, states


class State(models.TextChoices):
    SESSION = states.State.SESSION.value, pgettext("minutes", "in session")
    DRAFT = states.State.DRAFT.value, pgettext("minutes", "draft")
    CIRCULATED = states.State.CIRCULATED.value, pgettext("minutes", "given round for remarks")
    APPROVED = states.State.APPROVED.value, pgettext("minutes", "approved")


class Seen(models.TextChoices):
    PRESENT = attendance.State.PRESENT.value, pgettext("attendance", "present")
    SUBSTITUTE = attendance.State.SUBSTITUTE.value, pgettext("attendance", "substitute")
    EXCUSED = attendance.State.EXCUSED.value, pgettext("attendance", "excused")
    ABSENT = attendance.State.ABSENT.value, pgettext("attendance", "absent")
    LEFT = attendance.State.LEFT.value, pgettext("attendance", "left")


class Minutes(Walled):
    """The minutes of one meeting, from the opening of its session on. Once approved, the database refuses every change
    of them and of what hangs on them.

    They stand in the compartment of the body; what is written of a restricted item stands in the item's. `approval`:
    the item on a later agenda by which they are approved, `approved_in` the reference of that meeting.
    """

    meeting = models.UUIDField(unique=True)
    reference = models.CharField(max_length=20, unique=True)
    body = models.CharField(max_length=60)
    held_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.SESSION)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    circulated_at = models.DateTimeField(null=True)
    remarks_until = models.DateField(null=True)
    approval = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_in = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="session", closed_at=None)
                | Q(state="draft", closed_at__isnull=False, circulated_at=None)
                | Q(state="circulated", circulated_at__isnull=False, remarks_until__isnull=False)
                | Q(state="approved", circulated_at__isnull=False),
                name="minutes_state_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False, approved_by__isnull=False)
                | ~Q(state="approved") & Q(approved_at=None, approved_by=None),
                name="minutes_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="minutes_close_after_open",
            ),
        ]
        indexes = [
            models.Index(fields=["-held_on", "id"], name="minutes_by_day"),
            models.Index(fields=["body", "-held_on"], name="minutes_by_body"),
        ]


class Presence(Walled):
    """A fact of attendance: from `at` on this is so for the seat. What stands follows from the facts; the later one
    counts. `who` sits, `instead_of` whom."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="presences")
    seat = models.UUIDField()
    state = models.CharField(max_length=10, choices=Seen)
    who = models.CharField(max_length=120, blank=True)
    instead_of = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(state="substitute") | ~Q(who=""), name="minutes_substitute_has_a_name"
            )
        ]
        indexes = [models.Index(fields=["minutes", "at"], name="minutes_presence_by_time")]


class Note(Walled):
    """What is written of one item of the agenda, in the item's compartment: plain lines, `- ` begins a point of a
    list, `# ` a heading. `version` is the number of the version that `text` is, `words` what the search compares."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="notes")
    item = models.UUIDField()
    text = models.TextField(blank=True)
    words = models.TextField(default="", db_default="", blank=True)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["minutes", "item"], name="minutes_note_once"),
        ]


class Version(Walled):
    """One saved version of a note, never changed. `sent`: what the window had, where a merge made another text."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    window = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    sent = models.TextField(null=True)
    conflicts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["note", "number"], name="minutes_version_once"),
        ]
