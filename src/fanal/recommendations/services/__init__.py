"""Every act on the register of recommendations."""

from fanal.recommendations.services.answering import add_answer, close, demand_linker, remove_answer, reopen
from fanal.recommendations.services.assessing import assess
from fanal.recommendations.services.clustering import (
    begin_search,
    confirm,
    reject,
    run_search,
    take_out,
)
from fanal.recommendations.services.importing import bring_in, discard, planned, read, remap
from fanal.recommendations.services.loading import Loaded, load
from fanal.recommendations.services.positions import (
    demand_answerer,
    discard_draft,
    draft_position,
    state_position,
)
from fanal.recommendations.services.registering import Content, change, record
from fanal.recommendations.services.replying import reply

__all__ = [
    "Content",
    "Loaded",
    "add_answer",
    "assess",
    "begin_search",
    "bring_in",
    "change",
    "close",
    "confirm",
    "demand_answerer",
    "demand_linker",
    "discard",
    "discard_draft",
    "draft_position",
    "load",
    "planned",
    "read",
    "record",
    "reject",
    "remap",
    "remove_answer",
    "reopen",
    "reply",
    "run_search",
    "state_position",
    "take_out",
]
