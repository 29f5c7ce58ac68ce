"""What `deploy/` gives a server: TLS of today, nothing of a client believed, nothing led on that should be refused."""

import re
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NGINX = re.sub(r"#.*", "", (DEPLOY / "nginx" / "fanal.conf").read_text())
PLAIN, SECURE = NGINX.split("server {")[1:3]


def values(block: str, name: str) -> list[str]:
    return re.findall(rf"^\s*{name} (.+?);", block, re.MULTILINE)


@pytest.mark.asvs("12.1.1")
def test_only_tls_of_today() -> None:
    assert values(SECURE, "ssl_protocols") == ["TLSv1.2 TLSv1.3"]
    assert all("ssl" in listen for listen in values(SECURE, "listen"))


@pytest.mark.asvs("12.1.2")
def test_every_cipher_is_authenticated_and_forward_secret() -> None:
    (listed,) = values(SECURE, "ssl_ciphers")
    for cipher in listed.split(":"):
        assert cipher.startswith(("ECDHE-", "DHE-")), cipher
        assert re.search(r"GCM|CHACHA20-POLY1305", cipher), cipher
    assert values(SECURE, "ssl_session_tickets") == ["off"]


@pytest.mark.asvs("4.1.2")
def test_pages_are_led_to_https_and_programs_refused() -> None:
    assert re.search(r"location /api/ \{ return 403; \}", PLAIN)
    assert re.search(r"location / \{ return 301 https://\$host\$request_uri; \}", PLAIN)
    assert "proxy_pass" not in PLAIN, "nothing of Fanal is served in the clear"


@pytest.mark.asvs("4.1.3", "15.3.4")
def test_what_a_client_says_of_its_address_is_thrown_away() -> None:
    told = dict(value.split(" ", 1) for value in values(SECURE, "proxy_set_header"))
    assert told["X-Forwarded-For"] == "$remote_addr", "set, never added to"
    assert told["X-Forwarded-Proto"] == "https"
    assert told["Host"] == "$host"
    assert "FANAL_PROXIES=1" in (DEPLOY / "fanal.env").read_text()
