"""The first people of an installation, who can have been vouched for by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from fanal.access import services as access
from fanal.access.models import Account, Membership
from fanal.access.queries import member_from
from fanal.access.rules import Role, administers
from fanal.accounts.models import Change, Vouch
from fanal.accounts.rules import ALPHABET, HALF, TERM, Kind, State
from fanal.accounts.services.handover import digest
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.directory import queries as directory
from fanal.errors import Invalid, Refusal
from fanal.ids import characters


@dataclass(frozen=True, slots=True)
class First:
    """One of the first people, as the list of an installation names her; `unit`: the code of her service."""

    email: str
    name: str
    language: str
    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class Founding:
    """The codes of the first people, {address: its two halves}, and the functions that nobody can vouch for yet."""

    codes: dict[str, tuple[str, str]]
    unreachable: tuple[str, ...]


@transaction.atomic
def found(*, people: Sequence[First], at: datetime) -> Founding:
    """Make the first accounts, all at once, each with a code in two halves that is good for a day.

    Refused: `has_members` once anybody works here, `too_few` (each needs two others of two services: one asks and two
    agree, and with fewer nobody could ever be added), `role_unfit`, `twice` (one address twice).
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE access_membership IN SHARE ROW EXCLUSIVE MODE")
    if Membership.objects.exists():
        raise Refusal("has_members", "People work here already: accounts are asked for in the pages.")
    emails = {person.email.lower() for person in people}
    units = {unit.code: unit for unit in directory.units(on=timezone.localdate(at))}
    if len(emails) < len(people):
        raise Invalid("twice", "One address stands twice in the list.")
    if (
        any(len({other.unit for other in people if other is not person}) < 2 for person in people)
        or not people
    ):
        raise Invalid(
            "too_few",
            "Name so many people that each has two others of two services: three of three, or two of each of two.",
        )
    for person in people:
        unit = units.get(person.unit)
        if unit is None or person.role not in unit.roles:
            raise Invalid(
                "role_unfit", f"{person.email}: no such service, or nobody is {person.role} in {person.unit}."
            )
    made = [(person, _join(person, units[person.unit].id, at)) for person in people]
    codes = {
        person.email: _code(membership, [other for _p, other in made if other.id != membership.id], at)
        for person, membership in made
    }
    everywhere = {role for unit in units.values() for role in unit.roles}
    roles = [Role(person.role) for person in people]
    lost = (role for role in sorted(everywhere) if sum(administers(r, Role(role)) for r in roles) < 2)
    return Founding(codes, tuple(lost))


def _join(person: First, unit_id: int, at: datetime) -> Membership:
    account = Account.objects.create_user(person.email, name=person.name, language=person.language)
    membership = Membership.objects.create(
        account=account, unit_id=unit_id, role=person.role, valid_from=timezone.localdate(at)
    )
    return Membership.objects.select_related("unit", "account").get(pk=membership.pk)


def _code(membership: Membership, others: Sequence[Membership], at: datetime) -> tuple[str, str]:
    """A change as if two of the others had agreed: the code is used in the same door as every later one."""
    mine = next(other for other in others if other.unit_id != membership.unit_id)
    beside = next(other for other in others if other.unit_id != mine.unit_id)
    change = Change.objects.create(
        kind=Kind.ACCOUNT.value,
        unit_id=membership.unit_id,
        account=membership.account,
        membership=membership,
        role=membership.role,
        email=membership.account.email,
        name=membership.account.name,
        language=membership.account.language,
        details={"first": "1"},
        asked_by=membership.account,
        asked_unit_id=membership.unit_id,
        asked_at=at,
        expires_at=at + TERM,
        first_unit_id=mine.unit_id,
        second_unit_id=beside.unit_id,
    )
    halves = []
    for other in (mine, beside):
        vouch = Vouch(change=change, account=other.account, unit_id=other.unit_id, strong=True, at=at)
        half = characters(ALPHABET, HALF)
        vouch.half = digest(vouch, half)
        vouch.save()
        halves.append(half)
    change.state, change.settled_at, change.settled_by_id = State.DONE.value, at, membership.account_id
    change.save()
    member = member_from(membership)
    with access.acting_as(member):
        audit.record(
            by=member,
            verb=Verb.COLLECT,
            act="accounts.first",
            at=at,
            object_ids=[change.id, membership.account_id, membership.id],
            facts={"unit": membership.unit_id, "role": membership.role},
        )
    return halves[0], halves[1]
