"""What a stranger sees does not move when something happens that is not hers: no count, no order, no sum tells of it.

Every list, search, export, figure and feed is read, then another chain is played in which she has no part, and all is
read again: the same bytes. And an answer kept for one member is given to no other.
"""

import json
import re
from random import Random

from django.db import transaction
from django.http import HttpResponse

from proofs.matrix import chains
from proofs.matrix.ask import Asker
from proofs.matrix.bodies import REPORT
from proofs.matrix.probes import Probe
from proofs.matrix.world import World

STRANGER = "outsider"
OF_THE_COUNTRY = (
    "alerts/figures/country/",
    "api/alerts/figures/country",
    "health",
    "ready",
    "metrics",
    "acts/",
)
"""Sums over the country, protected by their own rules, and what a monitor reads."""
_MOVING = re.compile(rb"\b[A-Za-z0-9]{64}\b|name=\"submission\"[^>]*|DTSTAMP:\w+|\b\d{1,2}[:.]\d\d(:\d\d)?\b")
"""Tokens against forged requests, the key of a form that was not sent yet, and the hour."""


def moved(world: World, asker: Asker) -> list[str]:
    """The lists in which the stranger would have noticed that something happened elsewhere."""
    routes = [
        route
        for route, law in world.law.routes.items()
        if not law.kinds and "get" in law.may and route not in OF_THE_COUNTRY and "directory" not in route
    ]
    with transaction.atomic():
        before = {route: _read(asker, route) for route in routes}
        _elsewhere(world)
        after = {route: _read(asker, route) for route in routes}
        transaction.set_rollback(True)
    return [
        f"seed={world.seed} GET {route} as {STRANGER} moved with what is not hers"
        for route in routes
        if before[route] != after[route]
    ]


def _elsewhere(world: World) -> None:
    """One more chain, without the stranger; the ledger forgets it afterwards."""
    kept = len(world.ledger.files)
    chains.play(world, len(world.ledger.of("alert")), but=STRANGER)
    del world.ledger.files[kept:]


def _read(asker: Asker, route: str) -> tuple[int, bytes]:
    answer, _, _ = asker.send(Probe(route, "get", STRANGER, "anyone", None))
    body = answer.content
    if body.startswith(b"PK"):
        return answer.status_code, b""
    return answer.status_code, _MOVING.sub(b"", body)


def replayed(world: World, asker: Asker) -> list[str]:
    """An answer that was kept under a key, asked for by others with the same key."""
    draw = Random(world.seed)
    first, second = draw.sample(["officer", "outsider", "inspector", "reception"], 2)
    headers = {"Idempotency-Key": f"replay {world.seed}"}
    with transaction.atomic():
        answers: list[HttpResponse] = [
            asker.programs[name].post("/api/alerts", json.dumps(REPORT), "application/json", headers=headers)  # type: ignore[misc]
            for name in (first, second)
        ]
        transaction.set_rollback(True)
    references = [answer.json().get("reference") for answer in answers]
    if references[0] and references[0] == references[1]:
        return [f"seed={world.seed} POST /api/alerts as {second} repeats what {first} was answered"]
    return []
