"""Pages of meetings. Import from here."""

from .cadence import cadence
from .calendars import as_calendar, feed, subscription
from .detail import meeting, printed
from .editor import admit, build, editor, exclude, leave_for_next, lengthen, move, take_off
from .items import amend, annex, item, paper, propose, withdraw
from .lists import calendar, items, meetings, mine
from .planning import cancel, change, convene, end_series, plan, plan_series, series, set_agenda

__all__ = [
    "admit",
    "amend",
    "annex",
    "as_calendar",
    "build",
    "cadence",
    "calendar",
    "cancel",
    "change",
    "convene",
    "editor",
    "end_series",
    "exclude",
    "feed",
    "item",
    "items",
    "leave_for_next",
    "lengthen",
    "meeting",
    "meetings",
    "mine",
    "move",
    "paper",
    "plan",
    "plan_series",
    "printed",
    "propose",
    "series",
    "set_agenda",
    "subscription",
    "take_off",
    "withdraw",
]
