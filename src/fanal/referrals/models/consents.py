"""What a unit prepares before anything leaves it: the person it refers, and the grounds on which it may send."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fanal.access.models import Walled
from fanal.ids import new_id
from fanal.referrals.rules.grounds import Form


class ConsentForm(models.TextChoices):
    ORAL = Form.ORAL.value, _("said aloud, noted by the service")
    WRITTEN = Form.WRITTEN.value, _("in writing")
    INTERPRETER = Form.INTERPRETER.value, _("through an interpreter, noted by the service")


class Matter(Walled):
    """A person whom a unit refers, in a compartment that no other unit ever sees.

    `person` is the person of the alert it was copied from, or a random id of its own: proposals with the same one
    concern the same person, whichever unit made them. `sealed` is a `rules.content.About` under this row's id.
    `submission` is the key under which a form was sent: sent twice, it makes one.
    """

    reference = models.CharField(max_length=12, unique=True)
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField(default=new_id)
    alert = models.UUIDField(null=True)
    alert_reference = models.CharField(max_length=12, blank=True)
    submission = models.UUIDField(null=True)
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    created_by = models.UUIDField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "person"], name="matter_once"),
            models.UniqueConstraint(fields=["unit", "submission"], name="matter_submitted_once"),
            models.CheckConstraint(
                condition=Q(alert__isnull=True, alert_reference="")
                | (Q(alert__isnull=False) & ~Q(alert_reference="")),
                name="matter_names_its_alert",
            ),
        ]
        indexes = [models.Index(fields=["unit", "-changed_at", "-id"], name="matter_by_unit")]


class Consent(Walled):
    """A person's consent to one recipient and one purpose, or the lawful ground that stands in its place.

    An `exception` is reviewed from `review_due` on; why it stands is `sealed` under this row's id,
    like the article that somebody typed. A revoked ground
    stays revoked, and what rested on it is out of the receiver's sight: the database keeps both.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="consents")
    to_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    ground = models.CharField(max_length=40)
    exception = models.BooleanField()
    given_on = models.DateField()
    form = models.CharField(max_length=12, blank=True, choices=ConsentForm)
    article_sealed = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    review_due = models.DateField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["matter", "to_unit", "purpose", "ground"],
                condition=Q(revoked_at__isnull=True),
                name="consent_once",
            ),
            models.CheckConstraint(
                condition=Q(exception=True, review_due__isnull=False, form="")
                | Q(exception=False, review_due__isnull=True, form__in=ConsentForm.values),
                name="consent_or_reviewed_exception",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_due"],
                condition=Q(exception=True, revoked_at__isnull=True),
                name="consent_to_review",
            )
        ]
