"""Reading accounts, requests and openings in an emergency, each as far as the reader's service is concerned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access import queries as access
from fanal.access.models import Account, Glass, Login, Membership, Outcome
from fanal.access.rules import Member, Permission, Role, administers
from fanal.accounts.models import Change, Vouch
from fanal.accounts.rules import ANSWER, REVIEW, Kind, State
from fanal.errors import NotFound
from fanal.web.waiting import Waiting

__all__ = ["Account", "Change", "Glass", "Membership", "Outcome", "Vouch"]


# People


def people(by: Member, on: date) -> list[Membership]:
    """Who works, or worked until lately, in the member's unit, by name; closed accounts too."""
    rows = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), ended_at__isnull=True)
    factor = Account.objects.filter(pk=OuterRef("account_id"), authenticator__isnull=False)
    rows = rows.filter(unit_id=by.unit_id).annotate(has_factor=Exists(factor))
    return list(rows.select_related("account", "unit").order_by("account__name", "id"))


def membership(membership_id: UUID | None, by: Member, *, anywhere: bool = False) -> Membership:
    """A membership of the member's unit; `anywhere`: of any, for who administers the platform. `NotFound`."""
    rows = Membership.objects.select_related("account", "unit")
    if not (anywhere and by.may(Permission.ACCOUNT_MANAGE)):
        rows = rows.filter(Q(unit_id=by.unit_id) | Q(account_id=by.person_id))
    found = rows.filter(pk=membership_id).first() if membership_id else None
    if found is None:
        raise NotFound
    return found


def member_to_close(email: str, by: Member) -> Membership:
    """The latest membership of the account with this address, for who administers the platform; `NotFound`."""
    if not by.may(Permission.ACCOUNT_MANAGE):
        raise NotFound
    rows = Membership.objects.select_related("account", "unit").filter(account__email=email.strip().lower())
    found = rows.order_by("-valid_from", "-id").first()
    if found is None:
        raise NotFound
    return found


def roles_of(account_id: UUID, on: date, *, but: UUID | None = None) -> list[Role]:
    """The roles that an account holds on a day, whether or not it is closed."""
    rows = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), account_id=account_id, ended_at__isnull=True
    )
    return [Role(role) for pk, role in rows.values_list("pk", "role") if pk != but]


def peopled(on: date) -> set[int]:
    """The ids of the units in which somebody works on a day whose account is open."""
    rows = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), ended_at__isnull=True, account__is_active=True
    )
    return set(rows.values_list("unit_id", flat=True))


def account_by_email(email: str) -> Account | None:
    """The account with an address, closed or not."""
    return Account.objects.filter(email=email.strip().lower()).first()


def logins(by: Member) -> list[Login]:
    """Where the member is logged in, the latest first; what has ended is left out."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return list(access.logins_of(by.person_id).filter(Exists(alive)))


@dataclass(frozen=True, slots=True)
class Factors:
    """What a member shows beside her password: whether an app, the names of her keys, how many codes are left."""

    app: bool
    keys: tuple[str, ...]
    codes_left: int


def factors(by: Member) -> Factors:
    """The second factors of the member."""
    rows = list(Authenticator.objects.filter(user_id=by.person_id).order_by("id"))
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        app=any(row.type == Authenticator.Type.TOTP for row in rows),
        keys=tuple(str(row) for row in rows if row.type == Authenticator.Type.WEBAUTHN),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def identities(by: Member) -> list[SocialAccount]:
    """The logins of other houses that are linked to the member's account."""
    return list(SocialAccount.objects.filter(user_id=by.person_id).order_by("id"))


def providers() -> list[dict[str, str]]:
    """The houses whose login may be linked: id and name of each, as configured."""
    configured = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return [{"id": each["provider_id"], "name": each["name"]} for each in configured]


# Requests


def _concerned(by: Member) -> Q:
    mine = Q(asked_unit_id=by.unit_id) | Q(unit_id=by.unit_id)
    return mine | Q(first_unit_id=by.unit_id) | Q(second_unit_id=by.unit_id)


def changes(by: Member) -> QuerySet[Change]:
    """The requests that concern the member's unit: it asked, it is asked, or they are about it. Newest first."""
    rows = Change.objects.filter(_concerned(by)).select_related(
        "unit", "account", "membership__unit", "asked_by", "asked_unit", "first_unit", "second_unit"
    )
    return rows.order_by("-asked_at", "-id")


def change(change_id: UUID, by: Member, *, lock: bool = False) -> Change:
    """One request that concerns the member's unit, locked when asked; `NotFound`."""
    rows = changes(by).filter(pk=change_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound
    return found


def roles_wanted(change: Change, on: date) -> list[Role]:
    """The roles that a change hands out or gives back: what who stands behind it must hold herself."""
    if change.kind == Kind.UNIT:
        return [Role.ADMINISTRATOR]
    if change.kind in (Kind.ACCOUNT, Kind.MEMBERSHIP, Kind.ROLE):
        return [Role(change.role)]
    return roles_of(change.account_id, on) if change.account_id else []


def may_be_strong(unit_roles: Iterable[str], wanted: Iterable[Role]) -> bool:
    """Whether a member of a unit with these roles can hold all that is wanted."""
    wanted = list(wanted)
    return any(all(administers(Role(role), each) for each in wanted) for role in unit_roles)


# Openings in an emergency


def glasses(by: Member) -> QuerySet[Glass]:
    """Openings of the unit's files and the member's own; those of a whole house for its officer. Newest first."""
    rows = Glass.objects.select_related("account", "unit", "owner_unit", "reviewed_by").order_by("-at", "-id")
    if by.role is Role.DATA_PROTECTION_OFFICER:
        ours = Q(owner_unit__institution__units=by.unit_id) | Q(unit__institution__units=by.unit_id)
        return rows.filter(pk__in=Glass.objects.filter(ours).values("pk"))
    return rows.filter(Q(owner_unit_id=by.unit_id) | Q(account_id=by.person_id))


def glass(glass_id: UUID, by: Member, *, lock: bool = False) -> Glass:
    """One opening that concerns the member, locked when asked; `NotFound`."""
    rows = glasses(by).filter(pk=glass_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound
    return found


# What waits


def waiting(by: Member, at: datetime) -> list[Waiting]:
    """Requests that the member's unit must answer or waits for, and openings that must be looked at again."""
    found = [_request(row, by, at) for row in _open_changes(by, at)]
    if by.may(Permission.GLASS_REVIEW):
        rows = glasses(by).filter(reviewed_at__isnull=True).exclude(account_id=by.person_id)
        found += [_review(row, by, at) for row in rows[:50]]
    return found


def _open_changes(by: Member, at: datetime) -> list[Change]:
    mine = Q(first_unit_id=by.unit_id) | Q(second_unit_id=by.unit_id) | Q(asked_unit_id=by.unit_id)
    rows = Change.objects.filter(mine, state=State.WAITING.value, expires_at__gt=at)
    spoken = Vouch.objects.filter(change=OuterRef("pk"), unit_id=by.unit_id)
    return list(rows.annotate(spoken=Exists(spoken)).order_by("expires_at")[:50])


def _request(row: Change, by: Member, at: datetime) -> Waiting:
    ours = by.unit_id in (row.first_unit_id, row.second_unit_id) and row.asked_by_id != by.person_id
    speak = ours and not row.spoken and row.account_id != by.person_id  # type: ignore[attr-defined]
    due = row.asked_at + ANSWER
    return Waiting(
        reference=_("Accounts"),
        url=reverse("accounts:request", args=[row.id]),
        act=_("agree to a request") if speak else _("a request that two services must agree to"),
        due_at=due if speak else row.expires_at,
        reason=_("Two services agree before anybody's rights change."),
        state=("late" if at > due else "week") if speak else "waiting",
    )


def _review(row: Glass, by: Member, at: datetime) -> Waiting:
    due = row.at + REVIEW
    return Waiting(
        reference=row.reference,
        url=reverse("accounts:glass", args=[row.id]),
        act=_("look at an opening in an emergency again"),
        due_at=due,
        reason=_("Opened by %(unit)s for an hour. Say whether it was needed.")
        % {"unit": row.unit.label(by.language)},
        state="late" if at > due else "week",
    )
