"""The mail round."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.notify import services


@app.periodic(cron="* * * * * */15")
@app.task(queue="mail", queueing_lock="notify.deliver")
def deliver(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Mail what waits in the outbox, every quarter of a minute."""
    services.deliver(at=timezone.now())
