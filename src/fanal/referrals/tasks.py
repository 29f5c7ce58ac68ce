"""The rounds of the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.referrals import services


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="referrals.close_taken")
def close_taken(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Close, every minute, the proposals whose person was taken on elsewhere."""
    services.close_taken(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queue="clock", queueing_lock="referrals.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Remind, every five minutes, of what was not answered in time."""
    services.remind(at=timezone.now())
