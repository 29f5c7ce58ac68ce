"""Every act on an alert, and every reading that leaves a trace. Import from here."""

from .closing import close, reopen
from .drafts import discard, save, start
from .escalation import escalate
from .following import acknowledge, tick_duty, transmit_further
from .keeping import correct, held_of, holding
from .reading import consult, export, hand_off, match, reveal_identity
from .recording import Plan, already, plan, record, record_all

__all__ = [
    "Plan", "acknowledge", "already", "close", "consult", "correct", "discard", "escalate", "export", "hand_off",
    "held_of", "holding", "match", "plan", "record", "record_all", "reopen", "reveal_identity", "save", "start",
    "tick_duty", "transmit_further",
]  # fmt: skip
