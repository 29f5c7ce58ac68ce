"""The round that forgets."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.web import cache, idempotency, pace


@app.periodic(cron="23 * * * *")
@app.task(queue="clock", queueing_lock="web.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Remove, every hour, what the edge kept for a while and nobody may ask for any more."""
    now = timezone.now()
    for sweep in (idempotency.sweep, cache.sweep, pace.sweep):
        sweep(now)
