"""The rounds that keep the worker's own house."""

from typing import Any

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from fanal.config.standing import HEARTBEAT

KEPT = 72  # hours


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="config.return_stalled", pass_context=True)
async def return_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Give the jobs of a worker that died back to the living, every minute."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=HEARTBEAT):
        try:
            await jobs.retry_job(job)
        except ConnectorException:  # its like waits already
            await jobs.finish_job(job, status=Status.FAILED, delete_job=False)


@app.periodic(cron="41 * * * *")
@app.task(queue="clock", queueing_lock="config.forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Remove, every hour, the jobs that ended three days ago."""
    options: dict[str, Any] = {"include_failed": True, "include_cancelled": True, "include_aborted": True}
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT, **options)
