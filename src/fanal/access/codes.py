"""A code opens once: the counter of the last one is kept beside its secret, under a lock that all processes share.

RFC 6238, 5.2: the verifier does not accept a code a second time. The library remembers used codes in a cache; here the
last counter stands in the database, in the transaction of the login, and only a later one is accepted.
"""

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import transaction

_LAST = "last_counter"


def counter_of(secret: str, code: str) -> int | None:
    """The counter (periods of thirty seconds since 1970) whose code this is, among those that count now."""
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return int(counter)
    return None


def spend(row: Authenticator, code: str) -> bool:
    """Accept a code of an authenticator app once; the row is locked. False for a wrong and for a spent one."""
    counter = counter_of(get_adapter().decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(_LAST, -1):
        return False
    row.data[_LAST] = counter
    row.save(update_fields=["data"])
    return True


class _Once:
    """The check of a code that both forms share: an app's code once, a recovery code once."""

    user: Any
    cleaned_data: dict[str, str]
    authenticator: Authenticator

    def clean_code(self) -> str:
        forgive = check_rate_limit(self.user)
        code = self.cleaned_data["code"]
        with transaction.atomic():
            rows = Authenticator.objects.select_for_update().filter(user=self.user).order_by("id")
            for row in rows.exclude(type=Authenticator.Type.WEBAUTHN):
                is_app = row.type == Authenticator.Type.TOTP
                if spend(row, code) if is_app else row.wrap().validate_code(code):
                    row.user = self.user
                    self.authenticator = row
                    forgive()
                    return code
        raise get_adapter().validation_error("incorrect_code")


class AuthenticateForm(_Once, base.AuthenticateForm):  # type: ignore[misc]
    """The code at the login."""


class ReauthenticateForm(_Once, base.ReauthenticateForm):  # type: ignore[misc]
    """The code before something that protects the account is changed."""


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app, which is spent with it."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        context.request.first_counter = counter_of(self.secret, code)
        return code


def spend_the_first(sender: type[Authenticator], instance: Authenticator, **_: Any) -> None:  # noqa: ARG001
    """Before a new app is kept: the code that proved it is its last."""
    counter = getattr(context.request, "first_counter", None)
    if instance._state.adding and instance.type == Authenticator.Type.TOTP and counter is not None:
        instance.data[_LAST] = counter
