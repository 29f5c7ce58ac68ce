"""All that is looked at, in the order in which it is told."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from fanal.config.doctor import outside, tables, ways, work
from fanal.config.doctor.finding import Finding, Findings, State, fail

EXAMINATIONS: tuple[Callable[[datetime], Findings], ...] = (
    ways.address,
    ways.mail,
    ways.keys,
    ways.demonstration,
    ways.limits,
    tables.database,
    tables.walls,
    tables.log,
    tables.clocks,
    work.rounds,
    work.queue,
    work.outbox,
    work.seal,
    outside.certificates,
    outside.disk,
    outside.antivirus,
    outside.backup,
)


def examine(at: datetime) -> list[Finding]:
    """Everything, however much of it is broken: what cannot be looked at is told as such."""
    return [finding for look in EXAMINATIONS for finding in _looked(look, at)]


def _looked(look: Callable[[datetime], Findings], at: datetime) -> list[Finding]:
    try:
        with transaction.atomic():  # a statement that is refused must not spoil the next look
            return list(look(at))
    except Exception as problem:
        return [_not_looked(look.__name__, problem)]


def _not_looked(name: str, problem: Exception) -> Finding:
    if isinstance(problem, DatabaseError):
        cure = _("Look whether PostgreSQL runs and whether DATABASE_URL is right.")
    else:
        cure = _("This is a fault of Fanal itself. Tell the people who make it.")
    # The type and no word more: its words may quote what it met.
    return fail(
        name, name, _("It could not be looked at (%(kind)s).") % {"kind": type(problem).__name__}, cure
    )


def worst(findings: Iterable[Finding]) -> State:
    """The state that an installation is in as a whole."""
    states = {finding.state for finding in findings}
    return next(state for state in (State.FAIL, State.WARN, State.OK) if state in states or state is State.OK)
