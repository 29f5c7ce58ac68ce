"""Pages of the protection procedure. Import from here."""

from .acts import (
    ask,
    decide,
    end,
    hand_over,
    hide_dates,
    invitation,
    letter,
    record_event,
    record_statement,
    refuse,
    request_move,
    show_dates,
)
from .answering import answer, tell_event
from .clocks import calendar, deadlines, export_deadlines, feed
from .detail import detail, reveal_identity
from .lists import export, procedures, questions
from .opening import alone, from_referral, new, open_requested, refuse_request, withdraw_request

__all__ = [
    "alone",
    "answer",
    "ask",
    "calendar",
    "deadlines",
    "decide",
    "detail",
    "end",
    "export",
    "export_deadlines",
    "feed",
    "from_referral",
    "hand_over",
    "hide_dates",
    "invitation",
    "letter",
    "new",
    "open_requested",
    "procedures",
    "questions",
    "record_event",
    "record_statement",
    "refuse",
    "refuse_request",
    "request_move",
    "reveal_identity",
    "show_dates",
    "tell_event",
    "withdraw_request",
]
