"""What runs behind the pages: the rounds of the clock, the queue, the outbox, the seal."""

from datetime import datetime, timedelta

from croniter import croniter
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from fanal.config import standing
from fanal.config.doctor.finding import Findings, fail, ok, warn
from fanal.config.doctor.tables import rows
from fanal.config.gauges import SEALING
from fanal.config.tasks import KEPT
from fanal.notify import queries as notify

MISSED = 3  # times in a row a round may fail to come before it is told
SLACK = timedelta(minutes=10)
LONG, TOO_LONG = timedelta(minutes=15), timedelta(hours=1)


def _cure() -> str:
    return _("Look whether the worker runs, and into its log: systemctl status fanal-worker")


def rounds(at: datetime) -> Findings:
    """Each clock of the worker: when it last ended well, against how often it should."""
    name, began = _("Rounds of the clock"), standing.began()
    periodic = {each.task.name: each.cron for each in app.periodic_registry.periodic_tasks.values()}
    late = [task for task, cron in sorted(periodic.items()) if _is_late(task, _every(cron, at), began, at)]
    if late:
        found = _("These did not come when they should: %(tasks)s") % {"tasks": ", ".join(map(_short, late))}
        yield fail("rounds", name, found, _cure())
    else:
        yield ok("rounds", name, _("All %(n)d came in time.") % {"n": len(periodic)})


def _short(task: str) -> str:
    """`fanal.alerts.tasks.escalate` → `alerts.escalate`"""
    return task.removeprefix("fanal.").replace(".tasks.", ".")


def _is_late(task: str, every: timedelta, began: datetime | None, at: datetime) -> bool:
    """Whether a round failed to come; one that is rarer than jobs are kept cannot be told."""
    patience = MISSED * every + SLACK
    last = standing.last_success(task) or began
    return patience < timedelta(hours=KEPT) and (last is None or last < at - patience)


def _every(cron: str, at: datetime) -> timedelta:
    """How far apart two rounds are."""
    ticks = croniter(cron, at, second_at_beginning=len(cron.split()) == 6)
    first, second = ticks.get_next(datetime), ticks.get_next(datetime)
    return timedelta(seconds=(second - first).total_seconds())


def queue(at: datetime) -> Findings:
    """The jobs: late, abandoned, failed; and whether anybody does them."""
    name, found = _("Queue"), standing.queue()
    if not found.workers:
        yield fail(
            "worker",
            name,
            _("No worker gives a sign of life: no mail leaves and no deadline is watched."),
            "systemctl start fanal-worker",
        )
    if found.stalled:
        yield warn(
            "stalled",
            name,
            _("%(n)d jobs were left by a worker that is gone.") % {"n": found.stalled},
            _("The next worker takes them up within two minutes."),
        )
    if found.oldest and at - found.oldest > LONG:
        waits = _("%(n)d jobs are late, the oldest since %(at)s.") % {
            "n": found.late,
            "at": f"{found.oldest:%Y-%m-%d %H:%M} UTC",
        }
        yield warn(
            "queue",
            name,
            waits,
            _cure(),
        )
    if found.failed:
        yield warn(
            "failed",
            name,
            _("%(n)d jobs failed in the last day.") % {"n": found.failed},
            _("The log of the worker names each by its type and place."),
        )
    if found.workers and not (found.stalled or found.failed):
        yield ok("queue", name, _("%(n)d at work, nothing left behind.") % {"n": found.workers})


def outbox(at: datetime) -> Findings:
    """Messages that were written with an act and still wait to be mailed."""
    name, (waiting, since) = _("Outbox"), notify.unsent()
    if since is None or at - since <= LONG:
        yield ok("outbox", name, _("%(n)d messages wait.") % {"n": waiting})
        return
    found = _("%(n)d messages wait, the oldest since %(at)s. None is lost.") % {
        "n": waiting,
        "at": f"{since:%Y-%m-%d %H:%M} UTC",
    }
    cure = _("Look at the mail server and its certificate; they leave by themselves once it takes them.")
    yield fail("outbox", name, found, cure) if at - since > TOO_LONG else warn("outbox", name, found, cure)


def seal(at: datetime) -> Findings:
    """How far the signature behind the trace lags."""
    name = _("Seal of the trace")
    last = standing.last_success(SEALING)
    ((lines, made),) = rows("SELECT coalesce(max(size), 0), max(at) FROM audit_seal")
    if last is None or at - last > LONG:
        cure = _cure()
        yield fail(
            "seal",
            name,
            _("Nothing was sealed for a quarter of an hour: what is altered now may go unnoticed."),
            cure,
        )
    else:
        when = f"{made:%Y-%m-%d %H:%M} UTC" if made else "–"
        yield ok("seal", name, _("%(n)d lines, the last statement of %(at)s.") % {"n": lines, "at": when})
