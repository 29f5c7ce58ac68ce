"""What the edge keeps: the answers to writes sent under an idempotency key."""

from django.db import models


class Idempotency(models.Model):
    """An answer given under a key. Only digests are readable; the answer opens with the sender's own key."""

    membership_id = models.UUIDField()
    key_digest = models.BinaryField()
    request_digest = models.BinaryField()
    sealed = models.BinaryField(default=b"")
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "web_idempotency"
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "key_digest"], name="idempotency_key_once_per_member"
            )
        ]
