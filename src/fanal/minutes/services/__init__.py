"""Every act on minutes: in session, after it, and in writing between meetings."""

from fanal.minutes.services.after import add_addendum, answer_remark, approve, circulate, remark
from fanal.minutes.services.deciding import (
    Concluded,
    add_action,
    cast,
    conclude,
    finish_action,
    open_ballot,
)
from fanal.minutes.services.papers import Paper, paper
from fanal.minutes.services.session import Seen, close_session, note_attendance, open_session
from fanal.minutes.services.writing import Kept, save_note
from fanal.minutes.services.written import answer, close_procedure, open_procedure, withdraw_procedure

__all__ = [
    "Concluded",
    "Kept",
    "Paper",
    "Seen",
    "add_action",
    "add_addendum",
    "answer",
    "answer_remark",
    "approve",
    "cast",
    "circulate",
    "close_procedure",
    "close_session",
    "conclude",
    "finish_action",
    "note_attendance",
    "open_ballot",
    "open_procedure",
    "open_session",
    "paper",
    "remark",
    "save_note",
    "withdraw_procedure",
]
