"""Everything that is written about bodies."""

from .circles import restrict
from .loading import Loaded, load
from .requests import ask_meeting, convene, refuse_meeting
from .seats import add_seat, end_seat, found_group, seat_person, unseat_person
from .walls import keep_in_step, sweep

__all__ = [
    "Loaded",
    "add_seat",
    "ask_meeting",
    "convene",
    "end_seat",
    "found_group",
    "keep_in_step",
    "load",
    "refuse_meeting",
    "restrict",
    "seat_person",
    "sweep",
    "unseat_person",
]
