"""The rounds of what is kept."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.retention import services


@app.periodic(cron="7 * * * *")
@app.task(queue="clock", queueing_lock="retention.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Tell each unit, every hour, which files it looks at again; and erase copies whose reader's sight ended."""
    now = timezone.now()
    services.remind(at=now)
    services.erase_copies(at=now)
