"""How the login library behaves here: nobody signs up, nothing is reset by mail, and no secret stands in the clear."""

import base64
import hashlib
import hmac
import os
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

LINKING = "linking"
"""Where a session keeps the moment at which its owner pressed the button that links another login."""
LINK_LIFE = timedelta(minutes=10)
_SEALED = "v1."
_NONCE = 12


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Accounts are made by their services."""
        return False

    def get_login_stages(self) -> list[str]:
        """The second factor is asked by our own stage, which knows what another house may have asked already."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "fanal.access.stages.SecondFactor"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: keys are bound to the installation's own address, secrets are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(_NONCE)
        return _SEALED + base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret kept before secrets were encrypted is still read as it is."""
        if not encrypted_text.startswith(_SEALED):
            return encrypted_text
        blob = base64.b64decode(encrypted_text.removeprefix(_SEALED))
        return AESGCM(_key()).decrypt(blob[:_NONCE], blob[_NONCE:], None).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """WebAuthn level 2, 5.1.2: the host of `FANAL_URL`, whatever host a request names."""
        return {"id": urlsplit(settings.FANAL_URL).hostname or "localhost", "name": "Fanal"}


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Logins of other houses: they open an account that is there and that its owner linked, and make none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:  # noqa: ARG002
        """An address that another house states, verified or not, opens nothing."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The statement is of the house that is configured; a link is made by who pressed its button a moment ago."""
        stated = (sociallogin.account.extra_data or {}).get("id_token") or {}
        if stated.get("iss") != sociallogin.provider.app.settings["issuer"]:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
        if sociallogin.state.get("process") != "connect":
            return
        pressed = request.session.pop(LINKING, 0)
        if timezone.now().timestamp() - pressed > LINK_LIFE.total_seconds():
            raise ImmediateHttpResponse(redirect(self.get_connect_redirect_url(request, None)))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002
        return reverse("accounts:security")


def _key() -> bytes:
    return hmac.digest(bytes.fromhex(settings.FANAL_VAULT_KEY), b"second factors", hashlib.sha256)
