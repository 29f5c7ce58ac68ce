"""Everything that is written about meetings and their items."""

from fanal.meetings.services.agenda import (
    admit,
    convene,
    exclude,
    leave_for_next,
    lengthen,
    move,
    set_agenda,
    take_off,
)
from fanal.meetings.services.building import Built, build
from fanal.meetings.services.inviting import feed, one_event
from fanal.meetings.services.papers import Paper, paper
from fanal.meetings.services.planning import cancel, change, end_series, hold, plan, plan_series, record_held
from fanal.meetings.services.proposing import amend, annex, propose, withdraw
from fanal.meetings.services.replying import reply
from fanal.meetings.services.settling import keep_open, settle, settle_in_writing

__all__ = [
    "Built",
    "Paper",
    "admit",
    "amend",
    "annex",
    "build",
    "cancel",
    "change",
    "convene",
    "end_series",
    "exclude",
    "feed",
    "hold",
    "keep_open",
    "leave_for_next",
    "lengthen",
    "move",
    "one_event",
    "paper",
    "plan",
    "plan_series",
    "propose",
    "record_held",
    "reply",
    "set_agenda",
    "settle",
    "settle_in_writing",
    "take_off",
    "withdraw",
]
