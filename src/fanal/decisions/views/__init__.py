"""The pages of the register of decisions."""

from .acts import follow, publish_extract, record, reschedule, supersede, withdraw_extract
from .bringing import bring_in
from .lists import decisions, export
from .public import extract, extracts
from .reading import decision

__all__ = [
    "bring_in",
    "decision",
    "decisions",
    "export",
    "extract",
    "extracts",
    "follow",
    "publish_extract",
    "record",
    "reschedule",
    "supersede",
    "withdraw_extract",
]
