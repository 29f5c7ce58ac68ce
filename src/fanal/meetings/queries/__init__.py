"""Reading meetings. `sight` is the first step of every read; the others take what it gives."""

from fanal.meetings.models import Annex, Item, Meeting, Point, Reply, Series, Step
from fanal.meetings.models.items import Aim, Outcome, Source
from fanal.meetings.models.items import State as ItemState
from fanal.meetings.models.meetings import Answer, State
from fanal.meetings.queries.agenda import Line, agenda, points
from fanal.meetings.queries.cadence import Kept, kept
from fanal.meetings.queries.items import (
    Past,
    annexes,
    for_agenda,
    history,
    item,
    items,
    late_items,
    my_items,
    open_items,
    paper,
    point,
    searchable,
    standing,
    stands,
    unplaced,
)
from fanal.meetings.queries.meetings import (
    ORDER,
    before,
    between,
    coming,
    coming_each,
    held_on,
    meeting,
    meetings,
    one_series,
    replies,
    replies_of,
    series,
)
from fanal.meetings.queries.papers import printed
from fanal.meetings.queries.sights import Sight, sight
from fanal.meetings.queries.waiting import waiting

__all__ = [
    "ORDER",
    "Aim",
    "Annex",
    "Answer",
    "Item",
    "ItemState",
    "Kept",
    "Line",
    "Meeting",
    "Outcome",
    "Past",
    "Point",
    "Reply",
    "Series",
    "Sight",
    "Source",
    "State",
    "Step",
    "agenda",
    "annexes",
    "before",
    "between",
    "coming",
    "coming_each",
    "for_agenda",
    "held_on",
    "history",
    "item",
    "items",
    "kept",
    "late_items",
    "meeting",
    "meetings",
    "my_items",
    "one_series",
    "open_items",
    "paper",
    "point",
    "points",
    "printed",
    "replies",
    "replies_of",
    "searchable",
    "series",
    "sight",
    "standing",
    "stands",
    "unplaced",
    "waiting",
]
