"""The rounds of the bodies."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.bodies import services


@app.periodic(cron="13 0 * * *")
@app.task(queue="clock", queueing_lock="bodies.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Bring the walls in step with the seats that start or end on this day."""
    services.sweep(at=timezone.now())
