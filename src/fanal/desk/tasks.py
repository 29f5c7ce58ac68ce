"""The round of the watch."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.desk import services


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="desk.watch")
def watch(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Find unusual reading, every minute."""
    services.watch(at=timezone.now())
