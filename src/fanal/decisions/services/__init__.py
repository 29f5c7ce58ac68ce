"""Everything that is written in the register of decisions."""

from .bringing import bring_in, preview
from .following import demand_follows, follow, reschedule, supersede
from .publishing import publish_extract, withdraw_extract
from .recording import record

__all__ = [
    "bring_in",
    "demand_follows",
    "follow",
    "preview",
    "publish_extract",
    "record",
    "reschedule",
    "supersede",
    "withdraw_extract",
]
