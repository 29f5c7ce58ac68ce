"""Minutes: who was there, what was written, decided and voted; written procedures; remarks and addenda."""

from fanal.minutes.models.after import Addendum, Remark
from fanal.minutes.models.deciding import Action, Ballot, Outcome, Vote, Way
from fanal.minutes.models.session import Minutes, Note, Presence, Version
from fanal.minutes.models.written import Answer, Procedure

__all__ = [
    "Action",
    "Addendum",
    "Answer",
    "Ballot",
    "Minutes",
    "Note",
    "Outcome",
    "Presence",
    "Procedure",
    "Remark",
    "Version",
    "Vote",
    "Way",
]
