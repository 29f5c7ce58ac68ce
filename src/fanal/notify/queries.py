"""What reached a unit lately."""

from datetime import datetime

from django.db.models import Count, Min

from fanal.access.rules import Member
from fanal.notify.models import Message


def recent(by: Member, *, since: datetime, most: int) -> list[Message]:
    """The latest messages to the member's unit, newest first, each file and kind once."""
    rows = Message.objects.filter(unit_id=by.unit_id, created_at__gte=since).order_by("-created_at", "-id")
    found = {(row.reference, row.kind): row for row in reversed(rows[: most * 3])}
    return sorted(found.values(), key=lambda row: row.created_at, reverse=True)[:most]


def unsent() -> tuple[int, datetime | None]:
    """How many messages wait to be mailed, and since when the oldest does."""
    found = Message.objects.filter(sent_at__isnull=True).aggregate(many=Count("id"), since=Min("created_at"))
    return found["many"], found["since"]
