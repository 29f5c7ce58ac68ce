"""The round that reminds."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.alerts import services


@app.periodic(cron="*/5 * * * *")
@app.task(queue="clock", queueing_lock="alerts.escalate")
def escalate(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Remind what was not acknowledged in time, every five minutes."""
    services.escalate(at=timezone.now())
