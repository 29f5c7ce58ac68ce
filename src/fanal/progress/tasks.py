"""The rounds of progress."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.progress import services


@app.periodic(cron="25 6 * * *")
@app.task(queue="clock", queueing_lock="progress.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Tell each morning which institutions owe a report."""
    services.remind(at=timezone.now())
