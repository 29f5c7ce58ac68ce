"""The corpus over HTTP: sent, followed until it was read, taken out again; and another reader who wants her page."""

import http.client
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psutil

from fanal.config.commands.serving import HOST
from proofs.uploads import judging
from proofs.uploads.case import Case

_LINE = "----fanal-proof-2f1c"


@dataclass
class Found:
    """What happened: faults in words, and measures of the web server meanwhile."""

    wrong: list[str] = field(default_factory=list)
    inlined: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    answers: int = 0
    slowest: float = 0.0
    grown: int = 0
    lost_workers: int = 0


class House:
    """A programme with a token that talks to the web server."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._token = port, token

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> tuple[int, Mapping[str, str], bytes]:
        line = http.client.HTTPConnection(HOST, self._port, timeout=120)
        try:
            headers = {"Authorization": f"Bearer {self._token}", **({"Content-Type": kind} if kind else {})}
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            line.close()

    def send(self, alert: UUID, case: Case) -> tuple[int, dict[str, Any]]:
        """Sent as a browser sends it: quotes and line ends of a name are written in percent."""
        name = case.sent_as.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = f'--{_LINE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        head += "Content-Type: image/jpeg\r\n\r\n"
        body = head.encode("utf-8", "replace") + case.data + f"\r\n--{_LINE}--\r\n".encode()
        status, _headers, content = self.ask(
            "POST", f"/api/attachments/alert/{alert}", body, f"multipart/form-data; boundary={_LINE}"
        )
        return status, json.loads(content)

    def settled(self, attachment: str, seconds: float = 120) -> dict[str, Any]:
        """What is said of it once it no longer waits."""
        limit = time.monotonic() + seconds
        while True:
            status, _headers, content = self.ask("GET", f"/api/attachments/{attachment}")
            found: dict[str, Any] = json.loads(content)
            if status != 200 or found["state"] != "waiting":
                return found
            if time.monotonic() > limit:
                raise TimeoutError("a file still waits; does the worker live?")
            time.sleep(0.05)


def tried(house: House, case: Case, alert: UUID, found: Found) -> None:
    """Send one file and see what becomes of it."""
    status, said = house.send(alert, case)
    found.answers += 1
    if status in (400, 422):
        found.wrong += filter(None, [judging.wrong(case, said["code"], b"")])
        return
    if status != 201:
        found.broken.append(f"{case.name}: answered with {status}")
        return
    line = house.settled(said["id"])
    copy = b""
    if line["state"] == "ready":
        for what in (
            "copy",
            "original?purpose=protect",
            *(f"previews/{n}" for n in range(1, line["previews"] + 1)),
        ):
            status, headers, content = house.ask("GET", f"/api/attachments/{said['id']}/{what}")
            found.answers += 1
            if status != 200:
                found.broken.append(f"{case.name}: {what} answered with {status}")
                continue
            found.inlined += filter(None, [judging.shown(case, headers)])
            copy = content if what == "copy" else copy
    else:
        status, _headers, content = house.ask(
            "GET", f"/api/attachments/{said['id']}/original?purpose=protect"
        )
        if status == 200:
            found.inlined.append(f"{case.name}: refused, and handed out")
    found.wrong += filter(None, [judging.wrong(case, line["code"], copy)])


@contextmanager
def watched(house: House, server: psutil.Process, found: Found) -> Iterator[None]:
    """Meanwhile somebody asks for a list again and again, and the server's processes are counted and weighed."""
    over, before = threading.Event(), _tree(server)
    weight = _weight(server)

    def look() -> None:
        while not over.wait(0.1):
            begun = time.monotonic()
            status, _headers, _content = house.ask("GET", f"/api/alerts?reference={quote('A-0')}")
            found.slowest = max(found.slowest, time.monotonic() - begun)
            if status != 200:
                found.broken.append(f"the list answered with {status}")
            found.grown = max(found.grown, _weight(server) - weight)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        found.lost_workers = len(before - _tree(server))


def _tree(server: psutil.Process) -> set[int]:
    return {server.pid, *(child.pid for child in server.children(recursive=True))}


def _weight(server: psutil.Process) -> int:
    total = 0
    for process in (server, *server.children(recursive=True)):
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
