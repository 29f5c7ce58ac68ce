"""The worker reads what was added; the clock begins again what was left."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.attachments import services


@app.task(queue="files")
def convert(attachment_id: str) -> None:
    """Read one file; nothing when somebody else has done it."""
    services.convert(attachment_id=UUID(attachment_id), at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queue="clock", queueing_lock="attachments.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Every five minutes."""
    services.sweep(at=timezone.now())
