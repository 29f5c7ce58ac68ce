"""How often silence is reminded, and when."""

from datetime import datetime, timedelta

REMINDERS = 2
"""How often silence is reminded: when the term ends, and when as much time has passed again (organisational
default, not law)."""


def reminder_times(sent_at: datetime, due_at: datetime) -> tuple[datetime, ...]:
    """When silence on a transmission is reminded: at the end of its term, and after the same time again."""
    again = max(due_at - sent_at, timedelta(hours=1))
    return tuple(due_at + n * again for n in range(REMINDERS))


def escalations(*, sent_at: datetime, due_at: datetime, reminded: int, now: datetime) -> int:
    """How many reminders have been reached by now beyond those already sent; 0 when none is due."""
    reached = sum(moment < now for moment in reminder_times(sent_at, due_at))
    return max(reached - reminded, 0)
