"""Everything that is written in the register of decisions."""

from .following import follow, reschedule, supersede
from .publishing import publish_extract, withdraw_extract
from .recording import record

__all__ = ["follow", "publish_extract", "record", "reschedule", "supersede", "withdraw_extract"]
