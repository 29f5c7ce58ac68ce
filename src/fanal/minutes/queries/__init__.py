"""Reading minutes. `sight` is the first step of every read; `rows` the start of every query."""

from fanal.meetings.queries import Sight
from fanal.minutes.models.session import Minutes, Note, State
from fanal.minutes.models.written import Stand
from fanal.minutes.queries import words
from fanal.minutes.queries.lists import (
    ORDER,
    Asked,
    action,
    approved_by,
    asked,
    ballot,
    counted,
    every,
    open_actions,
    open_ballots,
    procedure,
    procedures,
    remark,
    versions,
)
from fanal.minutes.queries.papers import extract, whole
from fanal.minutes.queries.sessions import (
    SUBSTANCE,
    Sheet,
    Treated,
    line,
    minutes,
    note,
    noted,
    rows,
    rule_of,
    sheet,
    sight,
)
from fanal.minutes.queries.waiting import waiting

__all__ = [
    "ORDER",
    "SUBSTANCE",
    "Asked",
    "Minutes",
    "Note",
    "Sheet",
    "Sight",
    "Stand",
    "State",
    "Treated",
    "action",
    "approved_by",
    "asked",
    "ballot",
    "counted",
    "every",
    "extract",
    "line",
    "minutes",
    "note",
    "noted",
    "open_actions",
    "open_ballots",
    "procedure",
    "procedures",
    "remark",
    "rows",
    "rule_of",
    "sheet",
    "sight",
    "versions",
    "waiting",
    "whole",
    "words",
]
