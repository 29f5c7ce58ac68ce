"""What another house states of a person holds only when it is signed by that house, for us, and now."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import RequestFactory
from jwt.algorithms import RSAAlgorithm
from pytest_django import Settings

from fanal.access import oidc
from fanal.access.houses import House

pytestmark = pytest.mark.django_db
OURS, FOREIGN = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


class Answers(ThreadingHTTPServer):
    issuer = ""
    told_issuer = ""


class Handler(BaseHTTPRequestHandler):
    server: Answers

    def do_GET(self) -> None:
        keys = {
            "keys": [{**json.loads(RSAAlgorithm.to_jwk(OURS.public_key())), "kid": "one", "alg": "RS256"}]
        }
        issuer = self.server.told_issuer or self.server.issuer
        told = {"issuer": issuer, "jwks_uri": f"{self.server.issuer}/keys"}
        body = json.dumps(keys if self.path == "/keys" else told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Answers]:
    with Answers(("127.0.0.1", 0), Handler) as found:
        found.issuer = f"http://127.0.0.1:{found.server_port}"
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


@pytest.fixture
def decode(server: Answers, settings: Settings) -> Callable[[str], dict[str, Any]]:
    provider = oidc.Provider(name="House", issuer=server.issuer, client_id="fanal", secret="s")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [oidc._app(provider)]}}
    house = House(RequestFactory().get("/"), provider.key)
    house.did_fetch_access_token = (
        True  # it came from the house itself, which the library takes for proof enough
    )
    return lambda statement: house._decode_id_token(house.get_provider().app, statement)


def claims(server: Answers, **changes: Any) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": server.issuer, "aud": "fanal", "sub": "s-1", "iat": now, "exp": now + 60, **changes}


def signed(told: dict[str, Any], key: Any = OURS, algorithm: str = "RS256", kid: str | None = "one") -> str:
    return jwt.encode(told, key, algorithm=algorithm, headers={"kid": kid} if kid else {})


@pytest.mark.asvs("6.8.2", "9.1.1", "9.1.2", "9.1.3", "9.2.1", "9.2.3", "10.5.4")
def test_a_statement_that_does_not_hold_is_refused(
    server: Answers, decode: Callable[[str], dict[str, Any]]
) -> None:
    assert decode(signed(claims(server)))["sub"] == "s-1"
    assert decode(signed(claims(server), kid=None))["sub"] == "s-1", "there is one key"
    head, body, seal = signed(claims(server)).split(".")
    other_body = signed(claims(server, sub="s-2")).split(".")[1]
    now = int(time.time())
    wrong = {
        "of another key": signed(claims(server), FOREIGN),
        "altered": f"{head}.{other_body}.{seal}",
        "without its seal": f"{head}.{body}.",
        "unsigned": jwt.encode(claims(server), None, algorithm="none", headers={"kid": "one"}),
        "sealed by a shared secret": signed(claims(server), "s" * 64, "HS256"),
        "of an unknown key": signed(claims(server), OURS, kid="two"),
        "of no house": signed(claims(server, iss="")),
        "without an end": signed({name: value for name, value in claims(server).items() if name != "exp"}),
        "for another": signed(claims(server, aud="somebody-else")),
        "of another house": signed(claims(server, iss="https://elsewhere.example")),
        "of yesterday": signed(claims(server, iat=now - 90000, exp=now - 86400)),
        "nonsense": "x.y",
    }
    for what, statement in wrong.items():
        with pytest.raises(OAuth2Error):
            pytest.fail(f"{what}: {decode(statement)}")


@pytest.mark.asvs("10.5.3")
def test_a_house_that_names_another_issuer_is_none_of_ours(
    server: Answers, decode: Callable[[str], dict[str, Any]]
) -> None:
    server.told_issuer = "https://elsewhere.example"
    with pytest.raises(OAuth2Error, match="another issuer"):
        decode(signed(claims(server, iss=server.told_issuer)))
