"""Items of a body, the agendas they stood on, what happened to them, and their annexes."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fanal.access.models import Walled
from fanal.meetings.models.meetings import Meeting
from fanal.meetings.rules import items as lives
from fanal.plans.rules import words


class Source(models.TextChoices):
    MEMBER = lives.Source.MEMBER.value, _("proposed by a member")
    SENT = lives.Source.SENT.value, _("sent by another body")
    DECISION = lives.Source.DECISION.value, _("decision to follow up")
    RECOMMENDATION = lives.Source.RECOMMENDATION.value, _("recommendation due")
    MEASURE = lives.Source.MEASURE.value, _("measure due")


class Aim(models.TextChoices):
    INFORMATION = lives.Aim.INFORMATION.value, _("for information")
    OPINION = lives.Aim.OPINION.value, _("for opinion")
    DECISION = lives.Aim.DECISION.value, _("for decision")


class State(models.TextChoices):
    OPEN = lives.State.OPEN.value, pgettext("item", "open")
    CLOSED = lives.State.CLOSED.value, pgettext("item", "closed")
    SENT = lives.State.SENT.value, pgettext("item", "sent to another body")
    WITHDRAWN = lives.State.WITHDRAWN.value, pgettext("item", "withdrawn")
    LAPSED = lives.State.LAPSED.value, pgettext("item", "no longer due")


class Outcome(models.TextChoices):
    NOTED = lives.Outcome.NOTED.value, pgettext("outcome", "noted")
    OPINION = lives.Outcome.OPINION.value, pgettext("outcome", "opinion given")
    DECIDED = lives.Outcome.DECIDED.value, pgettext("outcome", "decided")
    STAYS = lives.Outcome.STAYS.value, pgettext("outcome", "stays open")
    DEFERRED = lives.Outcome.DEFERRED.value, pgettext("outcome", "deferred")
    SENT = lives.Outcome.SENT.value, pgettext("outcome", "sent to the other body")
    WITHDRAWN = lives.Outcome.WITHDRAWN.value, pgettext("outcome", "withdrawn")


class Item(Walled):
    """Something a body has to deal with, from its proposal until it is closed, over as many meetings as it takes.

    It stands in the compartment of its body; a restricted one in its own, opened to the units of the seats that it
    names (`seats`, empty for an ordinary item). `reference` (`I-7F3K-9QX4`) has no meaning, so that nothing can be
    read out of a gap. `source_key` finds what it is about in the capability that keeps it. `titles`: by language, of
    what the system put there; a member's item has her `title` alone. `words`: title and text as the search sees them.
    """

    body = models.CharField(max_length=60)
    reference = models.CharField(max_length=12, unique=True)
    source = models.CharField(max_length=16, choices=Source, default=Source.MEMBER)
    source_key = models.CharField(max_length=60, blank=True)
    source_url = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200)
    titles = models.JSONField(default=dict, db_default={})
    text = models.TextField(blank=True)
    aim = models.CharField(max_length=12, choices=Aim)
    minutes = models.PositiveSmallIntegerField(default=10)
    seats = ArrayField(models.UUIDField(), default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    returns_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    seat = models.UUIDField(null=True)
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    late_for = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="late_items")
    why_late = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="item_closed_at_a_moment",
            ),
            models.UniqueConstraint(
                fields=["compartment", "source", "source_key"],
                condition=Q(state="open", source__in=["decision", "recommendation", "measure"]),
                name="item_due_once",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "proposed_at"], condition=Q(state="open"), name="item_open"),
            models.Index(fields=["origin"], name="item_origin"),
            models.Index(fields=["body", "-proposed_at"], name="item_by_body"),
        ]

    @property
    def heading(self) -> str:
        """Its title, in the language in force where it has one in each."""
        return words(self.titles, get_language() or "en") or self.title

    @property
    def restricted(self) -> bool:
        """Whether only the seats that it names see it."""
        return bool(self.seats)


class Point(Walled):
    """An item on the agenda of one meeting, in the item's compartment.

    `position` orders ordinary items among themselves, and restricted ones among themselves, so that neither says
    anything of the other. `excluded`: seats that do not vote on it, fixed when the agenda is set.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="points")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=16)
    minutes = models.PositiveSmallIntegerField(default=10)
    late = models.BooleanField(default=False)
    excluded = ArrayField(models.UUIDField(), default=list)
    why_excluded = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    until = models.DateField(null=True)
    to_body = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "item"], name="point_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="point_settled_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome="deferred", until__isnull=False)
                | (~Q(outcome="deferred") & Q(until=None)),
                name="point_deferred_until_a_day",
            ),
        ]
        indexes = [models.Index(fields=["item"], name="point_by_item")]


class Step(Walled):
    """One line of an item's history, in the item's compartment. `act` is a code, `facts` its plain values, `words`
    the reason that was given."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="steps")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, related_name="+")
    act = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["item", "at"], name="step_by_item")]


class Annex(Walled):
    """A paper that goes with an item, in the item's compartment or, restricted, in its own. Its file hangs on it.

    `reference` is its own: the name under which the file leaves says nothing of the item.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="annexes")
    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    seats = ArrayField(models.UUIDField(), default=list)
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
