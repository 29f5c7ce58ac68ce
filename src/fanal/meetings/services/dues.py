"""What other capabilities say is due, for the agenda of a body."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fanal.access.rules import Member
from fanal.bodies import queries as bodies
from fanal.bodies.rules import Due
from fanal.decisions import queries as decisions
from fanal.meetings.rules.items import Source
from fanal.progress import queries as progress
from fanal.recommendations import queries as recommendations


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something due, and the wall behind which it belongs: `seats` is empty where everybody in the body reads it."""

    due: Due
    compartment_id: UUID
    seats: tuple[UUID, ...]


MOST = 20
"""New items of one kind that an agenda takes from another capability, the worst first: an agenda that nobody can read
serves nobody. The others stand on the page of that capability, and come when these are done."""


def found_due(
    body_code: str, by: Member, on: date, day: date, until: date, known: Mapping[Source, Collection[str]]
) -> list[Wanted]:
    """What belongs on the agenda of a meeting held on `day`: the decisions of the body that are not finished, and, for
    a body that prepares the work of another (the Bureau, which has the daily running), the measures and recommendations
    due until a day. Of these the first that have room, and those of `known` ({kind: keys}) that are still due: there
    may be thousands. A restricted decision stays behind its own wall."""
    body = bodies.body(body_code, on)
    found = _decisions(body_code, body.compartment_id, by, on)
    if body.prepares_for:
        found += [Wanted(due, body.compartment_id, ()) for due in _followed(by, day, until, known)]
    return found


def _decisions(body_code: str, papers: UUID, by: Member, on: date) -> list[Wanted]:
    dues = decisions.open_for(body_code, by, on)
    rows = decisions.visible(by, on).filter(number__in=[due.key for due in dues])
    walls = dict(rows.exclude(compartment_id=papers).values_list("number", "compartment_id"))
    return [_decision(due, walls.get(due.key), papers, by) for due in dues]


def _decision(due: Due, wall: UUID | None, papers: UUID, by: Member) -> Wanted:
    return Wanted(due, papers, ()) if wall is None else Wanted(due, wall, bodies.circle_of(wall, by))


def _followed(by: Member, day: date, until: date, known: Mapping[Source, Collection[str]]) -> Iterable[Due]:
    """What the daily running looks at: measures, the worst first, and recommendations, the oldest first."""
    measures, asked = known[Source.MEASURE], known[Source.RECOMMENDATION]
    first = recommendations.due(by, day, until, most=MOST + len(asked))
    rest = recommendations.due(by, day, until, keys=asked) if asked else []
    return (
        *progress.due(by, day, until, most=MOST + len(measures), keys=measures),
        *{each.key: each for each in (*first, *rest)}.values(),
    )
