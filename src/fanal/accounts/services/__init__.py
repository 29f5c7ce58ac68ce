"""Every change to who may do what. Import from here."""

from fanal.accounts.rules import Kind

from .asking import WHY, Wanted, ask, ask_by_codes, refuse, withdraw
from .closing import close, end_login, end_other_logins, leave, note_link, unlink
from .first import First, Founding, found
from .glass import Broken, break_glass, end_glass, reason, review
from .handover import Entry, draw_half, enter, opens, try_code
from .vouching import vouch

__all__ = [
    "WHY",
    "Broken",
    "Entry",
    "First",
    "Founding",
    "Kind",
    "Wanted",
    "ask",
    "ask_by_codes",
    "break_glass",
    "close",
    "draw_half",
    "end_glass",
    "end_login",
    "end_other_logins",
    "enter",
    "found",
    "leave",
    "note_link",
    "opens",
    "reason",
    "refuse",
    "review",
    "try_code",
    "unlink",
    "vouch",
    "withdraw",
]
