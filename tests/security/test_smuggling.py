"""The borders of a request, asked of the web server itself over a plain connection."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from tests.processes import free_port

SERVER = """
import sys
from granian import Granian
from granian.constants import HTTPModes
Granian("tests.security.echo:application", address="127.0.0.1", port=int(sys.argv[1]), interface="wsgi",
        websockets=False, http=HTTPModes.http1).serve()
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    chosen = free_port()
    server = subprocess.Popen([sys.executable, "-W", "ignore", "-c", SERVER, str(chosen)])
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", chosen), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield chosen
    server.terminate()
    server.wait(timeout=20)


def say(port: int, raw: bytes) -> bytes:
    """What comes back until the server closes, or says nothing for a moment."""
    found = b""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(raw)
        connection.settimeout(2)
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            while piece := connection.recv(65536):
                found += piece
    return found


def request(*headers: str, body: bytes = b"", end: str = "\r\n") -> bytes:
    lines = ["POST /first HTTP/1.1", "Host: fanal.example", *headers]
    return end.join(lines).encode() + (end * 2).encode() + body


SMUGGLED = b"0\r\n\r\nGET /second HTTP/1.1\r\nHost: fanal.example\r\n\r\n"


@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize(
    "raw",
    [
        request("Content-Length: 5", "Content-Length: 44", body=SMUGGLED),
        request("Content-Length: 44", "Transfer-Encoding: chunked", body=SMUGGLED),
        request("Transfer-Encoding: chunked", "Content-Length: 5", body=SMUGGLED),
        request("Transfer-Encoding: identity, chunked, identity", body=SMUGGLED),
        request("Content-Length: +5", body=SMUGGLED),
        request("Content-Length : 5", body=SMUGGLED),
        request("Transfer-Encoding\t: chunked", body=SMUGGLED),
    ],
)
def test_a_request_with_two_lengths_is_refused(port: int, raw: bytes) -> None:
    """Refused, or read as one request by the one border that counts (RFC 9112, 6.3): never as two."""
    two = (
        b"GET /first HTTP/1.1\r\nHost: x\r\n\r\nGET /second HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    assert say(port, two).count(b"HTTP/1.1 200") == 2, "two are two"
    answer = say(port, raw)
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert b"/second" not in answer
