"""Files that belong to a file: what was added, its bytes in sealed pieces, and how far their reading is."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fanal.access.models import Walled


class Attachment(Walled):
    """One file added to one object of a compartment, and never changed.

    `kind` and `object_id` say to what; `reference` is that object's, for the name under which it leaves. `sealed`
    holds the name it came with, its SHA-256 and the key of its pieces, under the key of `subject_id`: where that one
    is destroyed, nothing of the file can be read any more. `submission`: the key under which a form was sent.
    """

    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    reference = models.CharField(max_length=12)
    number = models.PositiveSmallIntegerField()
    subject_id = models.UUIDField()
    size = models.PositiveIntegerField()
    sealed = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    added_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(null=True)
    copied_from = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["object_id", "number"], name="attachment_number_once"),
            models.UniqueConstraint(fields=["added_by", "submission"], name="attachment_sent_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
        ]


class Part(models.TextChoices):
    ORIGINAL = "original", _("original")
    COPY = "copy", _("working copy")
    PREVIEW = "preview", _("preview")


class Piece(Walled):
    """A stretch of bytes, sealed under the attachment's own key with its place, so that none can be moved or left."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="pieces")
    part = models.CharField(max_length=8, choices=Part)
    page = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["attachment", "part", "page", "number"], name="attachment_piece_once"
            )
        ]


class State(models.TextChoices):
    WAITING = "waiting", _("being checked")
    READY = "ready", _("ready")
    REFUSED = "refused", _("not accepted")
    QUARANTINED = "quarantined", _("in quarantine")


class Conversion(Walled):
    """How far the reading of an attachment is. Codes and numbers only: the clockwork sees it.

    `unit_id` is the service in whose name the pieces are read: the owner of the file. `code`: why it was refused, or
    waits. `removed`: what the copy no longer has. `due_at`: when it is (again) to be read; None: never.
    """

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="conversion")
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    code = models.CharField(max_length=30, blank=True)
    media = models.CharField(max_length=10, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    previews = models.PositiveSmallIntegerField(default=0)
    removed = ArrayField(models.CharField(max_length=20), default=list)
    scanned_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=10, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(state=State.READY) | (~Q(media="") & Q(due_at__isnull=True)),
                name="conversion_ready_has_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="conversion_due"),
        ]
