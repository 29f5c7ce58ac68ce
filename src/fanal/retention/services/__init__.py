"""Every act on what is kept: the review, holds, erasure, correction, and the answer to the person."""

from .answering import answer
from .correcting import FIELDS, correct, take_over
from .erasing import BARS, confirm_erasure, persons, propose_erasure, withdraw_erasure
from .holds import lift_hold, place_hold
from .replaying import erased_subjects, replay, write_erased
from .reviewing import consult, keep
from .sweeping import erase_copies, remind

__all__ = [
    "BARS",
    "FIELDS",
    "answer",
    "confirm_erasure",
    "consult",
    "correct",
    "erase_copies",
    "erased_subjects",
    "keep",
    "lift_hold",
    "persons",
    "place_hold",
    "propose_erasure",
    "remind",
    "replay",
    "take_over",
    "withdraw_erasure",
    "write_erased",
]
