"""A referral from a unit to a unit, what was sent with it, and the words of the answer."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fanal.access.models import Walled
from fanal.referrals.models.consents import Consent, ConsentForm, Matter
from fanal.referrals.rules import moves
from fanal.referrals.rules.content import Item


class State(models.TextChoices):
    PROPOSED = moves.State.PROPOSED.value, _("proposed")
    ACCEPTED = moves.State.ACCEPTED.value, _("accepted")
    REFUSED = moves.State.REFUSED.value, _("refused")
    WITHDRAWN = moves.State.WITHDRAWN.value, _("withdrawn")
    ELSEWHERE = moves.State.ELSEWHERE.value, _("taken on elsewhere")
    DONE = moves.State.DONE.value, _("done")


_OPEN = Q(state__in=sorted(state.value for state in moves.OPEN))


class Referral(Walled):
    """One proposal to one unit, for one purpose, in a compartment of its own owned by the unit that proposes.

    This row names nobody and says nothing of the person: it carries dates, units and codes, so that the receiver
    still knows of it after its sight of the content ended, and the clockwork can tidy up. What was sent stands in
    `ReferralItem`, words in `Reply`.

    The ground is copied here because the receiver may know on what ground it holds the data, and cannot see the
    sender's `Consent`; the article that somebody typed is sealed under this row's id. `sight_until`: the last day on
    which the receiver reads what was sent, once its task is done.
    """

    reference = models.CharField(max_length=12, unique=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="referrals")
    person = models.UUIDField()
    from_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="referrals")
    ground = models.CharField(max_length=40)
    ground_given_on = models.DateField()
    ground_form = models.CharField(max_length=12, blank=True, choices=ConsentForm)
    article_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    refusal = models.CharField(max_length=40, blank=True)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    sight_until = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(state=State.ACCEPTED), name="referral_accepted_once"
            ),
            models.UniqueConstraint(
                fields=["matter", "to_unit", "purpose"], condition=_OPEN, name="referral_open_once"
            ),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="referral_to_another"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="referral_state"),
            models.CheckConstraint(
                condition=(_OPEN & Q(ended_at__isnull=True)) | (~_OPEN & Q(ended_at__isnull=False)),
                name="referral_ends_with_its_task",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.REFUSED) & ~Q(refusal=""))
                | (~Q(state=State.REFUSED) & Q(refusal="")),
                name="referral_refused_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["to_unit", "-proposed_at", "-id"], name="referral_in"),
            models.Index(fields=["from_unit", "-proposed_at", "-id"], name="referral_out"),
            models.Index(fields=["due_at"], condition=Q(state=State.PROPOSED), name="referral_waiting"),
        ]


class ReferralItem(Walled):
    """One item of the person, copied for the receiver, `sealed` under this row's id: it can be erased alone.

    Of two rows with the same item the later one holds.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="items")
    item = models.CharField(max_length=20)
    sealed = models.BinaryField()
    sent_by = models.UUIDField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(item__in=sorted(item.value for item in Item)), name="referral_item_known"
            )
        ]


class Reply(Walled):
    """The receiver's words, `sealed` under this row's id: made empty with the referral, so that the receiver may
    fill it although it writes nothing else in the sender's compartment."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="reply")
    to_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField(null=True)
