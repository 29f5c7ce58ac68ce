"""Reading accounts, memberships and walls. `visible` is the first wall: every read of a walled table starts with it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField, Q, QuerySet
from django.utils import timezone

from fanal.access.models import Account, Compartment, Grant, Login, Membership, Token, Walled
from fanal.access.rules import Member, Role
from fanal.errors import NotFound

W = TypeVar("W", bound=Walled)


def visible(model: type[W], by: Member) -> QuerySet[W]:
    """The rows of a walled table that the member's unit may see."""
    rows: QuerySet[W] = model._default_manager.filter(acl__overlap=by.sight)
    return rows


def one(rows: QuerySet[W], row_id: UUID, *, lock: bool = False) -> W:
    """One visible row, locked for a change when asked. Absent and not visible are the same `NotFound`."""
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=row_id).first()
    if found is None:
        raise NotFound
    return found


def compartment_for(compartment_id: UUID, by: Member) -> Compartment:
    """A wall the member's unit may know of; `NotFound` otherwise."""
    found = Compartment.objects.filter(pk=compartment_id, acl_exists__overlap=by.sight).first()
    if found is None:
        raise NotFound
    return found


def readable(compartment_ids: Iterable[UUID], by: Member) -> list[Compartment]:
    """Those of these files that the member's unit may read at this moment; one query, none for none."""
    ids = list(compartment_ids)
    return list(Compartment.objects.filter(pk__in=ids, acl__overlap=by.sight)) if ids else []


@dataclass(frozen=True, slots=True)
class Wall:
    """What is said aloud under the title of a file: whose it is and who else sees what."""

    compartment_id: UUID
    owner_unit_id: int
    owner: str
    others: tuple["Sight", ...]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """One unit's sight of a file."""

    unit_id: int
    unit: str
    level: str
    purpose: str
    ground: str
    handling: str
    valid_to: date | None


def wall_of(compartment_id: UUID, by: Member) -> Wall:
    """Whose file this is and who else sees it, in the member's language; two SQL statements."""
    compartment = (
        Compartment.objects.select_related("owner_unit")
        .filter(pk=compartment_id, acl_exists__overlap=by.sight)
        .first()
    )
    if compartment is None:
        raise NotFound
    grants = visible(Grant, by).filter(compartment_id=compartment_id, applied=True).select_related("unit")
    others = tuple(
        Sight(g.unit_id, g.unit.label(by.language), g.level, g.purpose, g.ground, g.handling, g.valid_to)
        for g in grants.order_by("granted_at", "id")
    )
    return Wall(
        compartment.id,
        compartment.owner_unit_id,
        compartment.owner_unit.label(by.language),
        others,
        compartment.owner_unit_id == by.unit_id,
    )


def memberships(account: Account, on: date) -> Sequence[Membership]:
    """The memberships of an active account in force on a day, oldest first, in units that still exist."""
    return list(_with_glasses(_in_force(on).filter(account=account)).order_by("valid_from", "id"))


def _in_force(on: date) -> QuerySet[Membership]:
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    unit_open = Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gte=on)
    rows = Membership.objects.filter(
        in_force, unit_open, account__is_active=True, valid_from__lte=on, ended_at__isnull=True
    )
    return rows.select_related("unit", "account")


def _with_glasses(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """With the numbers of the files that each has open in an emergency, in the same statement."""
    numbers = ArrayField(IntegerField())
    return rows.annotate(glasses=Func(F("pk"), function="access_glasses", output_field=numbers))


def member_from(membership: Membership) -> Member:
    """The acting member that a membership makes."""
    return Member(
        person_id=membership.account_id,
        membership_id=membership.id,
        unit_id=membership.unit_id,
        unit_code=membership.unit.code,
        unit_kind=membership.unit.kind,
        role=Role(membership.role),
        language=membership.account.language,
        glasses=tuple(getattr(membership, "glasses", ())),
    )


def member_by_token(secret: str, at: datetime, *, scope: str = "api") -> Member | None:
    """The member a personal token stands for, or None when it is unknown, revoked, expired or its owner left."""
    found = _in_force(timezone.localdate(at)).filter(
        tokens__digest=hashlib.sha256(secret.encode()).digest(),
        tokens__scope=scope,
        tokens__revoked_at__isnull=True,
        tokens__expires_at__gt=at,
    )
    return next((replace(member_from(row), by_token=True) for row in found), None)


def tokens_of(by: Member) -> QuerySet[Token]:
    """The member's own personal tokens, newest first."""
    return Token.objects.filter(membership_id=by.membership_id).order_by("-created_at", "-id")


def logins_of(account_id: UUID) -> QuerySet[Login]:
    """Where an account is logged in, the latest first."""
    return Login.objects.filter(account_id=account_id).order_by("-at", "-id")


def names_of(account_ids: set[UUID]) -> dict[UUID, str]:
    """The names of staff, by account id (for the trace shown to the owner of a file)."""
    return dict(Account.objects.filter(pk__in=account_ids).values_list("pk", "name"))


def members_of(unit_ids: set[int], on: date) -> list[Membership]:
    """The memberships of active accounts in these units on a day, in those that are open, by name."""
    return list(_in_force(on).filter(unit_id__in=unit_ids).order_by("account__name", "id"))


def recipients(unit_ids: set[int], on: date) -> dict[int, list[tuple[str, str]]]:
    """{unit id: [(e-mail, language)]} of the active members of these units on a day, those that are open."""
    rows = _in_force(on).filter(unit_id__in=unit_ids)
    found: dict[int, list[tuple[str, str]]] = {unit_id: [] for unit_id in unit_ids}
    for unit_id, email, language in rows.values_list(
        "unit_id", "account__email", "account__language"
    ).order_by("id"):
        found[unit_id].append((email, language))
    return found


def reached(membership_ids: set[UUID], on: date) -> dict[UUID, list[tuple[str, str]]]:
    """{membership id: [(e-mail, language)]} of those of these members who are active on a day."""
    if not membership_ids:
        return {}
    rows = _in_force(on).filter(pk__in=membership_ids)
    return {
        pk: [(email, language)]
        for pk, email, language in rows.values_list("pk", "account__email", "account__language")
    }
