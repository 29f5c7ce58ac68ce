"""From session or token to the acting member, at every request: what ended yesterday stops here."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from fanal.access import queries
from fanal.access.context import set_units
from fanal.access.models import Account, Membership
from fanal.access.rules import Member

SESSION_KEY = "membership"
_OPEN_PATHS = ("/accounts/", "/static/", "/language")


class Reader:
    """Sets `request.member` (or None) and the database context; sends accounts without a second factor to enrol one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = None  # type: ignore[attr-defined]
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if bearer and bearer.startswith("fnl_"):
            self._act(request, queries.member_by_token(bearer, timezone.now()))
        elif isinstance(request.user, Account):
            refused = self._from_session(request, request.user)
            if refused is not None and not request.path.startswith(_OPEN_PATHS):
                return refused
        return self.get_response(request)

    def _from_session(self, request: HttpRequest, account: Account) -> HttpResponse | None:
        in_force = queries.memberships(account, timezone.localdate())
        if not in_force:
            logout(request)
            request.user = AnonymousUser()
            return None
        factors = account.authenticator_set  # type: ignore[attr-defined]
        if not factors.exclude(type="recovery_codes").exists():
            return redirect("mfa_index")
        chosen = request.session.get(SESSION_KEY)
        membership = next((m for m in in_force if str(m.id) == chosen), in_force[0])
        request.memberships = in_force  # type: ignore[attr-defined]
        self._act(request, queries.member_from(membership), membership)
        return None

    def _act(self, request: HttpRequest, member: Member | None, membership: Membership | None = None) -> None:
        request.member = member  # type: ignore[attr-defined]
        request.membership = membership  # type: ignore[attr-defined]
        if member is not None:
            translation.activate(member.language)
            request.LANGUAGE_CODE = member.language
            set_units(member.sight)
