"""Which other houses people may log in with (OpenID Connect), as an installation lists them in `oidc.json`."""

import hashlib
import json
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

FILE = "oidc.json"


class Provider(BaseModel):
    """One house. `enough_acr` and `enough_amr`: what it may state so that no second factor is asked here as well."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=40)
    issuer: str
    client_id: str = Field(min_length=1, max_length=191)
    secret: str = Field(max_length=191)
    enough_acr: list[str] = []
    enough_amr: list[str] = []

    @model_validator(mode="after")
    def _over_https(self) -> Self:
        """The statement is believed because it comes over TLS from the house itself (OpenID Connect Core 3.1.3.7)."""
        address = urlsplit(self.issuer)
        if address.scheme != "https" and address.hostname not in ("localhost", "127.0.0.1"):
            raise ValueError(f"the issuer {self.issuer} is not reached over https")
        return self

    @property
    def key(self) -> str:
        """What a link is kept under: another issuer is another house, whatever it is called."""
        return f"idp-{hashlib.sha256(self.issuer.encode()).hexdigest()[:10]}"


def providers(folder: Path) -> dict[str, Any]:
    """The library's setting for the houses listed in `oidc.json` of this folder; none without the file.

    ValueError names what is wrong with the file.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    found = [Provider.model_validate(row) for row in json.loads(path.read_text(encoding="utf-8"))]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_app(provider) for provider in found]}}


def _app(provider: Provider) -> dict[str, Any]:
    return {
        "provider_id": provider.key,
        "name": provider.name,
        "client_id": provider.client_id,
        "secret": provider.secret,
        "settings": {
            "server_url": provider.issuer.rstrip("/"),
            "issuer": provider.issuer,
            "scope": ["openid"],  # who she is, and nothing else about her
            "fetch_userinfo": False,
            "enough_acr": provider.enough_acr,
            "enough_amr": provider.enough_amr,
        },
    }
