"""Building an agenda: what is still open, what was proposed or sent, and what other capabilities say is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fanal.access.rules import Member, new_reference
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.meetings import queries
from fanal.meetings.models import Item, Meeting, Point, Step
from fanal.meetings.models.items import State
from fanal.meetings.queries import Sight
from fanal.meetings.rules import items as rules
from fanal.meetings.rules.agenda import place_for
from fanal.meetings.services.dues import MOST, Wanted, found_due
from fanal.meetings.services.writing import changed, demand_open, new_point, sight, tell_step, to_prepare
from fanal.reading import reading

SHORT = 5
"""Minutes planned for what another capability says is due; who builds the agenda gives it more."""


@dataclass(frozen=True, slots=True)
class Built:
    """What the building changed: points placed, and items that went because nothing is due any more."""

    placed: int
    lapsed: int


@transaction.atomic
def build(*, by: Member, reference: str, at: datetime) -> Built:
    """Put on an agenda everything that belongs there and is not: twice changes nothing.

    An item that stays open is on the next agenda by this act alone; nobody has to remember it. A restricted item is
    placed by those who see it. Refused: `NotFound`; `NotAllowed`; `Refusal` (`agenda_set`, `meeting_over`).
    """
    eye = sight(by, at)
    meeting = to_prepare(reference, eye)
    demand_open(meeting)
    return fill(meeting, eye, at=at)


def fill(meeting: Meeting, eye: Sight, *, at: datetime) -> Built:
    """As `build`, on a locked meeting whose agenda may change."""
    by, day = eye.by, timezone.localdate(meeting.begins_at)
    rows = queries.for_agenda(meeting, eye)
    known = {kind: {row.source_key for row in rows if row.source == kind} for kind in rules.DUES}
    with reading():
        dues = found_due(meeting.body, by, eye.on, day, _until(meeting, eye, day), known)
    lapsed, made = _in_step(rows, meeting, dues, by, at)
    present = list(queries.points(meeting, eye).order_by("position", "id"))
    there = {row.item_id for row in present}
    gone = {row.id for row in lapsed}
    waiting = {row.reference: row for row in rows if row.id not in gone}
    free = [queries.standing(row) for row in waiting.values() if row.id not in there]
    belonging = rules.in_order(it for it in free if rules.belongs(it, day))
    new = [
        new_point(meeting, waiting[it.key], section=rules.section(it.source, it.treated), position=0, at=at)
        for it in belonging
    ]
    new += [new_point(meeting, row, section=row.source, position=0, at=at) for row in made]
    for point in (row for row in present if row.item_id in gone):
        present.remove(point)
        point.delete()
    insert(present, new, by=by, at=at)
    if new or lapsed:
        changed(meeting)
        _trace(meeting, new, by, at, len(lapsed))
    return Built(len(new), len(lapsed))


def _until(meeting: Meeting, eye: Sight, day: date) -> date:
    """What is due before the meeting after this one is looked at now: that day, or this one where none is planned."""
    after = queries.meetings(eye, body_code=meeting.body).filter(begins_at__gt=meeting.begins_at)
    following = (
        after.exclude(state="cancelled").order_by("begins_at").values_list("begins_at", flat=True).first()
    )
    return timezone.localdate(following) - timedelta(days=1) if following else day


def _in_step(
    rows: Sequence[Item], meeting: Meeting, dues: Sequence[Wanted], by: Member, at: datetime
) -> tuple[list[Item], list[Item]]:
    """Items of other capabilities, kept in step with them: those that are no longer due lapse, new ones are made."""
    open_dues = {(row.source, row.source_key): row for row in rows if row.source in rules.DUES}
    wanted = {(each.due.kind, each.due.key): each for each in dues}
    lapsed = [row for key, row in open_dues.items() if key not in wanted]
    for row in lapsed:
        row.state, row.closed_at = State.LAPSED, at
    Item.objects.bulk_update(lapsed, ["state", "closed_at"])
    room = {kind: MOST - sum(row.source == kind for row in rows) + _gone(lapsed, kind) for kind in rules.DUES}
    new = [each for key, each in wanted.items() if key not in open_dues]
    made = Item.objects.bulk_create(
        _due_item(each, meeting, by, at)
        for kind in rules.DUES
        for each in [it for it in new if it.due.kind == kind][: max(room[kind], 0)]
    )
    for row in made:
        row.placed, row.treated = False, 0  # type: ignore[attr-defined]
    Step.objects.bulk_create([tell_step(row, "lapsed", by=by, at=at, meeting=meeting) for row in lapsed])
    return lapsed, made


def _gone(lapsed: Sequence[Item], kind: str) -> int:
    return sum(row.source == kind for row in lapsed)


def _due_item(wanted: Wanted, meeting: Meeting, by: Member, at: datetime) -> Item:
    due = wanted.due
    return Item(
        compartment_id=wanted.compartment_id,
        body=meeting.body,
        reference=new_reference("I"),
        source=due.kind,
        source_key=due.key,
        source_url=due.url,
        title=due.title[:200],
        titles={code: words[:200] for code, words in due.titles.items()},
        aim=rules.Aim.INFORMATION.value,
        minutes=SHORT,
        seats=list(wanted.seats),
        due_on=due.due_on,
        unit_id=by.unit_id,
        proposed_at=at,
        proposed_by=by.person_id,
        words=queries.searchable(" ".join({due.title, *due.titles.values()}), due.key),
    )


def insert(present: Sequence[Point], new: Sequence[Point], *, by: Member, at: datetime) -> None:
    """Each new point behind those of its own kind; the order that people gave to the others stays."""
    moved = list[Point]()
    for closed in (False, True):
        order = [row for row in present if row.item.restricted is closed]
        for point in (row for row in new if row.item.restricted is closed):
            sections = [rules.Section(each.section) for each in order]
            order.insert(place_for(rules.Section(point.section), sections), point)
        for position, point in enumerate(order, 1):
            if point.position != position:
                point.position = position
                moved.append(point)
    Point.objects.bulk_update([row for row in moved if row not in new], ["position"])
    Point.objects.bulk_create(new)
    Step.objects.bulk_create(
        [tell_step(row.item, "placed", by=by, at=at, meeting=row.meeting) for row in new]
    )


def _trace(meeting: Meeting, new: Iterable[Point], by: Member, at: datetime, lapsed: int) -> None:
    """One line for each wall: that of the body does not know of what stands behind another."""
    by_wall: dict[UUID, list[Point]] = {}
    for row in new:
        by_wall.setdefault(row.compartment_id, []).append(row)
    for compartment_id, rows in by_wall.items():
        audit.record(
            by=by,
            verb=Verb.ALTER,
            act="meetings.build",
            at=at,
            compartment_id=compartment_id,
            object_ids=[row.id for row in rows],
            reference=meeting.reference,
            facts={"points": len(rows)}
            | ({"lapsed": lapsed} if compartment_id == meeting.compartment_id else {}),
        )
