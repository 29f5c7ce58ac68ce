"""Who may change who may do what: two services agree, and nobody hands out more than she holds. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique

from fanal.access.rules import PERMISSIONS, Permission, Role, administers

TERM = timedelta(days=14)
"""How long a request waits for its two services; a house rule, not a legal one."""
ANSWER = timedelta(days=5)
"""Within which a service that is asked should answer; a house rule."""
HANDOVER = timedelta(hours=24)
"""How long the two halves of a code open an account after the second service agreed; a house rule."""
TRIES = 5
"""How many wrong codes end a handover; a house rule."""
REVIEW = timedelta(days=2)
"""Within which an opening in an emergency is looked at again; a house rule."""


@unique
class Kind(StrEnum):
    """What is asked for."""

    ACCOUNT = "account"
    MEMBERSHIP = "membership"
    ROLE = "role"
    ENABLE = "enable"
    RESET = "reset"
    UNIT = "unit"


HANDED_OVER = frozenset({Kind.ACCOUNT, Kind.RESET})
"""What ends with a code in two halves, given to a person by word of mouth."""


@unique
class State(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def stands(stored: State, expires_at: datetime, at: datetime) -> State:
    """Where a request stands at a moment: what nobody settled in time has expired, with no clock to say so."""
    return State.EXPIRED if stored is State.WAITING and at >= expires_at else stored


def why_not_ask(
    role: Role, wanted: Collection[Role], *, own_unit: bool, unit_is_empty: bool, kind: Kind = Kind.ACCOUNT
) -> str:
    """The code of the refusal for who asks, or nothing.

    She holds all that she asks for another (`too_strong`). She asks for her own service; only where nobody works yet
    may another service ask (`other_unit`). Services themselves are opened by those who keep the directory.
    """
    if kind is Kind.UNIT:
        return "" if Permission.ACCOUNT_MANAGE in PERMISSIONS[role] else "not_allowed"
    if not all(administers(role, each) for each in wanted):
        return "too_strong"
    return "" if own_unit or unit_is_empty else "other_unit"


@dataclass(frozen=True, slots=True)
class Voice:
    """One that has agreed, or is about to: the person, her service, and whether she holds what is asked for."""

    person: object
    unit_id: int
    strong: bool


def why_not_vouch(
    voice: Voice,
    earlier: Collection[Voice],
    *,
    asked_by: object,
    about: object | None,
    units: Collection[int],
) -> str:
    """The code of the refusal for who agrees, or nothing.

    Nobody agrees to her own request (`own_request`) or to one about herself (`about_herself`). The request names two
    services; each speaks once, and no person twice (`not_named`, `already`). One of the two holds what is asked for
    (`too_strong`): where the first voice was weaker, the second is not.
    """
    if voice.person == asked_by:
        return "own_request"
    if voice.person == about:
        return "about_herself"
    if voice.unit_id not in units:
        return "not_named"
    if any(voice.person == each.person or voice.unit_id == each.unit_id for each in earlier):
        return "already"
    if earlier and not (voice.strong or any(each.strong for each in earlier)):
        return "too_strong"
    return ""


def in_force(voices: Collection[Voice]) -> bool:
    """Two persons of two services have agreed, one of whom holds what was asked for."""
    return (
        len({voice.person for voice in voices}) >= 2
        and len({voice.unit_id for voice in voices}) >= 2
        and any(voice.strong for voice in voices)
    )


def may_close(role: Role, roles: Collection[Role], *, own_unit: bool, herself: bool) -> bool:
    """Whether one person may close an account at once.

    Her own; one of her service that is no stronger than hers; and, since taking away opens nothing, any account for
    who administers the platform: a stolen telephone does not wait for a colleague.
    """
    if herself or Permission.ACCOUNT_MANAGE in PERMISSIONS[role]:
        return True
    return own_unit and all(administers(role, each) for each in roles)


def live_together(roles: Collection[Role]) -> bool:
    """Whether one person may hold these roles: who administers the platform reads no file under another hat."""
    manages = any(Permission.ACCOUNT_MANAGE in PERMISSIONS[role] for role in roles)
    reads = any(Permission.ALERT_READ in PERMISSIONS[role] for role in roles)
    return not (manages and reads)


# A code in two halves, read out or written on paper

HALF = 8
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OILU", "011V")


def tidy(half: str) -> str:
    """Half a code as it was drawn, however it was read out or typed."""
    return "".join(c for c in half.upper() if c.isalnum()).translate(_LOOKALIKES)


# Opening a file in an emergency


@dataclass(frozen=True, slots=True)
class Door:
    """A kind of file that can be opened in an emergency: its compartment, where its reference stands, its page."""

    kind: str
    table: str
    permission: Permission
    page: str


DOORS: Mapping[str, Door] = {
    "A": Door("alert", "alerts_alert", Permission.ALERT_READ, "alerts:alert"),
    "R": Door("referral", "referrals_referral", Permission.REFERRAL_READ, "referrals:referral"),
    "P": Door("protection", "protection_procedure", Permission.PROTECTION_READ, "protection:detail"),
}
"""By the letter of the reference. Accompaniment has no door: it is opened to nobody, in no emergency."""


def door(reference: str, role: Role) -> Door | None:
    """The door of a file for a role, or None where the role reads no file of that kind."""
    found = DOORS.get(reference[:1])
    return found if found and found.permission in PERMISSIONS[role] else None
