"""The round of the register of figures."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.statistics import services


@app.periodic(cron="23 3 * * *")
@app.task(queue="clock", queueing_lock="statistics.forget_sheets")
def forget_sheets(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Forget, every night, the files that nobody took over."""
    services.forget_sheets(at=timezone.now())
