"""Programmes that send alerts and do not give up: the same key until the house says that it is written."""

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from random import Random

from fanal.config.commands.serving import HOST

WAIT = 30.0  # seconds until an answer, at most
PATIENCE = 120.0  # seconds until a write is acknowledged, at most


@dataclass
class Book:
    """What was promised: key → reference of each acknowledged write; and what was answered against the contract."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    persons: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    repeated: int = 0
    retried: int = 0


class Sender(threading.Thread):
    """One programme with one connection, sending without a pause until it is told to stop."""

    def __init__(self, name: str, ports: list[int], token: str, book: Book, seed: int) -> None:
        super().__init__(daemon=True)
        self._series, self._ports, self._token, self._book = name, ports, token, book
        self._random = Random(seed)
        self._connection: http.client.HTTPConnection | None = None
        self._sent = 0
        self.over = threading.Event()
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.over.is_set():
                self._write()
        except BaseException as fault:
            self.fault = fault
        finally:
            self._hang_up()

    def _write(self) -> None:
        self._sent += 1
        key, persons = f"{self._series}-{self._sent}", self._random.randrange(1, 3)
        self._book.keys.add(key)
        self._book.persons[key] = persons
        reference = self._until_acknowledged(key, persons)
        self._book.acknowledged[key] = reference
        if self._random.random() < 0.1:  # the answer was lost on the way, as far as the sender knows
            self._book.repeated += 1
            again = self._until_acknowledged(key, persons)
            if again != reference:
                self._book.wrong.append(f"{key}: {reference}, then {again}")

    def _until_acknowledged(self, key: str, persons: int) -> str:
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            status, content = self._ask(key, persons)
            if status == 201:
                return str(json.loads(content)["reference"])
            if status and status < 500 and status not in (408, 429):
                self._book.wrong.append(f"{key}: {status} {content[:200]!r}")
            self._book.retried += 1
            time.sleep(self._random.uniform(0.02, 0.1))
        raise TimeoutError(f"{key} was not acknowledged within {PATIENCE:.0f} seconds")

    def _ask(self, key: str, persons: int) -> tuple[int, bytes]:
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            if self._connection is None:
                port = self._random.choice(self._ports)
                self._connection = http.client.HTTPConnection(HOST, port, timeout=WAIT)
            self._connection.request("POST", "/api/alerts", body=_body(key, persons), headers=headers)
            answer = self._connection.getresponse()
            found = answer.status, answer.read()
            if found[0] != 201:
                self._hang_up()
            return found
        except (OSError, http.client.HTTPException):
            self._hang_up()
            return 0, b""

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _body(key: str, persons: int) -> bytes:
    person = {"subject": "presumed_victim", "age_basis": "estimated", "estimated_age": 30, "sex": "F"}
    return json.dumps(
        {
            "phenomenon": "trafficking",
            "forms": ["WORK"],
            "municipality": "T01",
            "narrative": f"Invented: {key}.",
            "persons": [person] * persons,
        }
    ).encode()
