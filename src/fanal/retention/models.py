"""When a file is looked at again, what may not be erased, what was erased, and corrections that reach others."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fanal.access.models import Walled
from fanal.ids import new_id
from fanal.retention import rules


class Kind(models.TextChoices):
    ALERT = rules.Kind.ALERT.value, _("alert")
    REFERRAL = rules.Kind.REFERRAL.value, _("referral")
    REQUEST = rules.Kind.REQUEST.value, _("request to open a procedure")
    PROCEDURE = rules.Kind.PROCEDURE.value, _("procedure")


class File(Walled):
    """A record with persons, as its review sees it: written by the database with the record itself, so that none is
    forgotten.

    Names nobody, so that the clockwork may remind. Without `keep_until` the country's term counts from `opened_on`.
    `why` it is kept longer is sealed under this row's id.
    """

    kind = models.CharField(max_length=10, choices=Kind)
    reference = models.CharField(max_length=12)
    owner_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    keep_until = models.DateField(null=True)
    why = models.BinaryField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reminded_for = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["compartment"], name="retention_file_once"),
            models.CheckConstraint(
                condition=Q(keep_until=None, why=None)
                | Q(keep_until__isnull=False, why__isnull=False, decided_by__isnull=False),
                name="retention_kept_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_unit", "opened_on", "id"],
                condition=Q(erased_at=None),
                name="retention_by_owner",
            ),
            models.Index(
                fields=["kind", "opened_on"],
                condition=Q(erased_at=None, keep_until=None),
                name="retention_by_term",
            ),
            models.Index(fields=["keep_until"], condition=Q(erased_at=None), name="retention_by_day"),
        ]


class Hold(Walled):
    """A legal hold: while it stands, nothing of the file is erased. `sealed`: the number of the proceedings and the
    words, under this row's id."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="holds")
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)
    sealed = models.BinaryField()
    placed_at = models.DateTimeField()
    placed_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="retention_hold_lifted_by_somebody",
            )
        ]


class Erasure(Walled):
    """A proposal to erase, confirmed by a second person, or withdrawn. `person`: her number in the file; empty: all of
    it."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="erasures")
    person = models.UUIDField(null=True)
    ground = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="retention_two_persons",
            ),
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="retention_one_proposal",
            ),
        ]


class Erased(models.Model):
    """A subject whose key was destroyed: a random number and a day. Never removed; a restore applies the list again."""

    subject_id = models.UUIDField(primary_key=True)
    erased_at = models.DateTimeField()


class Copy(models.Model):
    """A copy that another service still reads: its key is destroyed after that day. Names nobody."""

    subject_id = models.UUIDField(primary_key=True)
    erase_after = models.DateField(db_index=True)


class Outcome(models.TextChoices):
    """What a person who asked what is held of her was given."""

    FULL = "full", _("everything that is held")
    RESTRICTED = "restricted", _("a restricted answer")
    INDIRECT = "indirect", _("the address of the supervisory authority")


class Answer(Walled):
    """That a person was answered who asked what is held of her: in which language, and if less than everything, on
    which ground; the reason is sealed under this row's id (Directive (EU) 2016/680, art. 15 (4))."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="answers")
    person = models.UUIDField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    restriction = models.CharField(max_length=60, blank=True)
    sealed = models.BinaryField(null=True)
    language = models.CharField(max_length=2)
    at = models.DateTimeField()
    answered_by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.RESTRICTED, sealed__isnull=False) & ~Q(restriction="")
                | ~Q(outcome=Outcome.RESTRICTED) & Q(sealed=None, restriction=""),
                name="retention_restricted_for_a_reason",
            )
        ]


class Correction(Walled):
    """That something about a person was corrected, for one service that got it: which fields, never what they say.

    `person` is the number under which both files know her. `taken_at`: the service took it over into its own file.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=12)
    person = models.UUIDField()
    from_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=40))
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["to_unit"], condition=Q(taken_at=None), name="retention_corrections_waiting")
        ]
