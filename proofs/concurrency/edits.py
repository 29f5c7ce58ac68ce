"""Edits that conflict, over HTTP: each reads a number with its ETag and writes the next one with If-Match.

What is accepted counts up by one. An update that was lost would leave the number behind the number of acceptances.
"""

import http.client
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count
from threading import Lock

from django.db import transaction

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.audit.services import Verb
from fanal.config.commands.serving import HOST
from fanal.directory import queries as directory
from fanal.directory import services
from fanal.directory.services import Reach
from proofs.figure import Figure, Tell

EDITORS = 8
POINTS = 2
CONTROL = 80
DAY = date(2020, 1, 1)
_ADDRESS = "https://directory.example/"
_RUNS = count()


def points(by: Member) -> list[int]:
    """The rows that everybody edits: web addresses that end in a number, which is 0."""
    from django.utils import timezone

    unit = directory.units(on=timezone.localdate())[0]
    run = next(_RUNS)
    with acting_as(by):
        return [
            services.add_contact_point(
                by=by,
                unit=unit,
                channel="web",
                label=f"Counter {run} {number}",
                reach=Reach(value=_ADDRESS + "0", valid_from=DAY),
                at=timezone.now(),
            ).id
            for number in range(POINTS)
        ]


def prove(port: int, token: str, rows: Sequence[int], *, count: int, tell: Tell) -> list[Figure]:
    """`count` writes by eight editors of the same two rows, on the server at `port`."""
    with ThreadPoolExecutor(EDITORS) as pool:
        tally = _Tally(count, tell)
        editors = [_Editor(port, token, rows[lane % len(rows)], tally) for lane in range(EDITORS)]
        for done in [pool.submit(editor.work) for editor in editors]:
            done.result()
    accepted, refused = tally.accepted, tally.refused
    stored = [_number(_Editor(port, token, row, tally).read()[0]) for row in rows]
    lost = accepted - sum(stored)
    traced = _traced(rows)
    other = "; ".join(sorted(tally.other)[:3])
    return [
        Figure("conflicting edits", f"{accepted + refused:,}", f"{count:,}", accepted + refused >= count),
        Figure("edits that conflicted", f"{refused:,}", "> 0", refused > 0, f"{accepted:,} accepted"),
        Figure("lost updates", str(lost), "0", lost == 0),
        Figure(
            "accepted edits without exactly one trace", str(abs(traced - accepted)), "0", traced == accepted
        ),
        Figure("answers other than 200 and 412", str(len(tally.other)), "0", not tally.other, other),
    ]


def control(port: int, token: str, rows: Sequence[int]) -> Figure:
    """The same editors without the version that they read: updates must be lost, or the proof sees nothing."""
    tally = _Tally(CONTROL, lambda *_: None)
    editors = [_Editor(port, token, rows[0], tally, careless=True) for _ in range(EDITORS)]
    with ThreadPoolExecutor(EDITORS) as pool:
        for done in [pool.submit(editor.work) for editor in editors]:
            done.result()
    lost = tally.accepted - _number(editors[0].read()[0])
    return Figure("control: updates lost by editors that name no version", str(lost), "> 0", lost > 0)


class _Tally:
    def __init__(self, wanted: int, tell: Tell) -> None:
        self._wanted, self._tell, self._lock = wanted, tell, Lock()
        self._begun = self.accepted = self.refused = 0
        self.other: set[str] = set()

    def begin(self) -> bool:
        with self._lock:
            self._begun += 1
            if self._begun % 50 == 0:
                self._tell("Edits", min(self._begun, self._wanted), self._wanted)
            return self._begun <= self._wanted

    def count(self, status: int, content: bytes) -> None:
        with self._lock:
            self.accepted += status == 200
            self.refused += status == 412
            if status not in (200, 412):
                self.other.add(f"{status} {content[:120]!r}")


class _Editor:
    def __init__(self, port: int, token: str, row: int, tally: _Tally, *, careless: bool = False) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._row, self._tally, self._careless = row, tally, careless

    def work(self) -> None:
        value, version = self.read()
        while self._tally.begin():
            status, content, etag = self._ask(
                "POST", "/change", "*" if self._careless else version, _next(value)
            )
            self._tally.count(status, content)
            if status == 200:
                value, version = json.loads(content)["value"], etag
            else:
                value, version = self.read()
        self._connection.close()

    def read(self) -> tuple[str, str]:
        """(value, ETag)."""
        status, content, etag = self._ask("GET")
        assert status == 200, (status, content)
        return str(json.loads(content)["value"]), etag

    def _ask(
        self, method: str, act: str = "", version: str = "", body: bytes | None = None
    ) -> tuple[int, bytes, str]:
        headers = self._headers | ({"If-Match": version} if version else {})
        path = f"/api/directory/contact-points/{self._row}{act}"
        self._connection.request(method, path, body=body, headers=headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("ETag", "")


def _next(value: str) -> bytes:
    return json.dumps({"value": f"{_ADDRESS}{_number(value) + 1}", "valid_from": DAY.isoformat()}).encode()


def _number(value: str) -> int:
    return int(value.removeprefix(_ADDRESS))


def _traced(rows: Sequence[int]) -> int:
    from fanal.audit.models import Entry

    with transaction.atomic():
        from fanal.access.context import set_units

        set_units([unit.id for unit in directory.units(on=DAY)])
        return Entry.objects.filter(
            verb=Verb.ALTER, act="directory.change_contact_point", facts__contact_point__in=list(rows)
        ).count()
