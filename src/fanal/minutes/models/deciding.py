"""What became of each item: the outcome, the votes by seat, the action points."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy as pgettext

from fanal.access.models import Walled
from fanal.minutes.models.session import Minutes


class Way(models.TextChoices):
    """How a body came to an opinion or a decision."""

    CONSENSUS = "consensus", pgettext("decided by", "by consensus")
    VOTE = "vote", pgettext("decided by", "by vote")


class Choice(models.TextChoices):
    YES = "yes", pgettext("vote", "for")
    NO = "no", pgettext("vote", "against")
    ABSTAIN = "abstain", pgettext("vote", "abstains")


class Kind(models.TextChoices):
    """What became of an item, as the minutes say it; `meetings` keeps whether it is done with."""

    NOTED = "noted", pgettext("outcome of an item", "taken note of")
    OPINION = "opinion", pgettext("outcome of an item", "opinion")
    DECIDED = "decided", pgettext("outcome of an item", "decision")
    STAYS = "stays", pgettext("outcome of an item", "stays open")
    DEFERRED = "deferred", pgettext("outcome of an item", "deferred")
    SENT = "sent", pgettext("outcome of an item", "sent to the other body")


class Ballot(Walled):
    """A vote on one motion, in the item's compartment. `present`: the seats that sat there when it was closed.
    `result` holds the reason: codes and numbers."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="ballots")
    item = models.UUIDField()
    motion = models.TextField()
    opened_at = models.DateTimeField()
    by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    present = ArrayField(models.UUIDField(), default=list)
    adopted = models.BooleanField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(closed_at=None, adopted=None) | Q(closed_at__isnull=False, adopted__isnull=False),
                name="minutes_ballot_closed_whole",
            ),
            models.UniqueConstraint(
                fields=["minutes", "item"], condition=Q(closed_at=None), name="minutes_one_open_ballot"
            ),
        ]


class Vote(Walled):
    """The vote of one seat. A joint seat has one, whoever of its units casts it."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="+")
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    seat = models.UUIDField()
    choice = models.CharField(max_length=8, choices=Choice)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ballot", "seat"], name="minutes_vote_once_a_seat"),
        ]


class Outcome(Walled):
    """What became of an item at the meeting, in the item's compartment. `decision`: its number in the register."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="outcomes")
    item = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    text = models.TextField(blank=True)
    until = models.DateField(null=True)
    decision = models.CharField(max_length=20, blank=True)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["minutes", "item"], name="minutes_outcome_once"),
            models.CheckConstraint(
                condition=Q(kind="deferred", until__isnull=False) | ~Q(kind="deferred") & Q(until=None),
                name="minutes_deferred_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["opinion", "decided"]) | ~Q(way="") & ~Q(text=""),
                name="minutes_decided_in_some_way",
            ),
            models.CheckConstraint(
                condition=~Q(way="vote") | Q(ballot__isnull=False), name="minutes_voted_on_a_ballot"
            ),
        ]


class Action(Walled):
    """An action point: who does what until when, in the item's compartment."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="actions")
    item = models.UUIDField()
    text = models.TextField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "due_on"], condition=Q(done_at=None), name="minutes_action_open")
        ]
