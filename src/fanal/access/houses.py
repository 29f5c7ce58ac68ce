"""The way to another house and back: what it states of a person is checked whole, however it came.

The login library believes a statement that came over TLS from the house itself without looking at its signature, as
OpenID Connect Core 3.1.3.7 allows. Here the signature counts, with the algorithms listed, and a house that names
another issuer than the one that was configured is none of ours (OpenID Connect Discovery 4.3).
"""

from functools import wraps
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect import views
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

ALGORITHMS = frozenset(f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512)) | {"EdDSA"}
"""Signatures with a key pair: a secret that both sides hold, or none at all, proves no house."""


class House(views.OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One configured house. `OAuth2Error` for whatever it states that does not hold."""

    @property
    def openid_config(self) -> dict[str, Any]:
        told: dict[str, Any] = super().openid_config
        if told.get("issuer") != self.get_provider().app.settings["issuer"]:
            raise OAuth2Error("the house names another issuer than the one that was configured")
        return told

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(id_token)
            if header.get("alg") not in ALGORITHMS:
                raise OAuth2Error("the statement is not signed in a way that proves anything")
            claims: dict[str, Any] = jwt.decode(
                id_token,
                self._key(header.get("kid")),
                algorithms=[header["alg"]],
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as wrong:
            raise OAuth2Error("the statement does not hold") from wrong
        jwtkit.verify_jti(claims)
        return claims

    def _key(self, name: str | None) -> jwt.PyJWK:
        """The key of that name; without a name the only one there is (RFC 7517, 4.5)."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        fitting = [key for key in keys if name is None or key.key_id == name]
        if len(fitting) != 1:
            raise OAuth2Error("the statement does not say which key of the house signed it")
        return fitting[0]


@wraps(views.login)
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _go(OAuth2LoginView, request, provider_id)


@wraps(views.callback)
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _go(OAuth2CallbackView, request, provider_id)


def _go(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(House(request, provider_id))(request)
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown
    except OAuth2Error:  # raised before the library spreads its own net
        return redirect("socialaccount_login_error")
    return answer


urlpatterns = [
    path("oidc/<str:provider_id>/login/", login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", callback, name="openid_connect_callback"),
]
