"""An urgent meeting: asked with a reason, answered before a clock runs out, in view of all members of the body."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.bodies import queries, rules
from fanal.bodies.models import Body, Request
from fanal.country import queries as country
from fanal.country.rules import due_at
from fanal.errors import Invalid, NotAllowed, Refusal
from fanal.notify import services as notify

TERM = "answer_urgent_meeting"


@transaction.atomic
def ask_meeting(*, by: Member, body_code: str, reason: str, at: datetime) -> Request:
    """Ask for an urgent meeting of a body. Everybody with a seat but an observer may; the clock is the country's.

    All units of the body are told. Refused: `NotFound` without a seat, `NotAllowed` (`observer_does_not_ask`),
    `Invalid` (`no_reason`), `Refusal` (`asked_already`: a request of this service waits).
    """
    on = timezone.localdate(at)
    body = queries.body(body_code, on)
    seat = queries.demand_seat(body_code, by, on)
    if seat.kind is rules.SeatKind.OBSERVER:
        raise NotAllowed("observer_does_not_ask", _("An observer does not ask for a meeting; a member may."))
    if not reason.strip():
        raise Invalid("no_reason", _("Say why it cannot wait for the next meeting."), field="reason")
    Body.objects.select_for_update().get(pk=body.pk)
    if Request.objects.filter(body=body, unit_id=by.unit_id, answered_at=None).exists():
        raise Refusal("asked_already", _("Your service has asked already; the clock runs."))
    law = country.law(on)
    request = Request.objects.create(
        compartment_id=body.compartment_id,
        body=body,
        reason=reason.strip(),
        asked_at=at,
        asked_by=by.person_id,
        unit_id=by.unit_id,
        due_at=due_at(law.term(TERM), at, law.calendar, timezone.get_current_timezone()),
    )
    _trace("bodies.ask_meeting", Verb.COLLECT, request, by, at)
    notify.tell(unit_ids=_others(body_code, by, on), kind="bodies.asked", reference=body.prefix, at=at)
    return request


@transaction.atomic
def convene(*, by: Member, request_id: UUID, meets_on: date, at: datetime) -> Request:
    """Answer a request with a day on which the body meets. By who prepares it.

    Refused: `NotFound`, `NotAllowed`, `Refusal` (`answered_already`), `Invalid` (`day_passed`).
    """
    if meets_on < timezone.localdate(at):
        raise Invalid("day_passed", _("This day has passed."), field="meets_on")
    return _answer(by, request_id, at, meets_on, "")


@transaction.atomic
def refuse_meeting(*, by: Member, request_id: UUID, reason: str, at: datetime) -> Request:
    """Refuse a request with a reason, which all members read. By who prepares the body.

    Refused: `NotFound`, `NotAllowed`, `Refusal` (`answered_already`), `Invalid` (`no_reason`).
    """
    if not reason.strip():
        raise Invalid("no_reason", _("Say why: all members of the body read it."), field="reason")
    return _answer(by, request_id, at, None, reason.strip())


def _answer(by: Member, request_id: UUID, at: datetime, meets_on: date | None, because: str) -> Request:
    on = timezone.localdate(at)
    request = queries.request(request_id, by, on, lock=True)
    queries.demand_prepares(request.body.code, by, on)
    if request.answered_at is not None:
        raise Refusal("answered_already", _("This request has been answered already."))
    request.convened_for, request.refused_because = meets_on, because
    request.answered_at, request.answered_by = at, by.person_id
    request.save(update_fields=["convened_for", "refused_because", "answered_at", "answered_by"])
    _trace("bodies.convene" if meets_on else "bodies.refuse_meeting", Verb.ALTER, request, by, at)
    kind = "bodies.convened" if meets_on else "bodies.refused"
    notify.tell(unit_ids=_others(request.body.code, by, on), kind=kind, reference=request.body.prefix, at=at)
    return request


def _others(body_code: str, by: Member, on: date) -> list[int]:
    units = {unit_id for seat in queries.seats(body_code, on) for unit_id in seat.unit_ids}
    return sorted(units - {by.unit_id})


def _trace(act: str, verb: Verb, request: Request, by: Member, at: datetime) -> None:
    audit.record(
        by=by, verb=verb, act=act, at=at, compartment_id=request.compartment_id, object_ids=[request.id],
        facts={"body": request.body.code},
    )  # fmt: skip
