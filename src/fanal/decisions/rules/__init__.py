"""What holds of decisions, as plain values. Pure."""

from .register import (
    MOVES,
    NUMBER,
    OPEN,
    State,
    hidden_number,
    may_move,
    next_number,
    overdue,
    would_circle,
)

__all__ = [
    "MOVES",
    "NUMBER",
    "OPEN",
    "State",
    "hidden_number",
    "may_move",
    "next_number",
    "overdue",
    "would_circle",
]
