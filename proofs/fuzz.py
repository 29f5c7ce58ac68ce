"""The API under values that nobody thought of, as each role: nothing breaks, nothing foreign is shown.

Schemathesis makes requests from the description of the API, sound and unsound, on files that are there (one's own and
those of others) and on files that are not. Whatever a request does is undone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from proofs.figure import Figure, Tell
from proofs.house import house

if TYPE_CHECKING:
    from tests.house.addresses import Address

    from proofs.matrix.world import World

REQUESTS = 100_000
CHAINS = 3


@dataclass
class Tried:
    """How many requests were sent, which statuses came back, and what was wrong, a line each."""

    requests: int = 0
    statuses: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    """So many requests in a house of its own, shared among the roles."""
    wanted = max(1, round(REQUESTS * scale))
    total = Tried()
    with house():
        from django.db import transaction
        from tests import cast

        from proofs.matrix.world import play

        with one_connection(), transaction.atomic():
            world = play(cast.load(), seed=seed, chains_wanted=CHAINS)
            turns = [(name, each) for each in operations() for name in _one_of_each_role(world)]
            Random(seed).shuffle(turns)
            examples = -(-wanted // len(turns))
            while total.requests < wanted:
                for name, (address, operation) in turns:
                    found = fuzz(
                        world, name, address, operation, examples=examples, seed=seed + total.requests
                    )
                    total.requests += found.requests
                    total.statuses |= found.statuses
                    total.faults += found.faults
                    tell("requests", min(total.requests, wanted), wanted)
                    if total.requests >= wanted:
                        break
            transaction.set_rollback(True)
    said = f"seed {seed}; statuses {', '.join(map(str, sorted(total.statuses)))}"
    return [
        Figure("requests as each role", f"{total.requests:,}", f"{wanted:,}", total.requests >= wanted, said),
        Figure(
            "5xx, foreign canaries, answers of another shape",
            f"{len(total.faults)}",
            "0",
            not total.faults,
            "; ".join(total.faults[:3])[:900],
        ),
    ]


@contextmanager
def one_connection() -> Iterator[None]:
    """A request may close the connection that it finds; here it belongs to the transaction of the world."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def operations() -> "list[tuple[Address, Any]]":
    """Each operation of the table beside its description; None for one that is not described."""
    from tests.house import addresses

    found = {(o.ok().path, o.ok().method.upper()): o.ok() for o in described().get_all_operations()}
    beside = [
        (each, found.pop((each.template, method), None))
        for each in addresses.operations()
        for method in sorted(each.methods)
    ]
    assert not found, "described and not in the table"
    return beside


def described() -> Any:
    """The description of the API, as a program asks for it."""
    from fanal.config.wsgi import application

    return schemathesis.openapi.from_wsgi("/api/openapi.json", application)


def _one_of_each_role(world: "World") -> list[str]:
    """The first of the cast in each role."""
    found: dict[str, str] = {}
    for name, member in world.members.items():
        found.setdefault(member.role, name)
    return list(found.values())


def fuzz(world: "World", name: str, address: "Address", operation: Any, *, examples: int, seed: int) -> Tried:
    """So many requests to one operation as one member."""
    tried = Tried()
    there = _there(world, address, Random(seed))
    sound, unsound = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
    values = st.one_of(
        operation.as_strategy(generation_mode=sound, path_parameters=there),
        operation.as_strategy(generation_mode=unsound, path_parameters=there),
        operation.as_strategy(generation_mode=sound),
    )

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @seeded(seed)
    @given(case=values)
    def send(case: Case) -> None:
        tried.requests += 1
        _send(world, name, address, case, tried)

    send()
    return tried


def _there(world: "World", address: "Address", draw: Random) -> dict[str, str]:
    """What stands for each parameter: parts of a file of the world, whosever it is."""
    from proofs.matrix.probes import Probe, fitting, values

    files = fitting(world, address.route)
    file = draw.choice(files).number if files else None
    return values(world, Probe(address.route, "get", "", "any", file))


def _send(world: "World", name: str, address: "Address", case: Case, tried: Tried) -> None:
    from django.db import transaction
    from django.http import HttpResponse

    from proofs.matrix.ask import leaks

    headers = {"Authorization": f"Bearer {world.secrets[name]}", "If-Match": "*"}
    with transaction.atomic():
        answer = case.call(headers=headers)
        transaction.set_rollback(True)
    kind = (answer.headers.get("content-type") or [""])[0]
    said = f"seed={world.seed} {case.method} {case.formatted_path} {case.query} {case.body!r} as {name}"
    tried.statuses.add(answer.status_code)
    if answer.status_code >= 500:
        tried.faults.append(f"{said}: {answer.status_code}")
    elif answer.status_code >= 400 and kind != "application/problem+json":
        tried.faults.append(f"{said}: {answer.status_code} as {kind}")
    seen = HttpResponse(answer.content, content_type=kind)
    tried.faults += [
        f"{said}: {line}" for line in leaks(world, seen, world.members[name], address.route, said)
    ]
