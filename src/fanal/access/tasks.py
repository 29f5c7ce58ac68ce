"""Grants that start or end by date."""

from procrastinate.contrib.django import app

from fanal.access import services


@app.periodic(cron="*/5 * * * *")
@app.task(queue="clock", queueing_lock="access.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Apply them, every five minutes; a date ends at midnight, the sight of it five minutes later at most."""
    services.sweep_grants()
