"""Proposing an item to a body, changing it, withdrawing it, and the papers that go with it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fanal.access.rules import Member, new_reference
from fanal.attachments import services as attachments
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.bodies import services as body_services
from fanal.bodies.rules import SeatHeld
from fanal.errors import Invalid, NotAllowed, Refusal, Stale
from fanal.meetings import queries
from fanal.meetings.models import Annex, Item, Meeting, Point
from fanal.meetings.models.items import State
from fanal.meetings.models.meetings import State as MeetingState
from fanal.meetings.queries import Sight
from fanal.meetings.rules.items import Aim, Source, section
from fanal.meetings.services.agenda import MOST_MINUTES
from fanal.meetings.services.building import insert
from fanal.meetings.services.writing import (
    changed,
    demand_open,
    demand_to_come,
    new_point,
    sight,
    tell_preparers,
    tell_step,
    trace,
)


@transaction.atomic
def propose(
    *, by: Member, body_code: str, title: str, aim: str, titles: Mapping[str, str] | None = None, text: str = "",
    minutes: int = 10, seats: Collection[UUID] = (), meeting: str = "", late: bool = False, why_late: str = "",
    at: datetime,
) -> Item:  # fmt: skip
    """Propose an item to a body in which the member holds a seat.

    `meeting`: the reference of the meeting for which it is meant; without one it comes on the next agenda by itself.
    Once that agenda was set, `late` with `why_late` asks the chair's consent. `seats`: for these seats only, and the
    member's own; one of them has to be of the chair or the secretariat. `titles`: by language, of an item that the
    system proposes in her name. Refused: `NotFound`; `Refusal` (`agenda_set`,
    `meeting_over`); `Invalid` (`title`, `aim`, `minutes`, `why_late`, `unknown_seat`, `nobody_prepares`).
    """
    eye = sight(by, at)
    seat = bodies.demand_seat(body_code, by, eye.on)
    _demand_sound(title, aim, minutes)
    goal = queries.meeting(meeting, eye, lock=True) if meeting else None
    if goal is not None and goal.body != body_code:
        raise Invalid("other_body", _("This meeting is one of another body."), field="meeting")
    asks = goal is not None and _asks_late(goal, late, why_late)
    named = _named(seats, seat, body_code, eye)
    row = Item.objects.create(
        compartment_id=(
            body_services.restrict(by=by, body_code=body_code, seat_ids=named, at=at)
            if named
            else bodies.compartment(body_code)
        ),
        body=body_code,
        reference=new_reference("I"),
        title=title.strip(),
        titles=dict(titles or {}),
        text=text.strip(),
        aim=aim,
        minutes=minutes,
        seats=named,
        seat=seat.id,
        unit_id=by.unit_id,
        proposed_at=at,
        proposed_by=by.person_id,
        late_for=goal if asks else None,
        why_late=why_late.strip() if asks else "",
        words=queries.searchable(" ".join({title, *(titles or {}).values()}), text),
    )
    tell_step(
        row, "late_asked" if asks else "proposed", by=by, at=at, meeting=goal, words=row.why_late
    ).save()
    trace(row, "propose", by=by, at=at, verb=Verb.COLLECT)
    if goal is not None and not asks:
        _place(row, goal, eye, at)
    if not seat.prepares:
        tell_preparers(row, "late_asked" if asks else "proposed", by=by, at=at)
    return row


def _demand_sound(title: str, aim: str, minutes: int) -> None:
    if not title.strip():
        raise Invalid("title", _("Give the item a title."), field="title")
    if len(title.strip()) > 200:
        raise Invalid(
            "title", _("A title has at most 200 characters: the rest is for the text."), field="title"
        )
    if aim not in set(Aim):
        raise Invalid("aim", _("Say what is asked of the body."), field="aim")
    if not 0 <= minutes <= MOST_MINUTES:
        raise Invalid("minutes", _("Give the minutes as a number from 0 to 600."), field="minutes")


def _asks_late(goal: Meeting, late: bool, why: str) -> bool:
    if not late or goal.agenda_set_at is None:
        demand_open(goal)
        return False
    demand_to_come(goal)
    if not why.strip():
        raise Invalid("why_late", _("Say why it cannot wait: the chair decides on it."), field="why_late")
    return True


def _named(seats: Collection[UUID], mine: SeatHeld, body_code: str, eye: Sight) -> list[UUID]:
    """For whom a restricted item is: the seats named and the member's own; empty for everybody."""
    if not seats:
        return []
    named = sorted({*seats, mine.id})
    known = {seat.id: seat for seat in bodies.seats(body_code, eye.on)}
    if not any(known[each].prepares for each in named if each in known):
        raise Invalid(
            "nobody_prepares",
            _("Name the chair or the secretariat too: somebody has to put it on an agenda."),
            field="seats",
        )
    return named


def _place(row: Item, goal: Meeting, eye: Sight, at: datetime) -> None:
    present = list(queries.points(goal, eye).order_by("position", "id"))
    heading = section(Source(row.source), 0)
    insert(present, [new_point(goal, row, section=heading, position=0, at=at)], by=eye.by, at=at)
    changed(goal)


@transaction.atomic
def amend(
    *, by: Member, reference: str, title: str, aim: str, text: str = "", minutes: int = 10,
    at: datetime, version: int | None = None,
) -> Item:  # fmt: skip
    """Change what an item says: by who proposed it or who prepares, as long as no agenda that it is on was set.

    Refused: `NotFound`; `NotAllowed` (`not_yours`); `Stale`; `Refusal` (`item_closed`, `agenda_set`); `Invalid` as
    `propose`.
    """
    eye = sight(by, at)
    row = _mine(reference, eye)
    if version is not None and version != row.version:
        raise Stale(
            "stale", _("Somebody changed this since you opened it. Look at it again, then repeat your act.")
        )
    _demand_sound(title, aim, minutes)
    for point in _points_to_come(row, eye):
        demand_open(point.meeting)
        point.minutes = minutes
        point.save(update_fields=["minutes"])
    if title.strip() != row.heading:
        row.title, row.titles = title.strip(), {}
    row.text, row.aim, row.minutes = text.strip(), aim, minutes
    row.words = queries.searchable(" ".join({row.title, *row.titles.values()}), text)
    row.version += 1
    row.save(update_fields=["title", "titles", "text", "aim", "minutes", "words", "version"])
    tell_step(row, "amended", by=by, at=at).save()
    trace(row, "amend", by=by, at=at)
    return row


def _points_to_come(row: Item, eye: Sight) -> list[Point]:
    """The points of an item on agendas of meetings to come."""
    rows = eye.rows(Point).filter(item=row, meeting__state__in=[MeetingState.DRAFT, MeetingState.CONVENED])
    return list(rows.select_related("meeting"))


@transaction.atomic
def withdraw(*, by: Member, reference: str, why: str, at: datetime) -> Item:
    """Withdraw an item: by who proposed it or who prepares, before the agenda is set. Twice changes nothing.

    Refused: `NotFound`; `NotAllowed` (`not_yours`); `Refusal` (`item_closed`, `agenda_set`); `Invalid` (`why`).
    """
    eye = sight(by, at)
    row = queries.item(reference, eye)
    if row.state == State.WITHDRAWN:
        return row
    row = _mine(reference, eye)
    if not why.strip():
        raise Invalid("why", _("Say why: it stays in the history of the item."), field="why")
    for point in _points_to_come(row, eye):
        demand_open(point.meeting)
        point.delete()
        changed(point.meeting)
    row.state, row.closed_at, row.late_for = State.WITHDRAWN, at, None
    row.save(update_fields=["state", "closed_at", "late_for"])
    tell_step(row, "withdrawn", by=by, at=at, words=why).save()
    trace(row, "withdraw", by=by, at=at)
    return row


def _mine(reference: str, eye: Sight) -> Item:
    """An open item that the reader proposed or prepares, locked."""
    row = queries.item(reference, eye, lock=True)
    seat = eye.seats[row.body]
    if not (seat.prepares or seat.id == row.seat or row.unit_id == eye.by.unit_id):
        raise NotAllowed(
            "not_yours", _("Only who proposed this item, the chair and the secretariat change it.")
        )
    if row.state != State.OPEN:
        raise Refusal("item_closed", _("This item is closed. Propose a new one."))
    return row


@transaction.atomic
def annex(
    *, by: Member, reference: str, title: str, name: str, data: bytes, seats: Collection[UUID] = (),
    at: datetime, submission: UUID | None = None,
) -> Annex:  # fmt: skip
    """Add a paper to an open item, for everybody who sees the item or for named seats and the member's own.

    `name` and `data`: the file. Refused: `NotFound`; `Refusal` (`item_closed`); `Invalid` (`title`, `unknown_seat`,
    and what `attachments.services.add` refuses of a file).
    """
    eye = sight(by, at)
    row = queries.item(reference, eye)
    if row.state != State.OPEN:
        raise Refusal("item_closed", _("This item is closed. Propose a new one."))
    if not title.strip():
        raise Invalid("title", _("Give the paper a title."), field="title")
    named = sorted({*seats, eye.seats[row.body].id}) if seats else []
    if named and row.seats and not set(named) <= set(row.seats):
        raise Invalid(
            "seat_without_item",
            _("A paper is for seats that see its item: choose among those."),
            field="seats",
        )
    paper = Annex.objects.create(
        compartment_id=(
            body_services.restrict(by=by, body_code=row.body, seat_ids=named, at=at)
            if named
            else row.compartment_id
        ),
        item=row,
        reference=new_reference("N"),
        title=title.strip()[:200],
        seats=named or row.seats,
        added_at=at,
        added_by=by.person_id,
        unit_id=by.unit_id,
    )
    attachments.add(
        by=by, kind="annex", object_id=paper.id, name=name, data=data, at=at, submission=submission
    )
    if not named:
        tell_step(row, "annexed", by=by, at=at, words=paper.title).save()
    return paper
