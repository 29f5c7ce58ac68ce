"""How a recommendation stands, when it was made, which ones ask the same thing, and what an import holds. Pure."""

from fanal.recommendations.rules.dates import Issued, Precision, read_issued
from fanal.recommendations.rules.standing import (
    Answerer,
    Standing,
    State,
    may_answer,
    repeated,
    state_of,
)

__all__ = [
    "Answerer",
    "Issued",
    "Precision",
    "Standing",
    "State",
    "may_answer",
    "read_issued",
    "repeated",
    "state_of",
]
