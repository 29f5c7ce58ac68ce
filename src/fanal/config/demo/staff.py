"""Who works in the demonstration: one account for each kind of role, and one more for every other unit.

The names are invented. Everybody has the same password, which is no secret; the secret of the second factor follows
from the seed. Addresses end in `.example`, which exists nowhere (RFC 2606).
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from fanal.access.queries import member_from
from fanal.access.rules import Member, Role
from fanal.directory import queries as directory

DOMAIN = "demo.fanal.example"
PASSWORD = "une lanterne sur le port"  # noqa: S105 (of invented accounts: printed on the screen for everybody)
MARK = f"demonstration@{DOMAIN}"
"""An account that nobody can log in with: where it is, the database is a demonstration."""

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


def hire(seed: str, *, on: date) -> Mapping[int, Member]:
    """Make every account, with its second factor, and one member for each unit in which people work: {unit id: it}.

    The first account listed for a unit acts for it in the invented past.
    """
    units = {unit.code: unit for unit in directory.units(on=on) if unit.roles}
    shown = roster()
    rest = sorted(units.keys() - {account.unit for account in shown}, key=lambda code: units[code].id)
    others = [
        Account(
            f"{code}@{DOMAIN}",
            units[code].label("en")[:120],
            code,
            units[code].roles[0],
            units[code].languages[0],
        )
        for code in rest
    ]
    members: dict[int, Member] = {}
    password = make_password(PASSWORD)
    for account in (*shown, *others):
        unit = units[account.unit]
        person = get_user_model().objects.create(
            email=account.email, name=account.name, language=account.language, password=password
        )
        TOTP.activate(person, totp_secret(seed, account.email))
        membership = person.memberships.create(unit=unit, role=Role(account.role), valid_from=_SINCE)
        members.setdefault(unit.id, member_from(membership))
    get_user_model().objects.create(email=MARK, name=seed, is_active=False, password="!")  # noqa: S106 (no hash is "!")
    return members


def totp_secret(seed: str, email: str) -> str:
    """The secret of an account's second factor (RFC 6238, base32), the same for the same seed."""
    return base64.b32encode(hashlib.sha256(f"{seed}|{email}".encode()).digest()[:20]).decode()


def totp_code(secret: str) -> str:
    """The code that an authenticator shows now."""
    _, current, *_ = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, current)))
