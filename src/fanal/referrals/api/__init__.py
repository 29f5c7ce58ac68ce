"""Referrals for other systems: every act that has a page. Nobody sees more here than there."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.referrals import queries, services
from fanal.referrals.api import out
from fanal.referrals.api.shapes import (
    AmendIn,
    BoardLine,
    ConsentIn,
    DoneIn,
    FilterQuery,
    GroundOut,
    IdentityOut,
    OptionOut,
    PersonIn,
    PersonLine,
    PersonOut,
    PlacesIn,
    PlacesOut,
    ProposeIn,
    Ref,
    ReferralLine,
    ReferralOut,
    RefuseIn,
    RevealIn,
    ReviewIn,
    SendIn,
)
from fanal.web.api import PageOf
from fanal.web.cursors import page
from fanal.web.etags import demand_match, put_etag

router = Router(tags=["referrals"])


@router.get("", response=PageOf[ReferralLine])
@requires(Permission.REFERRAL_READ)
def referrals(request: MemberRequest, asked: Query[FilterQuery]) -> Any:
    """What was sent to the unit and by it, newest first, without persons."""
    rows = queries.referrals(request.member, asked.narrowed(timezone.now()))
    found = page(rows, cursor=asked.cursor, size=asked.size, order="-proposed_at")
    return {"items": [out.line(row) for row in found.items], "next": found.next}


# Places


@router.get("/places", response=list[BoardLine])
@requires(Permission.CAPACITY_READ)
def places(request: MemberRequest) -> Any:
    """The places of every unit that may publish them. Never an address."""
    return [
        {"unit": unit.code, "places": out.places(row) if row else None}
        for unit, row in queries.board(on=timezone.localdate())
    ]


@router.post("/places", response={201: PlacesOut})
@requires(Permission.CAPACITY_PUBLISH)
def publish_capacity(request: MemberRequest, payload: PlacesIn) -> Any:
    """Publish what the unit can take, until when. The same publication again is the one that is there."""
    row = services.publish_capacity(by=request.member, offer=payload.offer(), at=timezone.now())
    return Status(201, out.places(row))


# Persons in preparation


@router.get("/persons", response=PageOf[PersonLine])
@requires(Permission.REFERRAL_PROPOSE)
def persons(request: MemberRequest, cursor: str = "") -> Any:
    """The persons the unit refers, the last changed first, by reference."""
    return page(queries.matters(request.member), cursor=cursor, order="-changed_at")


@router.post("/persons", response={201: PersonOut})
@requires(Permission.REFERRAL_PROPOSE)
def prepare(request: MemberRequest, response: HttpResponse, payload: PersonIn) -> Any:
    """Begin to refer a person. The same person of the same alert gives the file that is there."""
    row = services.prepare(
        by=request.member,
        about=payload.about,
        alert=payload.alert,
        person_id=payload.person_id,
        identity_for=payload.identity_for,
        file_reference=payload.file_reference,
        at=timezone.now(),
    )
    return Status(201, _person(request, response, row.reference))


@router.get("/persons/{reference}", response=PersonOut)
@requires(Permission.REFERRAL_PROPOSE)
def person(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """What the unit holds, its grounds and its proposals; opening it is traced."""
    return _person(request, response, reference)


@router.put("/persons/{reference}", response=PersonOut)
@requires(Permission.REFERRAL_PROPOSE)
def amend(request: MemberRequest, response: HttpResponse, reference: Ref, payload: AmendIn) -> Any:
    """Replace what the unit holds; what was sent stays as it was sent. Needs If-Match."""
    row = queries.matter(reference, request.member, lock=True)
    demand_match(request, row.version)
    services.amend(
        by=request.member, reference=reference, version=row.version, at=timezone.now(), **dict(payload)
    )
    return _person(request, response, reference)


@router.get("/persons/{reference}/options", response=list[OptionOut])
@requires(Permission.REFERRAL_PROPOSE)
def options(request: MemberRequest, reference: Ref) -> Any:
    """Which units can take the person now, and why."""
    now = timezone.now()
    found = services.read_matter(by=request.member, reference=reference, at=now)
    rows = queries.options(found.needs, request.member, at=now, on=timezone.localdate(now))
    return [out.option(each) for each in rows]


@router.post("/persons/{reference}/grounds", response={201: GroundOut})
@requires(Permission.CONSENT_RECORD)
def record_consent(request: MemberRequest, response: HttpResponse, reference: Ref, payload: ConsentIn) -> Any:
    """Record a consent, or the ground in its place, for one unit and one purpose."""
    queries.matter(reference, request.member)
    row = services.record_consent(
        by=request.member,
        matter=reference,
        to_unit_id=_unit_id(payload.to_unit),
        purpose=payload.purpose,
        given=payload.given(timezone.localdate()),
        at=timezone.now(),
    )
    return Status(201, _ground(request, response, row))


@router.post("/persons/{reference}/proposals", response={201: ReferralOut})
@requires(Permission.REFERRAL_PROPOSE)
def propose(request: MemberRequest, response: HttpResponse, reference: Ref, payload: ProposeIn) -> Any:
    """Propose the person to a unit. The same proposal, while it is open, is the one that is there."""
    queries.matter(reference, request.member)
    row = services.propose(
        by=request.member,
        matter=reference,
        to_unit_id=_unit_id(payload.to_unit),
        purpose=payload.purpose,
        items=payload.items,
        given=payload.ground.given(timezone.localdate()) if payload.ground else None,
        at=timezone.now(),
    )
    return Status(201, _file(request, response, row.reference))


# Grounds


@router.get("/exceptions", response=PageOf[GroundOut])
@requires(Permission.CONSENT_RECORD)
def exceptions(request: MemberRequest, cursor: str = "") -> Any:
    """What the unit sends without consent, the first to review first."""
    found = page(queries.exceptions(request.member), cursor=cursor, order="review_due")
    grounds = services.read_grounds(by=request.member, rows=found.items, at=timezone.now())
    return {"items": [out.ground(each) for each in grounds], "next": found.next}


@router.get("/grounds/{consent_id}", response=GroundOut)
@requires(Permission.CONSENT_RECORD)
def consent(request: MemberRequest, response: HttpResponse, consent_id: UUID) -> Any:
    """One ground, and in ETag its version."""
    return _ground(request, response, queries.consent(consent_id, request.member))


@router.post("/grounds/{consent_id}/end", response=GroundOut)
@requires(Permission.CONSENT_RECORD)
def revoke_consent(request: MemberRequest, response: HttpResponse, consent_id: UUID) -> Any:
    """End a ground at once. Needs no If-Match: nothing stands between a person and her no."""
    row = services.revoke_consent(by=request.member, consent_id=consent_id, at=timezone.now())
    return _ground(request, response, row)


@router.post("/grounds/{consent_id}/review", response=GroundOut)
@requires(Permission.CONSENT_RECORD)
def review_exception(
    request: MemberRequest, response: HttpResponse, consent_id: UUID, payload: ReviewIn
) -> Any:
    """Say that an exception still stands, until the next review. Needs If-Match."""
    demand_match(request, queries.consent(consent_id, request.member, lock=True).version)
    row = services.review_exception(
        by=request.member, consent_id=consent_id, next_review=payload.next_review, at=timezone.now()
    )
    return _ground(request, response, row)


# One referral


@router.get("/{reference}", response=ReferralOut)
@requires(Permission.REFERRAL_READ)
def referral(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """One referral; opening it is traced for the unit that proposed it."""
    return _file(request, response, reference)


@router.post("/{reference}/accept", response=ReferralOut)
@requires(Permission.REFERRAL_ANSWER)
def accept(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """Accept the person. Of several referrals of one person for one purpose the first wins. Needs If-Match."""
    _matching(request, reference)
    services.accept(by=request.member, reference=reference, at=timezone.now())
    return _file(request, response, reference)


@router.post("/{reference}/refuse", response=ReferralOut)
@requires(Permission.REFERRAL_ANSWER)
def refuse(request: MemberRequest, response: HttpResponse, reference: Ref, payload: RefuseIn) -> Any:
    """Refuse the person for a reason; what was sent is no longer seen. Needs If-Match."""
    _matching(request, reference)
    services.refuse(by=request.member, reference=reference, at=timezone.now(), **payload.dict())
    return _file(request, response, reference)


@router.post("/{reference}/done", response=ReferralOut)
@requires(Permission.REFERRAL_ANSWER)
def report_done(request: MemberRequest, response: HttpResponse, reference: Ref, payload: DoneIn) -> Any:
    """Report back that what was asked is done. Needs If-Match."""
    _matching(request, reference)
    services.report_done(by=request.member, reference=reference, at=timezone.now(), **payload.dict())
    return _file(request, response, reference)


@router.post("/{reference}/withdraw", response=ReferralOut)
@requires(Permission.REFERRAL_PROPOSE)
def withdraw(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """Take a proposal back before it is answered. Needs If-Match."""
    _matching(request, reference)
    services.withdraw(by=request.member, reference=reference, at=timezone.now())
    return _file(request, response, reference)


@router.post("/{reference}/items", response=ReferralOut)
@requires(Permission.REFERRAL_PROPOSE)
def send(request: MemberRequest, response: HttpResponse, reference: Ref, payload: SendIn) -> Any:
    """Send further items of the person. Needs If-Match."""
    _matching(request, reference)
    services.send(by=request.member, reference=reference, items=payload.items, at=timezone.now())
    return _file(request, response, reference)


@router.post("/{reference}/identity", response=IdentityOut)
@requires(Permission.IDENTITY_READ)
def identity(request: MemberRequest, reference: Ref, payload: RevealIn) -> Any:
    """Who the person is, for a purpose that is traced first."""
    found = services.reveal_identity(
        by=request.member, reference=reference, at=timezone.now(), **payload.dict()
    )
    return {"identity": found}


def _matching(request: MemberRequest, reference: str) -> None:
    demand_match(request, queries.referral(reference, request.member, lock=True).version)


def _file(request: MemberRequest, response: HttpResponse, reference: str) -> dict[str, Any]:
    found = services.read(by=request.member, reference=reference, at=timezone.now())
    put_etag(response, found.referral.version)
    return out.file(found)


def _person(request: MemberRequest, response: HttpResponse, reference: str) -> dict[str, Any]:
    found = services.read_matter(by=request.member, reference=reference, at=timezone.now())
    put_etag(response, found.matter.version)
    return out.person(found)


def _ground(request: MemberRequest, response: HttpResponse, row: queries.Consent) -> dict[str, Any]:
    put_etag(response, row.version)
    (found,) = services.read_grounds(by=request.member, rows=[row], at=timezone.now())
    return out.ground(found)


def _unit_id(code: str) -> int:
    """The unit of a code; one that is unknown is refused by the act, as any other that cannot be asked."""
    try:
        return directory.unit_by_code(code).id
    except NotFound:
        return 0
