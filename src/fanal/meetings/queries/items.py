"""Reading items, their history and their annexes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fanal.access.queries import one
from fanal.access.vault import plain
from fanal.errors import NotFound
from fanal.meetings.models import Annex, Item, Meeting, Point, Step
from fanal.meetings.models.items import State
from fanal.meetings.models.meetings import State as MeetingState
from fanal.meetings.queries.sights import Sight
from fanal.meetings.rules import items as lives
from fanal.meetings.rules import meetings as meeting_lives

TO_COME = [state.value for state in meeting_lives.TO_COME]


def items(eye: Sight, *, body_code: str = "", state: str = "", text: str = "") -> QuerySet[Item]:
    """The items of the reader's bodies; `text`: each of its words begins a word of the title or the text."""
    rows = eye.rows(Item)
    if body_code:
        rows = rows.filter(body=body_code)
    if state:
        rows = rows.filter(state=state)
    for word in plain(text).split():
        rows = rows.filter(words__contains=f" {word}")
    return rows


def searchable(title: str, text: str) -> str:
    """The words of an item as the search compares them: each once, each after a space."""
    return f" {' '.join(sorted(set(plain(f'{title} {text}').split())))}"


def my_items(eye: Sight) -> QuerySet[Item]:
    """What the reader's unit proposed or her seat, what is open first, then the newest."""
    mine = [seat.id for seat in eye.seats.values()]
    rows = items(eye).filter(Q(unit_id=eye.by.unit_id) | Q(seat__in=mine), source="member")
    return rows.order_by("closed_at", "-proposed_at", "-id")


def item(reference: str, eye: Sight, *, lock: bool = False) -> Item:
    """An item by its reference, locked when asked; `NotFound`."""
    rows = items(eye).filter(reference=reference.upper())
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound
    return found


def point(point_id: UUID, eye: Sight, *, lock: bool = False) -> Point:
    """A point of an agenda with its item and meeting; `NotFound`. Lock its meeting first where both are changed."""
    return one(eye.rows(Point).select_related("item", "meeting"), point_id, lock=lock)


def open_items(body_code: str, eye: Sight) -> list[Item]:
    """What a body is not done with yet, the oldest first, on an agenda or not."""
    rows = items(eye, body_code=body_code, state=State.OPEN)
    return list(_counted(rows).order_by("proposed_at", "id"))


def unplaced(body_code: str, eye: Sight, *, but: Meeting | None = None) -> list[Item]:
    """Open items that stand on the agenda of no meeting to come, nor ask to come late on one (`but`: leaving the agenda
    of that one out of account)."""
    return [row for row in _standing(body_code, eye, but) if not row.placed]  # type: ignore[attr-defined]


def _counted(rows: QuerySet[Item]) -> QuerySet[Item]:
    """With `treated`: on how many agendas of meetings that were held it stood."""
    return rows.annotate(treated=Count("points", filter=Q(points__meeting__state=MeetingState.HELD)))


def _standing(body_code: str, eye: Sight, but: Meeting | None) -> list[Item]:
    placed = Point.objects.filter(item=OuterRef("pk"), meeting__state__in=TO_COME)
    if but is not None:
        placed = placed.exclude(meeting=but)
    asked = Q(late_for__state__in=TO_COME)
    rows = _counted(items(eye, body_code=body_code, state=State.OPEN)).annotate(placed=Exists(placed) | asked)
    return list(rows.order_by("proposed_at", "id"))


def standing(row: Item) -> lives.Standing:
    """An item that `unplaced` or `for_agenda` gave, as the rules see it."""
    return lives.Standing(
        key=row.reference,
        source=lives.Source(row.source),
        state=lives.State(row.state),
        returns_on=row.returns_on,
        placed=row.placed,  # type: ignore[attr-defined]
        treated=row.treated,  # type: ignore[attr-defined]
    )


def for_agenda(meeting: Meeting, eye: Sight) -> list[Item]:
    """The open items of a body with what the building of an agenda has to know, those of other agendas marked."""
    return _standing(meeting.body, eye, meeting)


@dataclass(frozen=True, slots=True)
class Past:
    """The history of an item with that of the items it comes from and that came from it, the oldest first."""

    steps: Sequence[Step]
    chain: Sequence[Item]


def history(row: Item, eye: Sight) -> Past:
    """What happened to an item, in every body that dealt with it and that the reader sees."""
    chain: list[Item] = [row]
    while chain[0].origin_id is not None:
        origin = items(eye).filter(pk=chain[0].origin_id).first()
        if origin is None:
            break
        chain.insert(0, origin)
    while follower := items(eye).filter(origin_id=chain[-1].id).exclude(state=State.WITHDRAWN).first():
        chain.append(follower)
    steps = eye.rows(Step).filter(item__in=chain).select_related("meeting", "unit", "item")
    return Past(list(steps.order_by("at", "id")), chain)


def annexes(item_ids: Collection[UUID], eye: Sight) -> Mapping[UUID, list[Annex]]:
    """{item id: its annexes that the reader sees}; one SQL statement."""
    found: dict[UUID, list[Annex]] = defaultdict(list)
    for row in eye.rows(Annex).filter(item_id__in=list(item_ids)).order_by("added_at", "id"):
        found[row.item_id].append(row)
    return found


def paper(reference: str, eye: Sight) -> Annex:
    """An annex by its reference; `NotFound`."""
    found = eye.rows(Annex).filter(reference=reference.upper()).select_related("item").first()
    if found is None:
        raise NotFound
    return found


def stands(row: Item, eye: Sight) -> QuerySet[Point]:
    """The agendas on which an item stands or stood, the last first; no agenda of a draft that is not the reader's."""
    rows = eye.rows(Point).filter(item=row).select_related("meeting")
    return rows.exclude(Q(meeting__state=MeetingState.DRAFT) & ~Q(meeting__body__in=eye.prepares)).order_by(
        "-meeting__begins_at"
    )


def late_items(meeting: Meeting, eye: Sight) -> list[Item]:
    """Items that ask for the chair's consent to come late on the agenda of a meeting."""
    rows = items(eye, body_code=meeting.body, state=State.OPEN).filter(late_for=meeting)
    on_it = Point.objects.filter(item=OuterRef("pk"), meeting=meeting)
    return list(rows.exclude(Exists(on_it)).order_by("proposed_at", "id"))
