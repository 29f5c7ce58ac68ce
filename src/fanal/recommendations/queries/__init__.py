"""Reading the register. Everybody who works here reads it; drafts of positions are read by who writes them."""

from fanal.recommendations.models import Batch, Kind, Recommendation
from fanal.recommendations.queries.clusters import (
    ClusterLine,
    ProposalLine,
    clusters,
    last_search,
    proposal,
    proposals,
    running,
    texts,
)
from fanal.recommendations.queries.coming import due, waiting
from fanal.recommendations.queries.cycles import Cycle, Entry, cycle, cycles
from fanal.recommendations.queries.listing import (
    Filters,
    Row,
    batch,
    chosen,
    in_state,
    known,
    recommendations,
    row_of,
    years,
)
from fanal.recommendations.queries.sheet import Answered, Sheet, answer, draft, one, sheet

__all__ = [
    "Answered",
    "Batch",
    "ClusterLine",
    "Cycle",
    "Entry",
    "Filters",
    "Kind",
    "ProposalLine",
    "Recommendation",
    "Row",
    "Sheet",
    "answer",
    "batch",
    "chosen",
    "clusters",
    "cycle",
    "cycles",
    "draft",
    "due",
    "in_state",
    "known",
    "last_search",
    "one",
    "proposal",
    "proposals",
    "recommendations",
    "row_of",
    "running",
    "sheet",
    "texts",
    "waiting",
    "years",
]
