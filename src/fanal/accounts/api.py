"""Accounts for programs: who works here, requests, agreement. What changes rights needs a person's own session."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.accounts import queries, rules, services
from fanal.accounts.rules import Kind, State
from fanal.web.api import PageOf
from fanal.web.cursors import page

router = Router(tags=["accounts"])


class PersonOut(Schema):
    """A member of the service."""

    id: UUID
    name: str = Field(alias="account.name")
    email: str = Field(alias="account.email")
    role: str
    open: bool = Field(alias="account.is_active")
    has_factor: bool
    valid_from: date
    valid_to: date | None


class AskIn(Schema):
    """A request. What each kind needs is said at `accounts.services.Wanted`; `units`: the two that must agree."""

    kind: Kind
    units: tuple[str, str] = Field(description="The codes of the two services that must agree.")
    unit: str = ""
    membership: UUID | None = None
    role: str = Field("", max_length=24)
    email: str = Field("", max_length=254)
    name: str = Field("", max_length=120)
    language: str = Field("en", json_schema_extra={"enum": ["fr", "nl", "de", "en"]})
    words: str = Field("", max_length=200)
    like: str = Field("", max_length=60)
    institution_name: str = Field("", max_length=120)


class RequestOut(Schema):
    """A request and where it stands."""

    id: UUID
    kind: str
    state: str
    role: str
    unit: str
    asked_at: datetime
    expires_at: datetime
    units: list[str]
    agreed: list[str]


class GlassOut(Schema):
    """A file that was opened in an emergency; the reason stands on its page."""

    id: UUID
    reference: str
    at: datetime
    until: datetime
    person: str = Field(alias="account.name")
    reviewed_at: datetime | None
    outcome: str


class ReviewIn(Schema):
    """What looking again found."""

    outcome: str = Field(max_length=12, json_schema_extra={"enum": list(queries.Outcome.values)})


@router.get("/people", response=list[PersonOut])
@requires(Permission.ACCOUNT_VOUCH)
def people(request: MemberRequest) -> object:
    """The accounts of the member's service."""
    return queries.people(request.member, timezone.localdate())


@router.post("/people/{membership_id}/close", response={204: None})
@requires(Permission.ACCOUNT_VOUCH)
def close(request: MemberRequest, membership_id: UUID) -> object:
    """Close the account of a member at once."""
    services.close(by=request.member, membership_id=membership_id, at=timezone.now())
    return Status(204, None)


@router.post("/people/{membership_id}/leave", response={204: None})
@requires(Permission.ACCOUNT_VOUCH)
def leave(request: MemberRequest, membership_id: UUID) -> object:
    """End a membership at once, the account staying."""
    services.leave(by=request.member, membership_id=membership_id, at=timezone.now())
    return Status(204, None)


@router.get("/requests", response=PageOf[RequestOut])
@requires(Permission.ACCOUNT_VOUCH)
def requests(request: MemberRequest, cursor: str = "") -> object:
    """The requests that concern the member's service, newest first."""
    found = page(queries.changes(request.member), cursor=cursor, order="-asked_at")
    return {"items": [_out(change) for change in found.items], "next": found.next}


@router.post("/requests", response={201: RequestOut})
@requires(Permission.ACCOUNT_VOUCH)
def ask(request: MemberRequest, payload: AskIn) -> object:
    """Ask for a change; the two services named must agree to it within two weeks."""
    change = services.ask_by_codes(
        by=request.member,
        kind=payload.kind,
        units=payload.units,
        unit=payload.unit,
        membership=payload.membership,
        told=payload.dict(exclude={"kind", "units", "unit", "membership"}),
        at=timezone.now(),
    )
    return Status(201, _out(queries.change(change.id, request.member)))


@router.get("/requests/{change_id}", response=RequestOut)
@requires(Permission.ACCOUNT_VOUCH)
def request_(request: MemberRequest, change_id: UUID) -> object:
    """One request."""
    return _out(queries.change(change_id, request.member))


@router.post("/requests/{change_id}/vouch", response=RequestOut)
@requires(Permission.ACCOUNT_VOUCH)
def vouch(request: MemberRequest, change_id: UUID) -> object:
    """Agree for the member's service."""
    services.vouch(by=request.member, change_id=change_id, at=timezone.now())
    return _out(queries.change(change_id, request.member))


@router.post("/requests/{change_id}/refuse", response=RequestOut)
@requires(Permission.ACCOUNT_VOUCH)
def refuse(request: MemberRequest, change_id: UUID) -> object:
    """Turn a request down."""
    services.refuse(by=request.member, change_id=change_id, at=timezone.now())
    return _out(queries.change(change_id, request.member))


@router.post("/requests/{change_id}/withdraw", response=RequestOut)
@requires(Permission.ACCOUNT_VOUCH)
def withdraw(request: MemberRequest, change_id: UUID) -> object:
    """Take a request back."""
    services.withdraw(by=request.member, change_id=change_id, at=timezone.now())
    return _out(queries.change(change_id, request.member))


@router.get("/emergencies", response=PageOf[GlassOut])
@requires(Permission.GLASS_REVIEW)
def glasses(request: MemberRequest, cursor: str = "") -> object:
    """Files of the service that were opened in an emergency, newest first."""
    found = page(queries.glasses(request.member), cursor=cursor, order="-at")
    return {"items": found.items, "next": found.next}


@router.post("/emergencies/{glass_id}/review", response=GlassOut)
@requires(Permission.GLASS_REVIEW)
def review(request: MemberRequest, glass_id: UUID, payload: ReviewIn) -> object:
    """Say what looking again found."""
    return services.review(by=request.member, glass_id=glass_id, outcome=payload.outcome, at=timezone.now())


@router.post("/emergencies/{glass_id}/end", response=GlassOut)
@requires(Permission.GLASS_REVIEW)
def end_glass(request: MemberRequest, glass_id: UUID) -> object:
    """Shut the file again before its hour is over."""
    return services.end_glass(by=request.member, glass_id=glass_id, at=timezone.now())


def _out(change: queries.Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind,
        "state": rules.stands(State(change.state), change.expires_at, timezone.now()).value,
        "role": change.role,
        "unit": change.unit.code if change.unit else "",
        "asked_at": change.asked_at,
        "expires_at": change.expires_at,
        "units": [change.first_unit.code, change.second_unit.code],
        "agreed": [vouch.unit.code for vouch in change.vouches.select_related("unit").order_by("at")],
    }
