"""The gate of every route: a permission, or the reason why it is public. A route with neither stops the start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fanal.access.rules import Member, Permission
from fanal.errors import NotAllowed

A = ParamSpec("A")
T = TypeVar("T")


class MemberRequest(HttpRequest):
    """A request whose reader is known."""

    member: Member


class NotLoggedIn(NotAllowed):
    """Nobody is logged in: HTML goes to the login page, the API answers 401."""

    status = 401


@dataclass(frozen=True, slots=True)
class Gate:
    """What a route asks for: a permission, or nothing for a stated reason."""

    permission: Permission | None
    reason: str = ""


def requires(
    permission: Permission,
) -> Callable[[Callable[Concatenate[MemberRequest, A], T]], Callable[Concatenate[HttpRequest, A], T]]:
    """Let only members whose role holds the permission through; `NotLoggedIn` or `NotAllowed` otherwise."""

    def decorate(
        view: Callable[Concatenate[MemberRequest, A], T],
    ) -> Callable[Concatenate[HttpRequest, A], T]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: A.args, **kwargs: A.kwargs) -> T:
            member: Member | None = getattr(request, "member", None)
            if member is None:
                raise NotLoggedIn("not_logged_in", _("Log in to continue."))
            if not member.may(permission):
                raise NotAllowed(
                    "not_allowed", _("Your function does not include this act."), permission=permission.value
                )
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.gate = Gate(permission)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def public(reason: str) -> Callable[[Callable[A, T]], Callable[A, T]]:
    """Let everybody through, for a stated reason."""

    def decorate(view: Callable[A, T]) -> Callable[A, T]:
        @wraps(view)
        def open_view(*args: A.args, **kwargs: A.kwargs) -> T:
            return view(*args, **kwargs)

        open_view.gate = Gate(None, reason)  # type: ignore[attr-defined]
        return open_view

    return decorate
