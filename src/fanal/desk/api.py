"""The desk for programs: what waits, who looked, the member's own tokens."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from fanal.access import queries as access
from fanal.access import services as access_services
from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.desk import queries, services
from fanal.desk.forms import LIVES, PeriodForm
from fanal.errors import Invalid
from fanal.web.api import PageOf

router = Router(tags=["desk"])


class WaitingOut(Schema):
    """One act that waits."""

    reference: str
    url: str
    act: str
    due_at: datetime | None
    reason: str
    state: str


class LookOut(Schema):
    """One line of the trace of a file."""

    at: datetime
    person: str
    unit: str
    verb: str
    act: str
    purpose: str
    reference: str


class UnusualOut(Schema):
    """Unusual reading: who, how much, and the traces of the reader's own files among those that were opened."""

    reference: str
    at: datetime
    since: datetime
    person: str
    unit: str
    kind: str
    count: int
    usual: int | None
    traces: list[str]


class ActsOut(Schema):
    """How often one unit did something for a purpose."""

    unit: str
    verb: str
    purpose: str
    acts: int
    files: int


class TokenIn(Schema):
    """A new token: what it is for and its life in days (30, 90 or 365)."""

    label: str = Field(min_length=1, max_length=80)
    days: int = Field(30, json_schema_extra={"enum": [30, 90, 365]})


class TokenOut(Schema):
    """A token without its secret."""

    id: UUID
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class NewTokenOut(TokenOut):
    """A token that was just made; `secret` is shown this once."""

    secret: str


@router.get("/waiting", response=list[WaitingOut])
@requires(Permission.HOME)
def waiting(request: MemberRequest) -> object:
    """What waits for the member's unit, or what it waits for, soonest first."""
    return queries.waiting(request.member, timezone.now())


@router.get("/files/{compartment_id}/trace", response=PageOf[LookOut])
@requires(Permission.TRACE_READ)
def trace(request: MemberRequest, compartment_id: UUID, cursor: str = "") -> object:
    """Who looked at a file and why, newest first, for the unit that owns it."""
    page, lines = services.read_trace(
        by=request.member, compartment_id=compartment_id, at=timezone.now(), cursor=cursor
    )
    return {"items": lines, "next": page.next}


@router.get("/unusual", response=PageOf[UnusualOut])
@requires(Permission.TRACE_READ)
def unusual(request: MemberRequest, cursor: str = "") -> object:
    """Unusual reading that the member's unit was told of, newest first."""
    page, lines = services.read_unusual(by=request.member, at=timezone.now(), cursor=cursor)
    items = [{**asdict(line), "traces": [address for _reference, address in line.files]} for line in lines]
    return {"items": items, "next": page.next}


@router.get("/acts", response=list[ActsOut])
@requires(Permission.TRACE_COUNT)
def acts(request: MemberRequest, begins: date | None = None, ends: date | None = None) -> object:
    """Counts of acts by unit, verb and purpose from one day to another (both included), for those who watch."""
    now = timezone.localtime()
    form = PeriodForm({"begins": begins, "ends": ends}, now=now)
    if not form.is_valid():
        raise Invalid("bad_period", form.non_field_errors()[0], field="ends")
    since, until = form.period()
    return services.read_acts(by=request.member, since=since, until=until, at=now)


@router.get("/tokens", response=list[TokenOut])
@requires(Permission.TOKEN_MANAGE)
def tokens(request: MemberRequest) -> object:
    """The member's own tokens, newest first."""
    return access.tokens_of(request.member)


@router.post("/tokens", response={201: NewTokenOut})
@requires(Permission.TOKEN_MANAGE)
def issue_token(request: MemberRequest, payload: TokenIn) -> object:
    """Make a token bound to the membership that asks."""
    now = timezone.now()
    life = LIVES.get(str(payload.days))
    if life is None:
        raise Invalid("unknown_life", _("A token lives 30, 90 or 365 days."), field="days")
    token, secret = access_services.issue_token(
        by=request.member, label=payload.label, expires_at=now + life, at=now
    )
    return Status(201, {**TokenOut.from_orm(token).dict(), "secret": secret})


@router.post("/tokens/{token_id}/revoke", response={204: None})
@requires(Permission.TOKEN_MANAGE)
def revoke_token(request: MemberRequest, token_id: UUID) -> object:
    """End one of the member's own tokens at once; ending it twice changes nothing."""
    access_services.revoke_token(by=request.member, token_id=token_id, at=timezone.now())
    return Status(204, None)
