"""The directory for other systems. Texts come in the four languages; dates are days, the last one included."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Permission
from fanal.country import queries as country
from fanal.country.schema import Purpose
from fanal.directory import queries, services
from fanal.directory.api.shapes import (
    AnswerOut,
    AreaOut,
    Asked,
    CardOut,
    ContactIn,
    ContactPointOut,
    EndIn,
    MandateIn,
    MandateOut,
    PeopleOut,
    PlaceOut,
    ReachIn,
    UnitCode,
)
from fanal.directory.rules import Answer, Area, Card, Holder, Place, Question
from fanal.errors import Invalid
from fanal.web.etags import demand_match, put_etag

router = Router(tags=["directory"])

YEARS = range(1900, 2200)


@router.get("/call", response=list[AnswerOut], auth=None)
@public("who finds a person in danger must know at once whom to call")
def call(request: HttpRequest, asked: Query[Asked]) -> list[Answer]:
    """Whom to call, in the order of the country's routes; outside office hours those that answer come first."""
    at = _local(asked.at)
    on = at.date()
    if asked.purpose and not country.law(on).has(Purpose, asked.purpose):
        raise Invalid("unknown_purpose", _("That form is not known on this date."), field="purpose")
    where = queries.where(municipality=asked.municipality, district=asked.district, zone=asked.zone, on=on)
    question = Question(district=where.district, zone=where.zone, purpose=asked.purpose, age=asked.age, at=at)
    return list(queries.whom_to_call(question))  # a pair would be read as status and body


def _local(at: datetime | None) -> datetime:
    if at is None:
        return timezone.localtime()
    if at.year not in YEARS:
        raise Invalid("date_year", _("That year cannot be right."), field="at")
    return timezone.localtime(at) if timezone.is_aware(at) else timezone.make_aware(at)


@router.get("/municipalities", response=list[PlaceOut], auth=None)
@public("part of whom to call")
def municipalities(
    request: HttpRequest, q: Annotated[str, Query(max_length=100)], on: date | None = None
) -> list[Place]:
    """At most 12 municipalities of a day whose name in any language, or postcode, begins so."""
    return list(queries.search_municipalities(q, on or timezone.localdate(), request.LANGUAGE_CODE))


@router.get("/districts", response=list[AreaOut], auth=None)
@public("part of whom to call")
def districts(request: HttpRequest, on: date | None = None) -> list[Area]:
    """The judicial districts of a day, divided ones with their zones."""
    return list(queries.areas(on or timezone.localdate()))


@router.get("/units", response=list[CardOut], auth=None)
@public("who is who is no secret")
def units(request: HttpRequest, q: Annotated[str, Query(max_length=100)] = "") -> list[Card]:
    """The services that are open today; of each word of `q` a word of their names begins."""
    return list(queries.search_cards(q, on=timezone.localdate()))


@router.get("/units/{code}", response=CardOut, auth=None, url_name="directory_unit")
@public("how a service is reached is no secret; what is one stands under people")
def unit(request: HttpRequest, code: UnitCode) -> Card:
    """One service, open or closed, and how everybody reaches it."""
    return queries.card(code, on=timezone.localdate())


@router.get("/units/{code}/people", response=PeopleOut)
@requires(Permission.DIRECTORY_READ)
def people(request: MemberRequest, code: UnitCode) -> dict[str, Any]:
    """Who holds which function in a service, who stands in, and the numbers that are not public."""
    on = timezone.localdate()
    card = queries.card(code, on=on, private=True)
    return {"card": card, "holders": [_holder(it) for it in queries.holders(card.unit_id, on=on)]}


def _holder(found: Holder) -> dict[str, Any]:
    mandate = found.mandate
    return {
        "mandate": mandate.id,
        "function": mandate.function,
        "holder": mandate.holder,
        "substitute": mandate.substitute,
        "valid_from": mandate.valid_from,
        "valid_to": mandate.valid_to,
        "answers": found.name,
        "standing": found.standing,
    }


@router.post("/units/{code}/mandates", response={201: MandateOut})
@requires(Permission.DIRECTORY_EDIT)
def appoint(
    request: MemberRequest, response: HttpResponse, code: UnitCode, payload: MandateIn
) -> Status[dict[str, Any]]:
    """Give a function in a service to somebody. The same mandate again is the one that is there."""
    unit = queries.unit_by_code(code)
    made = services.appoint(by=request.member, unit=unit, at=timezone.now(), **payload.dict())
    return Status(201, _mandate(made, response))


@router.get("/mandates/{mandate_id}", response=MandateOut)
@requires(Permission.DIRECTORY_READ)
def mandate(request: MemberRequest, response: HttpResponse, mandate_id: int) -> dict[str, Any]:
    """A mandate, and in ETag its version."""
    return _mandate(queries.mandate(mandate_id), response)


@router.post("/mandates/{mandate_id}/end", response=MandateOut)
@requires(Permission.DIRECTORY_EDIT)
def end_mandate(
    request: MemberRequest, response: HttpResponse, mandate_id: int, payload: EndIn
) -> dict[str, Any]:
    """Say on which day a holder's function ends. Needs If-Match."""
    found = queries.mandate(mandate_id, lock=True)
    demand_match(request, found.changed_at)
    ended = services.end_mandate(
        by=request.member, mandate=found, last_day=payload.last_day, at=timezone.now()
    )
    return _mandate(ended, response)


def _mandate(row: queries.Mandate, response: HttpResponse) -> dict[str, Any]:
    put_etag(response, row.changed_at)
    return {
        "id": row.id,
        "unit": row.unit.code,
        "function": row.function_id,
        "holder": row.holder,
        "substitute": row.substitute,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


@router.post("/units/{code}/contact-points", response={201: ContactPointOut})
@requires(Permission.DIRECTORY_EDIT)
def add_contact_point(
    request: MemberRequest, response: HttpResponse, code: UnitCode, payload: ContactIn
) -> Status[dict[str, Any]]:
    """Add a way to reach a service. The same one again is the one that is there."""
    made = services.add_contact_point(
        by=request.member,
        unit=queries.unit_by_code(code),
        channel=payload.channel,
        label=payload.label,
        reach=payload.reach(),
        at=timezone.now(),
    )
    return Status(201, _contact_point(made, response))


@router.get("/contact-points/{contact_id}", response=ContactPointOut)
@requires(Permission.DIRECTORY_READ)
def contact_point(request: MemberRequest, response: HttpResponse, contact_id: int) -> dict[str, Any]:
    """A way to reach a service, and in ETag its version."""
    return _contact_point(queries.contact_point(contact_id), response)


@router.post("/contact-points/{contact_id}/change", response=ContactPointOut)
@requires(Permission.DIRECTORY_EDIT)
def change_contact_point(
    request: MemberRequest, response: HttpResponse, contact_id: int, payload: ReachIn
) -> dict[str, Any]:
    """Make it say something else from a day on; the answer is the one that holds from then. Needs If-Match."""
    found = queries.contact_point(contact_id, lock=True)
    demand_match(request, found.version)
    changed = services.change_contact_point(
        by=request.member, point=found, reach=payload.reach(), at=timezone.now()
    )
    return _contact_point(changed, response)


def _contact_point(row: queries.ContactPoint, response: HttpResponse) -> dict[str, Any]:
    put_etag(response, row.version)
    return {
        "id": row.id,
        "unit": row.unit.code,
        "channel": row.channel,
        "value": row.value,
        "hours": row.hours_label("en"),
        "always": row.always,
        "public": row.public,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }
