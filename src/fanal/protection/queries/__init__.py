"""Every read of the protection procedure; each takes the reader."""

from fanal.protection.models import Procedure, Request, RequestState
from fanal.protection.queries.board import Line, lines, waiting
from fanal.protection.queries.files import dates_shown, load, procedure
from fanal.protection.queries.lists import (
    Filter,
    clocks,
    clocks_of,
    exists,
    procedures,
    request,
    requests,
    waiting_requests,
)
from fanal.protection.queries.questions import addressed, to_unit

__all__ = [
    "Filter",
    "Line",
    "Procedure",
    "Request",
    "RequestState",
    "addressed",
    "clocks",
    "clocks_of",
    "dates_shown",
    "exists",
    "lines",
    "load",
    "procedure",
    "procedures",
    "request",
    "requests",
    "to_unit",
    "waiting",
    "waiting_requests",
]
