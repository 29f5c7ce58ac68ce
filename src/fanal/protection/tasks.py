"""The round of the clocks."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.protection import services


@app.periodic(cron="7 * * * *")
@app.task(queue="clock", queueing_lock="protection.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Remind of what falls due, every hour."""
    services.sweep(at=timezone.now())
