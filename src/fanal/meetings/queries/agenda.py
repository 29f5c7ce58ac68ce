"""The agenda of a meeting, as one reader sees it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld
from fanal.meetings.models import Annex, Meeting, Point
from fanal.meetings.models.meetings import State
from fanal.meetings.queries import items
from fanal.meetings.queries.sights import Sight
from fanal.meetings.rules import agenda as order
from fanal.meetings.rules.items import Section
from fanal.meetings.rules.meetings import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One point of an agenda. `number`: `3`, or `R·9QX4` of the closed part. `back`: at how many meetings it was
    treated before. `excluded`: ids of the seats that do not vote on it. `seats`: for whom it is; empty: everybody."""

    point_id: UUID
    item_id: UUID
    reference: str
    number: str
    slot: Slot | None
    section: Section
    title: str
    text: str
    aim: str
    source: str
    source_key: str
    source_url: str
    due_on: date | None
    minutes: int
    late: bool
    back: int
    seat: UUID | None
    unit_id: int
    seats: tuple[UUID, ...]
    excluded: tuple[UUID, ...]
    why_excluded: str
    outcome: str
    until: date | None
    to_body: str
    words: str
    annexes: tuple[Annex, ...]
    compartment_id: UUID

    @property
    def restricted(self) -> bool:
        return bool(self.seats)


def points(meeting: Meeting, eye: Sight) -> QuerySet[Point]:
    """The points of a meeting that the reader sees, with their items."""
    return eye.rows(Point).filter(meeting=meeting).select_related("item")


def agenda(meeting: Meeting, eye: Sight) -> list[Line]:
    """The agenda of a meeting for one reader, in its order; two SQL statements. See `rules.agenda.numbered`."""
    before = (
        Point.objects.filter(item=OuterRef("item"), meeting__state=State.HELD)
        .exclude(meeting=meeting)
        .order_by()
        .values("item")
        .annotate(many=Count("pk"))
        .values("many")
    )
    counted = Coalesce(Subquery(before, output_field=IntegerField()), 0)
    rows = {row.id: row for row in points(meeting, eye).annotate(back=counted)}
    papers = items.annexes([row.item_id for row in rows.values()], eye) if rows else {}
    return [_line(rows[each.id], each, papers) for each in numbered(rows.values(), meeting)]


def numbered(rows: Iterable[Point], meeting: Meeting) -> list[order.Numbered]:
    """The points with their numbers and slots."""
    return order.numbered([placed(row) for row in rows], meeting.begins_at)


def placed(row: Point) -> order.Placed:
    """A point as the rules see it."""
    return order.Placed(
        id=row.id,
        section=Section(row.section),
        position=row.position,
        restricted=row.item.restricted,
        minutes=row.minutes,
        code=row.item.reference[-4:],
    )


def _line(row: Point, number: order.Numbered, papers: Mapping[UUID, list[Annex]]) -> Line:
    it = row.item
    return Line(
        point_id=row.id,
        item_id=it.id,
        reference=it.reference,
        number=number.number,
        slot=number.slot,
        section=Section(row.section),
        title=it.heading,
        text=it.text,
        aim=it.aim,
        source=it.source,
        source_key=it.source_key,
        source_url=it.source_url,
        due_on=it.due_on,
        minutes=row.minutes,
        late=row.late,
        back=getattr(row, "back", 0),
        seat=it.seat,
        unit_id=it.unit_id,
        seats=tuple(it.seats),
        excluded=tuple(row.excluded),
        why_excluded=row.why_excluded,
        outcome=row.outcome,
        until=row.until,
        to_body=row.to_body,
        words=row.words,
        annexes=tuple(papers.get(it.id, ())),
        compartment_id=row.compartment_id,
    )


def seats_of(meeting: Meeting, on: date) -> dict[UUID, SeatHeld]:
    """{seat id: seat} of the body of a meeting on a day."""
    return {seat.id: seat for seat in bodies.seats(meeting.body, on)}
