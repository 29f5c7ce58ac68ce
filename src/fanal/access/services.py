"""Opening compartments and granting sight of them; who acts, in which context; personal tokens."""

import hashlib
import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.context import set_units
from fanal.access.models import Account, Compartment, Grant, Handling, Kind, Level, Login, Token
from fanal.access.queries import compartment_for
from fanal.access.rules import CLOCKWORK_UNIT, Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid, NotAllowed

__all__ = [
    "Handling",
    "Kind",
    "Level",
    "Opening",
    "acting_as",
    "as_clockwork",
    "grant",
    "grant_each",
    "open_compartment",
    "open_compartments",
    "revoke",
    "sent_together",
]


@contextmanager
def acting_as(member: Member) -> Iterator[None]:
    """Run the block in one transaction whose database context is this member's unit."""
    with transaction.atomic():
        set_units(member.sight)
        yield


@contextmanager
def as_clockwork() -> Iterator[None]:
    """Run the block as the clockwork: it sees only rows that carry unit 0, none of which names a person."""
    with transaction.atomic():
        set_units([CLOCKWORK_UNIT])
        yield


@contextmanager
def sent_together() -> Iterator[None]:
    """Send the statements of this block without waiting for each answer (PostgreSQL's pipeline mode).

    For a row of writes of one act. What the database refuses rises at the end of the block, at the latest, as the
    error it is; nothing that comes after it is done.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


@dataclass(frozen=True, slots=True)
class Opening:
    """To whom a compartment is opened, how far, why and until when (last day included; None: no end)."""

    unit_id: int
    level: Level
    purpose: str
    ground: str
    handling: Handling = Handling.H0
    onward: bool = False
    valid_to: date | None = None


@transaction.atomic
def open_compartment(*, by: Member, kind: Kind, at: datetime, review_on: date | None = None) -> Compartment:
    """Raise a new wall owned by the member's unit. The act that opens it records its own trace."""
    return Compartment.objects.create(kind=kind, owner_unit_id=by.unit_id, created_at=at, review_on=review_on)


def open_compartments(*, by: Member, kind: Kind, count: int, at: datetime) -> list[Compartment]:
    """As `open_compartment`, so many of them in one statement."""
    return Compartment.objects.bulk_create(
        Compartment(kind=kind, owner_unit_id=by.unit_id, created_at=at) for _nth in range(count)
    )


@transaction.atomic
def grant(*, by: Member, compartment: Compartment, openings: Sequence[Opening], at: datetime) -> list[Grant]:
    """Open a compartment to units, all in one statement; each opening is a disclosure in the trace.

    Only the owner unit may grant (`NotAllowed`). A grant to the owner itself is refused (`Invalid`).
    """
    return grant_each(by=by, openings=[(compartment, openings)], at=at)


@transaction.atomic(savepoint=False)
def grant_each(
    *, by: Member, openings: Sequence[tuple[Compartment, Sequence[Opening]]], at: datetime
) -> list[Grant]:
    """As `grant`, for several compartments: all in one statement, one line of the trace for each."""
    opened = [(compartment, each) for compartment, each in openings if each]
    for compartment, each in opened:
        if compartment.owner_unit_id != by.unit_id:
            raise NotAllowed("not_owner", _("Only the service that owns this file may open it to another."))
        if any(opening.unit_id == compartment.owner_unit_id for opening in each):
            raise Invalid("grant_to_owner", _("This file already belongs to that service."))
    if not opened:
        return []
    grants = [[_grant(by, compartment, o, at) for o in each] for compartment, each in opened]
    Grant.objects.bulk_create(chain.from_iterable(grants))
    audit.record_alike(
        by=by,
        verb=Verb.DISCLOSE,
        act="access.grant",
        at=at,
        lines=[
            audit.Line(
                compartment.id,
                [row.id for row in rows],
                {"openings": [[o.unit_id, str(o.level), o.purpose, o.ground] for o in each]},
            )
            for (compartment, each), rows in zip(opened, grants, strict=True)
        ],
    )
    return list(chain.from_iterable(grants))


def _grant(by: Member, compartment: Compartment, opening: Opening, at: datetime) -> Grant:
    return Grant(
        compartment=compartment,
        unit_id=opening.unit_id,
        level=opening.level,
        purpose=opening.purpose,
        ground=opening.ground,
        handling=opening.handling,
        onward=opening.onward,
        valid_from=timezone.localdate(at),
        valid_to=opening.valid_to,
        granted_by=by.person_id,
        granted_at=at,
    )


@transaction.atomic
def revoke(*, by: Member, grant: Grant, at: datetime) -> None:
    """End a grant at once; ending it twice changes nothing. Only the owner unit may (`NotAllowed`)."""
    compartment = compartment_for(grant.compartment_id, by)
    if compartment.owner_unit_id != by.unit_id:
        raise NotAllowed("not_owner", _("Only the service that owns this file may close it to another."))
    changed = Grant.objects.filter(pk=grant.pk, revoked_at__isnull=True).update(revoked_at=at)
    if changed:
        audit.record(
            by=by,
            verb=Verb.ALTER,
            act="access.revoke",
            at=at,
            compartment_id=grant.compartment_id,
            object_ids=[grant.id],
            facts={"unit": grant.unit_id},
        )


def sweep_grants() -> int:
    """Apply the grants that start or end by date; returns how many compartments changed. Run by the clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_sweep_grants()")
        (changed,) = cursor.fetchone()
    return int(changed)


@transaction.atomic
def issue_token(
    *, by: Member, label: str, expires_at: datetime, at: datetime, scope: str = "api"
) -> tuple[Token, str]:
    """Make a personal token bound to the member's membership; the secret is returned once and only its hash kept.

    Refused with `NotAllowed` (`token_by_token`) to who came with a token: one that was found somewhere must not become
    another that outlives it.
    """
    if by.by_token:
        raise NotAllowed("token_by_token", _("A token makes no other token. Log in first."))
    secret = f"fnl_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        membership_id=by.membership_id,
        label=label,
        digest=digest_of(secret),
        scope=scope,
        created_at=at,
        expires_at=expires_at,
    )
    audit.record(
        by=by,
        verb=Verb.COLLECT,
        act="access.issue_token",
        at=at,
        object_ids=[token.id],
        facts={"scope": scope},
    )
    return token, secret


@transaction.atomic
def revoke_token(*, by: Member, token_id: UUID, at: datetime) -> None:
    """End one of the member's own tokens; ending it twice changes nothing."""
    if Token.objects.filter(pk=token_id, membership_id=by.membership_id, revoked_at__isnull=True).update(
        revoked_at=at
    ):
        audit.record(by=by, verb=Verb.ALTER, act="access.revoke_token", at=at, object_ids=[token_id])


def note_login(*, account_id: UUID, session_key: str, agent: str) -> None:
    """Remember that an account is logged in here, and forget where it no longer is."""
    mine = Login.objects.filter(account_id=account_id)
    mine.exclude(session_key__in=Session.objects.values("session_key")).delete()
    Login.objects.update_or_create(
        session_key=session_key,
        defaults={"account_id": account_id, "at": timezone.now(), "agent": agent[:120]},
    )


def end_logins(*, account_id: UUID, but: Collection[str] = ()) -> int:
    """Remove the sessions of an account, but those with these keys; returns how many. The caller records it."""
    logins = Login.objects.filter(account_id=account_id).exclude(session_key__in=but)
    Session.objects.filter(session_key__in=list(logins.values_list("session_key", flat=True))).delete()
    return logins.delete()[0]


def end_tokens(*, account_id: UUID, at: datetime) -> int:
    """Revoke every token of an account, those of calendars too; returns how many. The caller records the act."""
    return Token.objects.filter(membership__account_id=account_id, revoked_at__isnull=True).update(
        revoked_at=at
    )


def choose_language(*, by: Member, language: str) -> None:
    """Keep the language in which the member reads Fanal and its mails."""
    Account.objects.filter(pk=by.person_id).update(language=language)


def digest_of(secret: str) -> bytes:
    """The only form in which a token's secret is kept: SHA-256 of 256 random bits needs no salt."""
    return hashlib.sha256(secret.encode()).digest()
