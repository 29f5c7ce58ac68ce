"""A browser and a programme that ask again and again, each over one connection that stays open."""

import http.client
import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from fanal.config.commands.serving import HOST

from .results import Times

Ask = tuple[str, str, bytes | None, Mapping[str, str]]
"""Method, path, body, headers."""


class Answered(AssertionError):
    """The server answered something else than was expected."""


def times(port: int, asks: Sequence[Ask], *, together: int, expected: int = 200) -> Times:
    """How long each of these requests took, sent over so many connections at a time."""
    lanes = [asks[lane::together] for lane in range(together)]
    with ThreadPoolExecutor(together) as pool:
        found = pool.map(lambda lane: _lane(port, lane, expected), lanes)
        return Times([each for lane in found for each in lane])


def rate(port: int, asks: Sequence[Ask], *, together: int, expected: int) -> float:
    """How many of these requests were answered in a second."""
    started = time.perf_counter()
    times(port, asks, together=together, expected=expected)
    return len(asks) / (time.perf_counter() - started)


def _lane(port: int, asks: Sequence[Ask], expected: int) -> list[float]:
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    found = []
    for method, path, body, headers in asks:
        started = time.perf_counter()
        connection.request(method, path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        content = answer.read()
        found.append((time.perf_counter() - started) * 1000)
        if answer.status != expected:
            raise Answered(f"{method} {path}: {answer.status} {content[:300]!r}")
    connection.close()
    return found


def as_json(value: object) -> bytes:
    return json.dumps(value, default=str).encode()
