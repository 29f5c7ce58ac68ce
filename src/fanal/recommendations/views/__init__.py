"""The pages of the register of recommendations."""

from fanal.recommendations.views.acts import (
    add_decision,
    add_evidence,
    add_measure,
    assess,
    change,
    close,
    discard_draft,
    new,
    position,
    remove_answer,
    reopen,
)
from fanal.recommendations.views.bringing import batch, bring, bring_in, discard
from fanal.recommendations.views.lists import (
    cycles,
    export,
    public_list,
    recommendation,
    recommendations,
    reply,
)
from fanal.recommendations.views.same import (
    begin_search,
    clusters,
    confirm,
    progress,
    proposals,
    reject,
    take_out,
)

__all__ = [
    "add_decision",
    "add_evidence",
    "add_measure",
    "assess",
    "batch",
    "begin_search",
    "bring",
    "bring_in",
    "change",
    "close",
    "clusters",
    "confirm",
    "cycles",
    "discard",
    "discard_draft",
    "export",
    "new",
    "position",
    "progress",
    "proposals",
    "public_list",
    "recommendation",
    "recommendations",
    "reject",
    "remove_answer",
    "reopen",
    "reply",
    "take_out",
]
