"""Every act on plans: written, amended, adopted, brought in from a table, recognised in an older one."""

from .adopting import adopt, amend, discard, reframe, start
from .carrying import find_returns, judge
from .loading import Loaded, load
from .tables import Preview, bring_in, choose_sheet, forget, mine, preview, said_of, upload
from .words import said
from .writing import (
    move_measure,
    put_heading,
    put_indicator,
    put_measure,
    remove_heading,
    remove_indicator,
    remove_measure,
)

__all__ = [
    "Loaded",
    "Preview",
    "adopt",
    "amend",
    "bring_in",
    "choose_sheet",
    "discard",
    "find_returns",
    "forget",
    "judge",
    "load",
    "mine",
    "move_measure",
    "preview",
    "put_heading",
    "put_indicator",
    "put_measure",
    "reframe",
    "remove_heading",
    "remove_indicator",
    "remove_measure",
    "said",
    "said_of",
    "start",
    "upload",
]
