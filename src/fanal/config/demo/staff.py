"""Who works in the demonstration: one account for each kind of role, and one more for every other unit.

The names are invented. Everybody has the same password, which is no secret; the secret of the second factor follows
from the seed. Addresses end in `.example`, which exists nowhere (RFC 2606).
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from fanal.access import services as access
from fanal.access.queries import member_from
from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.directory import queries as directory
from fanal.errors import Refusal
from fanal.ids import Draws, drawn_from

DOMAIN = "demo.fanal.example"
PASSWORD = "une lanterne sur le port"  # noqa: S105 (of invented accounts: printed on the screen for everybody)
MARK, UNFINISHED = f"demonstration@{DOMAIN}", f"unfinished@{DOMAIN}"
"""An account that nobody can log in with: where it is, the database is a demonstration, and its name is the seed."""
_FOREIGN = ".invalid"  # the senders of imported files (RFC 2606)

_SINCE = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Account:
    """An account to look around with."""

    email: str
    name: str
    unit: str
    role: str
    language: str

    @property
    def password(self) -> str:
        return PASSWORD


def roster() -> tuple[Account, ...]:
    """The accounts that are shown, as the country's pack lists them; none where it lists none."""
    listed = files(f"fanal.countries.{settings.FANAL_COUNTRY}") / "demonstration.tsv"
    if not listed.is_file():
        return ()
    rows = [line.split("\t") for line in listed.read_text(encoding="utf-8").splitlines()[1:]]
    return tuple(Account(f"{mailbox}@{DOMAIN}", *rest) for mailbox, *rest in rows)


def demand_room(seed: str) -> None:
    """Refuse, with `holds_work`, a database of real people or of another seed."""
    accounts = get_user_model().objects
    marked = accounts.filter(email__in=(MARK, UNFINISHED)).first()
    others = accounts.exclude(email__endswith=f"@{DOMAIN}").exclude(email__endswith=_FOREIGN)
    if others.exists() or (marked is not None and marked.name != seed):
        raise Refusal(
            "holds_work",
            "This database already holds accounts that are not of this demonstration. "
            "Give the demonstration a folder of its own: FANAL_VAR=….",
        )


def hire(seed: str, *, on: date) -> Mapping[tuple[str, Role], Member]:
    """Make every account that is not there, with its second factor: who acts for a unit's code in a role.

    That is the first account listed for both, or the one made for a role of a unit that is not listed.
    """
    units = {unit.code: unit for unit in directory.units(on=on) if unit.roles}
    listed = roster()
    taken = {(account.unit, account.role) for account in listed}
    others = [
        _unlisted(unit, role)
        for unit in sorted(units.values(), key=lambda unit: unit.id)
        for role in unit.roles
        if (unit.code, role) not in taken
    ]
    everybody = (*listed, *others)
    with drawn_from(Draws(f"{seed}|staff", datetime.combine(_SINCE, time(9), tzinfo=UTC))):
        if not get_user_model().objects.filter(email__in=(MARK, UNFINISHED)).exists():
            _join(seed, everybody, units)
    return _members(everybody)


def _join(seed: str, everybody: Iterable[Account], units: Mapping[str, directory.Unit]) -> None:
    password = make_password(PASSWORD)
    people = get_user_model().objects
    for account in everybody:
        person = people.create(
            email=account.email, name=account.name, language=account.language, password=password
        )
        TOTP.activate(person, totp_secret(seed, account.email))
        person.memberships.create(unit=units[account.unit], role=Role(account.role), valid_from=_SINCE)
    people.create(email=UNFINISHED, name=seed, is_active=False, password="!")  # noqa: S106 (no hash is "!")


def first(members: Mapping[tuple[str, Role], Member], *, on: date) -> Mapping[int, Member]:
    """Who acts for each unit in the role that the country names first for it, by the unit's id."""
    units = (unit for unit in directory.units(on=on) if unit.roles)
    return {unit.id: members[unit.code, Role(unit.roles[0])] for unit in units}


def _unlisted(unit: directory.Unit, role: str) -> Account:
    name = unit.label("en")[:120]
    mailbox = unit.code if role == unit.roles[0] else f"{unit.code}.{role.replace('_', '-')}"
    return Account(f"{mailbox}@{DOMAIN}", name, unit.code, role, unit.languages[0])


def _members(everybody: Iterable[Account]) -> Mapping[tuple[str, Role], Member]:
    emails = [account.email for account in everybody]
    people = get_user_model().objects.filter(email__in=emails).prefetch_related("memberships__unit")
    rows = {row.email: row for row in people}
    members: dict[tuple[str, Role], Member] = {}
    for email in emails:
        membership = rows[email].memberships.all()[0]
        members.setdefault((membership.unit.code, Role(membership.role)), member_from(membership))
    return members


def finish() -> None:
    """Say that the demonstration is whole."""
    get_user_model().objects.filter(email=UNFINISHED).update(email=MARK)


def is_demonstration() -> bool:
    """Whether this database holds a demonstration that is whole."""
    return get_user_model().objects.filter(email=MARK).exists()


def accounts() -> tuple[Account, ...]:
    """The accounts to look around with; none outside a demonstration."""
    return (roster() or _everybody()) if is_demonstration() else ()


def _everybody() -> tuple[Account, ...]:
    """Where the country lists nobody: one account for each unit."""
    rows = get_user_model().objects.filter(email__endswith=f"@{DOMAIN}", is_active=True).order_by("id")
    found = [row.memberships.select_related("unit").get() for row in rows]
    return tuple(
        Account(m.account.email, m.account.name, m.unit.code, m.role, m.account.language) for m in found
    )


def tokens(*, at: datetime | None = None) -> list[dict[str, str]]:
    """A new API token for each account, good for thirty days, with all that it takes to log in as her.

    Refused with `Refusal` `no_demonstration`: accounts of real people have no secret that anybody could list.
    """
    at = at or timezone.now()
    marked = get_user_model().objects.filter(email=MARK).first()
    if marked is None:
        raise Refusal("no_demonstration", "This database is no demonstration: it has no tokens to list.")
    members = {row.email: row for row in get_user_model().objects.filter(email__endswith=f"@{DOMAIN}")}
    found = []
    for account in accounts():
        membership = members[account.email].memberships.select_related("unit", "account").get()
        member = member_from(membership)
        with acting_as(member):
            expires = at + timedelta(days=30)
            _, token = access.issue_token(by=member, label="demonstration", expires_at=expires, at=at)
        secret = totp_secret(marked.name, account.email)
        found.append(
            {
                "email": account.email,
                "name": account.name,
                "unit": account.unit,
                "role": account.role,
                "language": account.language,
                "password": account.password,
                "totp_secret": secret,
                "totp_code": totp_code(secret),
                "token": token,
            }
        )
    return found


def totp_secret(seed: str, email: str) -> str:
    """The secret of an account's second factor (RFC 6238, base32), the same for the same seed."""
    return base64.b32encode(hashlib.sha256(f"{seed}|{email}".encode()).digest()[:20]).decode()


def totp_code(secret: str) -> str:
    """The code that an authenticator shows now."""
    _, current, *_ = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, current)))
