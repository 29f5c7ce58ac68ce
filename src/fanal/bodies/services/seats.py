"""Changing the composition of a body: who sits where, which units hold a seat, new seats and working groups."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import queries as access
from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.bodies import queries, rules
from fanal.bodies.models import Body, Seat, Sitting
from fanal.bodies.services.walls import keep_in_step, raise_wall
from fanal.country import queries as country
from fanal.country.schema import VoteRule
from fanal.errors import Invalid, NotFound, Refusal

DAY = timedelta(days=1)
_BY_HAND = "Composition, kept by hand"
_PREFIX = re.compile(r"^[A-Z]{2,8}$")
_SAID = {
    rules.Problem.BACKWARDS: ("valid_to", _("The last day comes before the first.")),
    rules.Problem.HELD: (
        "valid_from", _("Somebody holds this seat already on one of these days. End that first, or name a substitute."),
    ),
    rules.Problem.TWO_SEATS: ("member", _("This person sits in another seat of this body on one of these days.")),
    rules.Problem.TWICE: ("member", _("This person sits in this seat already on one of these days.")),
}  # fmt: skip


@transaction.atomic
def seat_person(
    *,
    by: Member,
    seat_id: UUID,
    membership_id: UUID,
    substitute: bool = False,
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> Sitting:
    """Name somebody in a seat, its holder or a substitute, between two days.

    Refused: `NotFound` and `NotAllowed` as `demand_prepares`, `Invalid` for `ends_before_start`, `seat_held` (a seat
    has one holder on a day), `two_seats` (a person sits in one seat of a body), `twice_in_seat`, `not_of_the_seat`
    (somebody of another service), `outside_the_seat` (the seat is not there on one of these days).
    """
    seat = _seat(seat_id, by, at)
    if valid_from < seat.valid_from or (
        seat.valid_to is not None and (valid_to is None or valid_to > seat.valid_to)
    ):
        raise Invalid(
            "outside_the_seat", _("On some of these days this seat is not there."), field="valid_from"
        )
    _demand_colleague(seat, membership_id, valid_from)
    new = rules.Term(seat.id, membership_id, valid_from, valid_to, substitute)
    rows = Sitting.objects.filter(seat__body=seat.body)
    others = [
        rules.Term(it.seat_id, it.membership_id, it.valid_from, it.valid_to, it.substitute) for it in rows
    ]
    for problem in rules.seat_problems(new, others):
        field, words = _SAID[problem]
        raise Invalid(problem.value, words, field=field)
    sitting = Sitting.objects.create(
        seat=seat,
        membership_id=membership_id,
        substitute=substitute,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _trace("bodies.seat_person", seat.body, by, at, [seat.id, sitting.id], substitute=substitute)
    return sitting


@transaction.atomic
def unseat_person(*, by: Member, sitting_id: UUID, last_day: date, at: datetime) -> Sitting:
    """End somebody's sitting with a day; what was, stays readable. Refused: `ends_before_start`, `ended_already`."""
    found = Sitting.objects.filter(pk=sitting_id).first()
    if found is None:
        raise NotFound
    seat = _seat(found.seat_id, by, at)
    sitting = Sitting.objects.select_for_update().get(pk=sitting_id)
    if sitting.valid_to is not None and sitting.valid_to <= last_day:
        raise Refusal("ended_already", _("This has ended already."))
    if last_day < sitting.valid_from:
        raise Invalid("ends_before_start", _("The last day comes before the first."), field="last_day")
    sitting.valid_to = last_day
    sitting.save(update_fields=["valid_to"])
    _trace("bodies.unseat_person", seat.body, by, at, [seat.id, sitting.id])
    return sitting


@transaction.atomic
def add_seat(
    *,
    by: Member,
    body_code: str,
    kind: rules.SeatKind,
    unit_ids: Sequence[int],
    name: str = "",
    votes: bool | None = None,
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> Seat:
    """A new seat of a body, held by one unit or by several together.

    Refused: as `demand_prepares`, `Invalid` for `no_holder`, `ends_before_start`, `seat_held_twice` (one of the units
    holds a seat of that kind already on one of these days), `observer_does_not_vote`.
    """
    on = timezone.localdate(at)
    queries.demand_prepares(body_code, by, on)
    body = Body.objects.select_for_update().get(code=body_code)
    votes = kind in rules.VOTES if votes is None else votes
    seat = _new_seat(body, kind, unit_ids, name, votes, valid_from, valid_to, at)
    keep_in_step(body, by=by, on=on, at=at)
    _trace("bodies.add_seat", body, by, at, [seat.id], kind=kind.value, units=list(seat.unit_ids))
    return seat


@transaction.atomic
def end_seat(*, by: Member, seat_id: UUID, last_day: date, at: datetime) -> Seat:
    """End a seat with a day, and with it whoever sits there; its units then read the papers no longer.

    Refused: as `demand_prepares`, `Invalid` (`ends_before_start`), `Refusal` (`ended_already`, `last_that_prepares`).
    """
    seat = _seat(seat_id, by, at)
    if seat.valid_to is not None and seat.valid_to <= last_day:
        raise Refusal("ended_already", _("This has ended already."))
    if last_day < seat.valid_from:
        raise Invalid("ends_before_start", _("The last day comes before the first."), field="last_day")
    after = queries.seats(seat.body.code, last_day + DAY)
    if not any(it.prepares and it.id != seat.id for it in after):
        raise Refusal(
            "last_that_prepares", _("A body keeps a chair or a secretariat. Add the new seat first.")
        )
    seat.valid_to, seat.edited_at = last_day, at
    seat.save(update_fields=["valid_to", "edited_at"])
    for sitting in Sitting.objects.filter(seat=seat).exclude(valid_to__lte=last_day):
        if sitting.valid_from > last_day:
            sitting.delete()
        else:
            sitting.valid_to = last_day
            sitting.save(update_fields=["valid_to"])
    keep_in_step(seat.body, by=by, on=timezone.localdate(at), at=at)
    _trace("bodies.end_seat", seat.body, by, at, [seat.id])
    return seat


@transaction.atomic
def found_group(
    *, by: Member, name: str, prefix: str, parent_code: str, valid_from: date, at: datetime
) -> Body:
    """A working group of a body, whose papers the member's unit keeps and whose chair it holds.

    By who prepares the parent. Refused: as `demand_prepares`, `Invalid` for `no_name`, `bad_prefix`, `prefix_taken`.
    """
    on = timezone.localdate(at)
    queries.demand_prepares(parent_code, by, on)
    parent = queries.body(parent_code, on)
    name, prefix = name.strip(), prefix.strip().upper()
    if not name:
        raise Invalid("no_name", _("Give the working group a name."), field="name")
    if not _PREFIX.match(prefix):
        raise Invalid("bad_prefix", _("Two to eight letters, without accents."), field="letters")
    if Body.objects.filter(prefix=prefix).exists():
        raise Invalid("prefix_taken", _("Another body is numbered like that."), field="letters")
    words = dict.fromkeys(("fr", "nl", "de", "en"), name)
    body = Body.objects.create(
        code=f"group-{prefix.lower()}",
        kind="group",
        prefix=prefix,
        names=words,
        short_names=words,
        unit_id=by.unit_id,
        compartment_id=raise_wall(by.unit_id, at),
        prepares_for=parent.code,
        vote_rule=_consensus(on) or parent.vote_rule,
        valid_from=valid_from,
        source=_BY_HAND,
        position=1000,
        edited_at=at,
    )
    seat = _new_seat(body, rules.SeatKind.CHAIR, [by.unit_id], "", True, valid_from, None, at)
    keep_in_step(body, by=by, on=on, at=at)
    _trace("bodies.found_group", body, by, at, [body.id, seat.id], parent=parent.code)
    return body


def _consensus(on: date) -> str:
    """A working group votes on nothing: the rule of consensus, where the country has one."""
    return next((it.code for it in country.law(on).of(VoteRule) if it.majority == "consensus"), "")


def _new_seat(
    body: Body,
    kind: rules.SeatKind,
    unit_ids: Sequence[int],
    name: str,
    votes: bool,
    valid_from: date,
    valid_to: date | None,
    at: datetime,
) -> Seat:
    units = sorted(set(unit_ids))
    if not units:
        raise Invalid("no_holder", _("Say which service holds the seat."), field="units")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid("ends_before_start", _("The last day comes before the first."), field="valid_to")
    if kind is rules.SeatKind.OBSERVER and votes:
        raise Invalid("observer_does_not_vote", _("An observer has no vote."), field="votes")
    for other in Seat.objects.filter(body=body, kind=kind.value, unit_ids__overlap=units):
        if rules.overlaps(valid_from, valid_to, other.valid_from, other.valid_to):
            raise Invalid(
                "seat_held_twice",
                _("This service holds such a seat already on one of these days."),
                field="units",
            )
    number = Seat.objects.filter(body=body).count() + 1
    return Seat.objects.create(
        code=f"{body.code}-{number}-{at:%Y%m%d%H%M%S}",
        body=body,
        kind=kind.value,
        names=dict.fromkeys(("fr", "nl", "de", "en"), name.strip()) if name.strip() else {},
        unit_ids=units,
        votes=votes,
        valid_from=valid_from,
        valid_to=valid_to,
        source=_BY_HAND,
        position=1000 + number,
        edited_at=at,
    )


def _seat(seat_id: UUID, by: Member, at: datetime) -> Seat:
    """A seat whose body is locked, so that of two changes of one moment the second sees the first."""
    found = Seat.objects.select_related("body").filter(pk=seat_id).first()
    if found is None:
        raise NotFound
    queries.demand_prepares(found.body.code, by, timezone.localdate(at))
    Body.objects.select_for_update().get(pk=found.body_id)
    return found


def _demand_colleague(seat: Seat, membership_id: UUID, on: date) -> None:
    colleagues = {it.id for it in access.members_of(set(seat.unit_ids), on)}
    if membership_id not in colleagues:
        raise Invalid(
            "not_of_the_seat", _("This person does not work for the service of this seat."), field="member"
        )


def _trace(act: str, body: Body, by: Member, at: datetime, ids: Sequence[UUID], **facts: object) -> None:
    audit.record(
        by=by, verb=Verb.ALTER, act=act, at=at, compartment_id=body.compartment_id, object_ids=ids,
        facts={"body": body.code, **facts},
    )  # fmt: skip
