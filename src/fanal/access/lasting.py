"""How long a session lasts: not beyond half an hour of silence, and not beyond a working day (settings)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGAN = "began"
SEEN = "seen"
TOLD = 60
"""Seconds between two notes of the last use: a session is not written at every request."""


class Lasting:
    """Ends a session that was silent too long, or that began too long ago. Stands behind the login library's user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            began, seen = (request.session.get(name, now) for name in (BEGAN, SEEN))
            if now - began > settings.SESSION_COOKIE_AGE or now - seen > settings.FANAL_SESSION_SILENCE:
                logout(request)
            elif BEGAN not in request.session or now - seen > TOLD:
                request.session[BEGAN], request.session[SEEN] = began, now
        return self.get_response(request)


def note_begin(request: Any, **_: Any) -> None:
    """A session begins with its login, whatever stood in it before."""
    request.session[BEGAN] = request.session[SEEN] = timezone.now().timestamp()
