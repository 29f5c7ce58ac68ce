"""What became of an item at a meeting, or in writing between two: closed, back, deferred, sent to the other body."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.rules import Member, new_reference
from fanal.bodies import queries as bodies
from fanal.bodies import services as body_services
from fanal.errors import Invalid, Refusal
from fanal.meetings import queries
from fanal.meetings.models import Item, Meeting, Point
from fanal.meetings.models.items import State
from fanal.meetings.models.meetings import State as MeetingState
from fanal.meetings.queries import Sight
from fanal.meetings.rules.items import AFTER, Outcome, Source
from fanal.meetings.services.writing import demand_prepares, sight, tell_preparers, tell_step, trace


@transaction.atomic
def settle(
    *, by: Member, point_id: UUID, outcome: str, until: date | None = None, to_body: str = "", words: str = "",
    at: datetime,
) -> Item:  # fmt: skip
    """Say what became of an item at a meeting, by who prepares it. Said again, the last word counts.

    `deferred` needs `until`, a day after the meeting: it returns on the first agenda from then on. `sent` needs
    `to_body`: it is closed here and open there, with its history; a restricted one goes to the seats there that the
    same units hold. Refused: `NotFound`; `NotAllowed`; `Refusal` (`not_convened`; `item_moved_on` when the body, or the
    other one, went on with it since); `Invalid` (`unknown_outcome`, `until`, `to_body`).
    """
    return _settle(sight(by, at), point_id, outcome, until, to_body, words, at)


@transaction.atomic
def keep_open(*, by: Member, point_ids: Iterable[UUID], at: datetime) -> None:
    """As `settle` with `stays`, for every item that a session did not come to: what the reader sees is read once."""
    eye = sight(by, at)
    for point_id in point_ids:
        _settle(eye, point_id, Outcome.STAYS.value, None, "", "", at)


def _settle(
    eye: Sight, point_id: UUID, outcome: str, until: date | None, to_body: str, words: str, at: datetime
) -> Item:
    point = queries.point(point_id, eye)
    demand_prepares(point.meeting.body, eye)
    meeting = queries.meeting(point.meeting.reference, eye, lock=True)
    if meeting.state not in (MeetingState.CONVENED, MeetingState.HELD):
        raise Refusal("not_convened", _("An outcome is noted at a meeting that was convened."))
    item = queries.item(point.item.reference, eye, lock=True)
    point = queries.point(point_id, eye, lock=True)
    result = _result(outcome, until, to_body, item, after=timezone.localdate(meeting.begins_at), eye=eye)
    if (point.outcome, point.until, point.to_body, point.words) == (result, until, to_body, words.strip()):
        return item
    _take_back(item, point, eye, at)
    point.outcome, point.until, point.to_body, point.words = result.value, until, to_body, words.strip()
    point.settled_at = at
    point.save(update_fields=["outcome", "until", "to_body", "words", "settled_at"])
    _conclude(item, result, until, to_body, words, meeting, eye, at)
    return item


@transaction.atomic
def settle_in_writing(
    *, by: Member, reference: str, outcome: str, until: date | None = None, to_body: str = "", words: str = "",
    at: datetime,
) -> Item:  # fmt: skip
    """As `settle`, for an open item that was dealt with in writing, between meetings, and stands on no agenda to come.

    Refused: as `settle`; `Refusal` (`item_closed`, `on_an_agenda`).
    """
    eye = sight(by, at)
    item = queries.item(reference, eye, lock=True)
    demand_prepares(item.body, eye)
    if item.state != State.OPEN:
        raise Refusal("item_closed", _("This item is closed. Propose a new one."))
    if eye.rows(Point).filter(item=item, meeting__state__in=["draft", "convened"]).exists():
        raise Refusal("on_an_agenda", _("This item stands on an agenda. Take it off first."))
    result = _result(outcome, until, to_body, item, after=eye.on, eye=eye)
    _conclude(item, result, until, to_body, words, None, eye, at)
    return item


def _result(
    outcome: str, until: date | None, to_body: str, item: Item, *, after: date, eye: Sight
) -> Outcome:
    if outcome not in set(Outcome):
        raise Invalid("unknown_outcome", _("Choose an outcome from the list."), field="outcome")
    result = Outcome(outcome)
    if (result is Outcome.DEFERRED) != (until is not None):
        raise Invalid(
            "until", _("An item is deferred to a day: give that day, and only then."), field="until"
        )
    if until is not None and until <= after:
        raise Invalid("until", _("Choose a day after this meeting."), field="until")
    if (result is Outcome.SENT) != bool(to_body):
        raise Invalid("to_body", _("Say to which body it is sent, and only then."), field="to_body")
    if to_body and (to_body == item.body or to_body not in eye.seats):
        raise Invalid("to_body", _("Choose another body in which you hold a seat."), field="to_body")
    return result


def _take_back(item: Item, point: Point, eye: Sight, at: datetime) -> None:
    """Undo what an earlier word on this point did: refused where somebody went on with the item since."""
    later = eye.rows(Point).filter(item=item, added_at__gt=point.added_at).exclude(pk=point.pk)
    if later.exists():
        raise _moved_on()
    if not point.outcome:
        if item.state != State.OPEN:
            raise _moved_on()
        return
    for follower in queries.items(eye).filter(origin=item, state=State.OPEN):
        if eye.rows(Point).filter(item=follower).exists():
            raise _moved_on()
        follower.state, follower.closed_at = State.WITHDRAWN, at
        follower.save(update_fields=["state", "closed_at"])
        tell_step(follower, "withdrawn", by=eye.by, at=at).save()
    if queries.items(eye).filter(origin=item).exclude(state=State.WITHDRAWN).exists():
        raise _moved_on()
    item.state, item.closed_at, item.returns_on = State.OPEN, None, None


def _moved_on() -> Refusal:
    return Refusal(
        "item_moved_on",
        _("This item went on since: it is on another agenda, or the other body deals with it."),
    )


def _conclude(
    item: Item, result: Outcome, until: date | None, to_body: str, words: str, meeting: Meeting | None,
    eye: Sight, at: datetime,
) -> None:  # fmt: skip
    item.state = AFTER[result].value
    item.closed_at = None if item.state == State.OPEN else at
    item.returns_on = until
    item.version += 1
    item.save(update_fields=["state", "closed_at", "returns_on", "version"])
    facts: dict[str, object] = {"outcome": result.value}
    if until is not None:
        facts["until"] = until.isoformat()
    if to_body:
        facts["to"] = to_body
    tell_step(item, "settled", by=eye.by, at=at, meeting=meeting, words=words, facts=facts).save()
    trace(item, "settle", by=eye.by, at=at, facts=facts)
    if result is Outcome.SENT:
        _send(item, to_body, words, eye, at)


def _send(item: Item, to_body: str, words: str, eye: Sight, at: datetime) -> Item:
    """The item as the other body has it: open, with where it comes from."""
    seats = _seats_there(item, to_body, eye)
    row = Item.objects.create(
        compartment_id=(
            body_services.restrict(by=eye.by, body_code=to_body, seat_ids=seats, at=at)
            if seats
            else bodies.compartment(to_body)
        ),
        body=to_body,
        reference=new_reference("I"),
        source=Source.SENT.value,
        source_key=item.reference,
        title=item.title,
        titles=item.titles,
        text=item.text,
        aim=item.aim,
        minutes=item.minutes,
        seats=seats,
        origin=item,
        seat=eye.seats[to_body].id,
        unit_id=eye.by.unit_id,
        proposed_at=at,
        proposed_by=eye.by.person_id,
        words=item.words,
    )
    tell_step(row, "sent_here", by=eye.by, at=at, words=words, facts={"from": item.body}).save()
    trace(row, "send", by=eye.by, at=at)
    tell_preparers(row, "sent", by=eye.by, at=at)
    return row


def _seats_there(item: Item, to_body: str, eye: Sight) -> list[UUID]:
    """For a restricted item: the seats of the other body held by the units of the seats that it names here."""
    if not item.seats:
        return []
    here = {seat.id: seat for seat in bodies.seats(item.body, eye.on)}
    units = {unit_id for each in item.seats if each in here for unit_id in here[each].unit_ids}
    there = [seat for seat in bodies.seats(to_body, eye.on) if set(seat.unit_ids) <= units]
    if not any(seat.prepares for seat in there):
        raise Invalid(
            "nobody_prepares",
            _("Nobody who prepares the other body sees this restricted item: it cannot be sent there."),
            field="to_body",
        )
    return sorted({seat.id for seat in there} | {eye.seats[to_body].id})
