"""A series, the meetings it plans, and what the seats answered to an invitation."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fanal.access.models import Walled
from fanal.meetings.rules import meetings as lives


class State(models.TextChoices):
    DRAFT = lives.State.DRAFT.value, pgettext("meeting", "draft")
    CONVENED = lives.State.CONVENED.value, pgettext("meeting", "convened")
    HELD = lives.State.HELD.value, pgettext("meeting", "held")
    CANCELLED = lives.State.CANCELLED.value, pgettext("meeting", "cancelled")


class Answer(models.TextChoices):
    ACCEPTS = lives.Reply.ACCEPTS.value, _("comes")
    DECLINES = lives.Reply.DECLINES.value, _("does not come")
    SUBSTITUTE = lives.Reply.SUBSTITUTE.value, _("sends a substitute")


class Series(Walled):
    """A rule by which drafts of meetings are planned: every so many months on the nth weekday (0: Monday).

    `nth` 1 to 4, or -1 for the last. What falls on a holiday goes to the next working day.
    """

    body = models.CharField(max_length=60)
    every_months = models.PositiveSmallIntegerField(default=1)
    nth = models.SmallIntegerField()
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=120)
    place = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(nth__in=[-1, 1, 2, 3, 4], weekday__lte=6, every_months__gte=1),
                name="series_is_readable",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="series_ends_after_it_starts"
            ),
        ]


class Meeting(Walled):
    """A meeting of a body. `reference` (`BUR-2026-12`): the body, the year, its number in the order of planning.

    `sequence` grows with each invitation (RFC 5545). `agenda_set_at`: from then on what is added is late, and the
    seats that do not vote on an item are fixed. `version` grows with every change of the meeting or its agenda.
    """

    body = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=20, unique=True)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="meetings")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    proposals_until = models.DateTimeField(null=True)
    agenda_set_at = models.DateTimeField(null=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    convened_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    why_cancelled = models.TextField(blank=True)
    request_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=(Q(state="draft") & Q(convened_at=None, held_at=None, cancelled_at=None))
                | (Q(state="convened") & Q(convened_at__isnull=False, held_at=None, cancelled_at=None))
                | (Q(state="held") & Q(held_at__isnull=False, cancelled_at=None))
                | (Q(state="cancelled") & Q(cancelled_at__isnull=False, held_at=None)),
                name="meeting_state_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-begins_at"], name="meeting_by_body"),
            models.Index(fields=["begins_at"], name="meeting_by_day"),
        ]


class Reply(Walled):
    """The latest answer of a seat to an invitation. `note`: who sits in, in words of the seat."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="replies")
    seat = models.UUIDField()
    answer = models.CharField(max_length=10, choices=Answer)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="reply_once_a_seat"),
        ]
