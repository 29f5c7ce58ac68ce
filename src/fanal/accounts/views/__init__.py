"""The pages. Import from here."""

from .glass import break_glass, end_glass, glasses, review
from .people import (
    ask_account,
    ask_enable,
    ask_membership,
    ask_reset,
    ask_role,
    ask_unit,
    close,
    find_to_close,
    leave,
    people,
)
from .requests import draw_half, enter, refuse, request_, requests, vouch, withdraw
from .security import end_login, end_other_logins, link, security, unlink

__all__ = [
    "ask_account",
    "ask_enable",
    "ask_membership",
    "ask_reset",
    "ask_role",
    "ask_unit",
    "break_glass",
    "close",
    "draw_half",
    "end_glass",
    "end_login",
    "end_other_logins",
    "enter",
    "find_to_close",
    "glasses",
    "leave",
    "link",
    "people",
    "refuse",
    "request_",
    "requests",
    "review",
    "security",
    "unlink",
    "vouch",
    "withdraw",
]
