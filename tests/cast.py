"""The fixed cast: one member for each kind of institution of testland, and an outsider.

    def test_something(cast: Cast) -> None:
        answer = client(cast.centre_worker).get("/…")     # pages, as a logged-in browser
        answer = api(cast.centre_worker).get("/api/…")    # API, with a personal token

`cast.outsider` holds every permission of a police officer, in a unit that nothing is ever sent to: what she sees of
a file, everybody sees. In a browser: `<part>@testland.example`, PASSWORD and `totp_secret(part)`.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from fanal.access import services as access
from fanal.access.middleware import SESSION_KEY
from fanal.access.models import Account, Membership
from fanal.access.queries import member_from
from fanal.access.rules import Member, Role
from fanal.directory import queries as directory

PASSWORD = "a lantern in the harbour"
SINCE = date(2020, 1, 1)

# name → role, kind of unit, which of that kind (in the order of the pack)
_PARTS: dict[str, tuple[Role, str, int]] = {
    "officer": (Role.OFFICER, "police_cell", 0),
    "outsider": (Role.OFFICER, "police_cell", -1),
    "magistrate": (Role.MAGISTRATE, "parquet", 0),
    "other_magistrate": (Role.MAGISTRATE, "parquet", -1),
    "auditor": (Role.MAGISTRATE, "auditorat", 0),
    "centre_worker": (Role.CENTRE_WORKER, "centre", 0),
    "other_centre_worker": (Role.CENTRE_WORKER, "centre", -1),
    "immigration_agent": (Role.IMMIGRATION_AGENT, "immigration_cell", 0),
    "guardianship_officer": (Role.GUARDIANSHIP_OFFICER, "guardianship", 0),
    "inspector": (Role.INSPECTOR, "", 0),
    "reception": (Role.RECEPTION, "", 0),
    "coordinator": (Role.COORDINATOR, "", 0),
    "chair": (Role.COORDINATOR, "coordination", 0),
    "secretary": (Role.SECRETARY, "coordination", 0),
    "representative": (Role.REPRESENTATIVE, "", 0),
    "correspondent": (Role.CORRESPONDENT, "", 0),
    "rapporteur": (Role.RAPPORTEUR, "rapporteur", 0),
    "administrator": (Role.ADMINISTRATOR, "", 0),
    "data_protection_officer": (Role.DATA_PROTECTION_OFFICER, "", 0),
    "supervisory_authority": (Role.SUPERVISORY_AUTHORITY, "", 0),
}


@dataclass(frozen=True)
class Cast:
    """Who plays. Each is an `access.rules.Member`, as services take it in `by`."""

    officer: Member
    outsider: Member
    magistrate: Member
    other_magistrate: Member
    auditor: Member
    centre_worker: Member
    other_centre_worker: Member
    immigration_agent: Member
    guardianship_officer: Member
    inspector: Member
    reception: Member
    coordinator: Member
    chair: Member
    secretary: Member
    representative: Member
    correspondent: Member
    rapporteur: Member
    administrator: Member
    data_protection_officer: Member
    supervisory_authority: Member

    @property
    def all(self) -> dict[str, Member]:
        """Every member by the name of the part."""
        return {name: getattr(self, name) for name in _PARTS}


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast in testland's directory, fresh for each test."""
    return load()


def load(*, on: date | None = None) -> Cast:
    """Write the cast into the database of the test (inside its transaction)."""
    on = on or timezone.localdate()
    return Cast(**{name: join(name, *part, on=on) for name, part in _PARTS.items()})


def join(name: str, role: Role, kind: str = "", nth: int = 0, *, on: date, language: str = "en") -> Member:
    """One more member: in the nth unit (of a kind) whose members may hold that role."""
    fitting = [unit for unit in directory.units(on=on) if role in unit.roles and kind in ("", unit.kind)]
    assert fitting, f"the country has no unit of kind {kind or 'any'!r} with role {role!r}"
    account = Account.objects.create_user(
        f"{name}@testland.example", PASSWORD, name=name.replace("_", " ").title(), language=language
    )
    TOTP.activate(account, totp_secret(name))
    membership = Membership.objects.create(account=account, unit=fitting[nth], role=role, valid_from=SINCE)
    return member_from(Membership.objects.select_related("unit", "account").get(pk=membership.pk))


def totp_secret(name: str) -> str:
    """The TOTP secret of a part, the same in every run."""
    return base64.b32encode(name.encode().ljust(20, b".")[:20]).decode()


def client(member: Member) -> Client:
    """A browser in which this member is logged in, second factor enrolled."""
    browser = Client()
    browser.force_login(
        Account.objects.get(pk=member.person_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    session = browser.session
    session[SESSION_KEY] = str(member.membership_id)
    session.save()
    return browser


def token(member: Member) -> str:
    """A personal API token of this member, good for a day."""
    now = datetime.now(UTC)
    with access.acting_as(member):
        _, secret = access.issue_token(by=member, label="test", at=now, expires_at=now + timedelta(days=1))
    return secret


def api(member: Member) -> Client:
    """A client that sends this member's token with each request."""
    return Client(headers={"Authorization": f"Bearer {token(member)}"})
