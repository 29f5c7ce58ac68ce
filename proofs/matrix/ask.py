"""Asking: one probe, one answer, judged by status, by every byte that left, and by what it changed."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from tests.cast import client

from fanal.access.rules import Member
from proofs.matrix import judge
from proofs.matrix.bodies import body
from proofs.matrix.changes import Prints, prints, unlawful
from proofs.matrix.ledger import File
from proofs.matrix.probes import NOBODY, Probe, url
from proofs.matrix.unpack import said
from proofs.matrix.world import World

WRITES = ("post", "put", "patch", "delete")


@dataclass
class Asker:
    """The members at their windows and with their programs, and how everything stood before they asked."""

    world: World
    before: Prints
    browsers: dict[str, Client]
    programs: dict[str, Client]
    cookies: dict[str, SimpleCookie]

    @classmethod
    def of(cls, world: World) -> "Asker":
        browsers = {name: _careless(client(member)) for name, member in world.members.items()}
        programs = {
            name: _careless(Client(headers={"Authorization": f"Bearer {world.secrets[name]}"}))
            for name in world.members
        }
        browsers[NOBODY] = programs[NOBODY] = _careless(Client())
        cookies = {name: SimpleCookie(browser.cookies) for name, browser in browsers.items()}
        return cls(world, prints(), browsers, programs, cookies)

    def send(self, probe: Probe, sent: tuple[Any, str] = ({}, "form")) -> tuple[HttpResponse, str, list[str]]:
        """(answer, address, what was changed without right). Whatever it did is undone."""
        world, address = self.world, url(self.world, probe)
        by = world.members.get(probe.member)
        with transaction.atomic():
            answer = self._call(probe, address, sent)
            self._sit_down(probe)
            changed: list[str] = []
            if probe.method in WRITES and answer.status_code < 400:
                changed = list(unlawful(world, self.before, by))
            transaction.set_rollback(True)
        return answer, address, changed

    def _sit_down(self, probe: Probe) -> None:
        """A window is as it was, also after its member left or changed hats."""
        window = self.browsers[probe.member]
        window.cookies.clear()
        window.cookies.update(self.cookies[probe.member])

    def _call(self, probe: Probe, address: str, sent: tuple[Any, str]) -> HttpResponse:
        window = (self.programs if probe.route.startswith("api/") else self.browsers)[probe.member]
        if probe.method not in WRITES:
            return window.get(address)  # type: ignore[return-value]
        values, kind = sent
        if kind == "form":
            return getattr(window, probe.method)(address, values)  # type: ignore[no-any-return]
        data = json.dumps(values)
        return getattr(window, probe.method)(address, data, content_type=kind, headers={"If-Match": "*"})  # type: ignore[no-any-return]


def _careless(browser: Client) -> Client:
    """A fault of the server is an answer of 500 here, to be found as such."""
    browser.raise_request_exception = False
    return browser


def fault(asker: Asker, probe: Probe) -> str:
    """What is wrong with the answer to a probe, in one line; empty when nothing is."""
    world = asker.world
    sent = body(world, probe.route, world.ledger.files[probe.file] if probe.file is not None else None)
    answer, address, changed = asker.send(probe, sent)
    by, files = world.members.get(probe.member), named(world, probe)
    route = world.law.routes[probe.route]
    wanted = judge.statuses(world, route, probe.method, by, files, api=probe.route.startswith("api/"))
    if route.shows == "bearer" and files:
        by = world.members[files[0].parts["member"]]
        wanted = judge.statuses(world, route, probe.method, by, files, api=False) | {404}
    elif route.shows == "bearer":
        wanted = frozenset({404})
    if probe.relation == "mismatched":
        wanted = judge.REFUSED | (frozenset(route.answers[probe.method]) - {200})
    if probe.relation == "list":
        wanted |= {422}
    wrong = []
    if answer.status_code not in wanted:
        wrong.append(f"answers {answer.status_code}, not one of {_few(wanted)}")
    wrong += [f"changes {what}" for what in changed[:3]]
    said_herself = f"{address} {sent[0] if probe.method in WRITES else ''}"
    wrong += list(leaks(world, answer, by, probe.route, said_herself))[:3]
    return f"{probe.line(world, address)}: {'; '.join(wrong)}" if wrong else ""


def named(world: World, probe: Probe) -> list[File]:
    """The files that an address names: those that bear the reference in it, of the kinds of the route."""
    if probe.file is None or probe.relation == "absent":
        return []
    file = world.ledger.files[probe.file]
    if ":reference>" not in probe.route and "<reference>" not in probe.route:
        return [file]
    kinds = world.law.routes[probe.route].kinds
    same = [
        f for f in world.ledger.files if f.reference and f.reference == file.reference and f.kind in kinds
    ]
    return same or [file]


def leaks(world: World, answer: HttpResponse, by: Member | None, route: str, sent: str) -> Iterator[str]:
    """The canaries in an answer that its reader may not meet there, except those she sent herself."""
    known, law = set(world.canaries.found_in(sent.encode())), world.law.routes.get(route)
    met: set[str] = set()
    for form in said(answer.content, answer.get("Content-Type", ""), _headers(answer)):
        met |= set(world.canaries.found_in(form))
    for canary in sorted(met - known):
        homes = world.canaries.homes[canary]
        if not any(judge.may_meet(world, home, by, route=law) for home in homes):
            home = homes[0]
            yield f"shows {canary} ({home.field} of {world.ledger.files[home.file].kind} {home.file}, {home.sight})"


def _headers(answer: HttpResponse) -> dict[str, str]:
    return {**answer.headers, **{f"cookie {name}": morsel.value for name, morsel in answer.cookies.items()}}


def _few(statuses: Sequence[int] | frozenset[int]) -> str:
    return "2xx, 3xx" if 200 in statuses else ", ".join(map(str, sorted(statuses)))
