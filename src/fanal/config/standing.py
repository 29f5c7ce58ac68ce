"""What waits and what runs behind the pages, as numbers: for the metrics and for the doctor."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.db import connection

HEARTBEAT = 60  # seconds without a sign of its worker after which a running job is taken for abandoned


@dataclass(frozen=True, slots=True)
class Queue:
    """The jobs of the installation. `late` and `oldest` speak of those whose moment has come."""

    late: int
    oldest: datetime | None
    stalled: int
    failed: int
    workers: int


def queue() -> Queue:
    """How the worker fares; `failed` counts the last day."""
    found = _row(
        f"""
        SELECT count(*) FILTER (WHERE due AND wanted <= now()), min(wanted) FILTER (WHERE due AND wanted <= now()),
               count(*) FILTER (WHERE status = 'doing' AND (beat IS NULL OR beat < now() - interval '{HEARTBEAT} s')),
               count(*) FILTER (WHERE status = 'failed' AND last > now() - interval '1 day'),
               (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '{HEARTBEAT} s')
        FROM (SELECT j.status, j.status = 'todo' AS due, w.last_heartbeat AS beat, e.last,
                     coalesce(j.scheduled_at, e.first) AS wanted
              FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id,
                   LATERAL (SELECT min(at) AS first, max(at) AS last FROM procrastinate_events WHERE job_id = j.id) e
              WHERE j.status IN ('todo', 'doing', 'failed')) AS jobs
        """  # noqa: S608 (a constant of ours)
    )
    return Queue(*found)


def last_success(task: str) -> datetime | None:
    """When a task of the worker last ended well, within the days for which jobs are kept."""
    (at,) = _row(
        "SELECT max(e.at) FROM procrastinate_events e JOIN procrastinate_jobs j ON j.id = e.job_id"
        " WHERE e.type = 'succeeded' AND j.task_name = %s",
        [task],
    )
    return at  # type: ignore[no-any-return]


def began() -> datetime | None:
    """Since when there are jobs at all, within the days for which they are kept."""
    (at,) = _row("SELECT min(at) FROM procrastinate_events")
    return at  # type: ignore[no-any-return]


def connections() -> int:
    """How many connections this installation holds to its database."""
    (many,) = _row("SELECT count(*) FROM pg_stat_activity WHERE usename = current_user")
    return int(many)


def ask(dotted: str) -> Any:
    """What a function of a capability answers, None where this version does not have that capability.

    Only for capabilities that an installation can be without: their absence is something to tell, not a fault.
    """
    module, _, name = dotted.rpartition(".")
    try:
        function = getattr(import_module(module), name)
    except (ModuleNotFoundError, AttributeError):
        return None
    return function()


def _row(statement: str, values: Any = None) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: tuple[Any, ...] = cursor.fetchone()
    return found
