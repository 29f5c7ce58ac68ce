"""The worker builds editions; the clock reminds."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.reports import services


@app.task(queue="files")
def build(edition_id: str) -> None:
    """Make the files of a frozen edition; those that are there already stay."""
    services.build(edition_id=UUID(edition_id), at=timezone.now())


@app.periodic(cron="17 6 * * *")
@app.task(queue="clock", queueing_lock="reports.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Every morning: what is owed within a week, or late."""
    services.remind(at=timezone.now())
