"""What the edge keeps: answers given under a key, and what the processes of one installation share."""

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


class Cached(models.Model):
    """One value of the shared cache (`web.cache`): its key as a keyed digest, the value as JSON."""

    key = models.BinaryField(primary_key=True)
    value = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "web_cached"


class Pace(models.Model):
    """One bucket of `web.pace`: a keyed digest of who and what, and the moment at which it is full again."""

    bucket = models.BinaryField(primary_key=True)
    full_at = models.DateTimeField()

    class Meta:
        db_table = "web_pace"
