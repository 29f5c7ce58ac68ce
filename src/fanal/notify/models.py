"""The outbox: that something waits for a unit. No name, no crime, no content."""

from django.db import models

from fanal.ids import new_id


class Message(models.Model):
    """One thing that waits for a unit; written in the transaction of the act, mailed afterwards.

    With a `calendar` (an iCalendar text) it is a mail of its own, an invitation; with a `membership` it goes to that
    person of the unit alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    membership_id = models.UUIDField(null=True)
    calendar = models.TextField(blank=True, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["unit"], condition=models.Q(sent_at__isnull=True), name="notify_unsent"),
            models.Index(fields=["unit", "-created_at"], name="notify_by_unit"),
        ]
