"""The rounds of the sealer."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.audit.services import sealing, stamping


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="audit.seal")
def seal(timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes the tick)
    """Seal what was written, every minute."""
    sealing.seal(at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queue="clock", queueing_lock="audit.stamp")
def stamp(timestamp: int) -> None:  # noqa: ARG001
    """Have the latest statement stamped where an authority is configured, every ten minutes."""
    stamping.stamp(at=timezone.now())
