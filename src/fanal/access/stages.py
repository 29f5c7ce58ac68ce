"""When the second factor is asked."""

from typing import Any

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest


class SecondFactor(AuthenticateStage):  # type: ignore[misc]
    """Always, except after the login of a house that says it asked one, in words that the installation accepts."""

    def _should_handle(self, request: HttpRequest) -> bool:
        sociallogin = (self.login.signal_kwargs or {}).get("sociallogin")
        if sociallogin is not None and says_two_factors(sociallogin):
            return False
        return bool(super()._should_handle(request))


def says_two_factors(sociallogin: Any) -> bool:
    """Whether `acr` or `amr` (OpenID Connect Core 1.0, 2; RFC 8176) is one that the configuration names as enough."""
    claims = (sociallogin.account.extra_data or {}).get("id_token") or {}
    configured = sociallogin.account.get_provider().app.settings
    stated = claims.get("amr") or []
    methods = {stated} if isinstance(stated, str) else set(stated)
    return claims.get("acr") in configured.get("enough_acr", []) or bool(
        methods & set(configured.get("enough_amr", []))
    )
