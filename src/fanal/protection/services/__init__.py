"""Every write of the protection procedure, and every audited read."""

from fanal.protection.services.asking import answer, ask, tell_event
from fanal.protection.services.cases import Case
from fanal.protection.services.contributing import record_event, record_statement, request_move
from fanal.protection.services.deciding import decide, end, refuse
from fanal.protection.services.handing import hand_over, hide_dates, show_dates
from fanal.protection.services.keeping import correct, held_of, holding, read_who
from fanal.protection.services.letters import LETTERS, letter
from fanal.protection.services.opening import (
    open_file,
    open_requested,
    refuse_request,
    request_opening,
    withdraw_request,
)
from fanal.protection.services.reading import (
    QuestionSheet,
    RequestSheet,
    Sheet,
    consult,
    consult_questions,
    consult_request,
    export_clocks,
    export_procedures,
    reveal_identity,
)
from fanal.protection.services.sweeping import sweep

__all__ = [
    "LETTERS",
    "Case",
    "QuestionSheet",
    "RequestSheet",
    "Sheet",
    "answer",
    "ask",
    "consult",
    "consult_questions",
    "consult_request",
    "correct",
    "decide",
    "end",
    "export_clocks",
    "export_procedures",
    "hand_over",
    "held_of",
    "hide_dates",
    "holding",
    "letter",
    "open_file",
    "open_requested",
    "read_who",
    "record_event",
    "record_statement",
    "refuse",
    "refuse_request",
    "request_move",
    "request_opening",
    "reveal_identity",
    "show_dates",
    "sweep",
    "tell_event",
    "withdraw_request",
]
