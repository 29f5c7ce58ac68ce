"""Pages of alerts. Import from here."""

from .acts import close, identities, receipt, reopen, send, tick_duty
from .detail import alert
from .intake import discard, new, person, places, step
from .lists import alerts, export, national_funnel, own_funnel

__all__ = [
    "alert",
    "alerts",
    "close",
    "discard",
    "export",
    "identities",
    "national_funnel",
    "new",
    "own_funnel",
    "person",
    "places",
    "receipt",
    "reopen",
    "send",
    "step",
    "tick_duty",
]
