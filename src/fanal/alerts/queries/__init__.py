"""Reading alerts. Import from here."""

from .drafts import Begun, draft, drafts
from .funnel import Cell, Funnel, national_funnel, own_funnel, years
from .heads import ReceiptAsked, line, may_read, obstacles, owned_line, receipt
from .lists import Filters, Line, alerts, listed
from .persons import Handoff, Known, handoff, persons_of
from .routing import Recipient
from .sheets import DutyLine, PersonSeen, Sent, Sheet, SignSeen, how_of
from .waiting import waiting

__all__ = [
    "Begun",
    "Cell",
    "DutyLine",
    "Filters",
    "Funnel",
    "Handoff",
    "Known",
    "Line",
    "PersonSeen",
    "ReceiptAsked",
    "Recipient",
    "Sent",
    "Sheet",
    "SignSeen",
    "alerts",
    "draft",
    "drafts",
    "handoff",
    "how_of",
    "line",
    "listed",
    "may_read",
    "national_funnel",
    "obstacles",
    "own_funnel",
    "owned_line",
    "persons_of",
    "receipt",
    "waiting",
    "years",
]
