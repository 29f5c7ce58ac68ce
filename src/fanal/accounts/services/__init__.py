"""Every change to who may do what. Import from here."""

from .asking import Wanted, ask, refuse, withdraw
from .closing import close, end_login, end_other_logins, leave
from .first import First, found
from .glass import Broken, break_glass, end_glass, reason, review
from .handover import Entry, draw_half, enter, opens, try_code
from .vouching import vouch

__all__ = [
    "Broken",
    "Entry",
    "First",
    "Wanted",
    "ask",
    "break_glass",
    "close",
    "draw_half",
    "end_glass",
    "end_login",
    "end_other_logins",
    "enter",
    "found",
    "leave",
    "opens",
    "reason",
    "refuse",
    "review",
    "try_code",
    "vouch",
    "withdraw",
]
