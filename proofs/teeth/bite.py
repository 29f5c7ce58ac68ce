"""Setting one fault after the other in one world, and looking whether the matrix turns red."""

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from random import Random

from django.db import DatabaseError

from fanal.errors import Refusal
from proofs.matrix import rows, surroundings, unmoved
from proofs.matrix.ask import Asker
from proofs.matrix.ask import fault as wrong
from proofs.matrix.probes import Probe, probes
from proofs.matrix.world import World, play
from proofs.teeth import database, python
from proofs.teeth.faults import Fault
from proofs.teeth.stage import in_disguise, second_wall_open_everywhere, undone

MOST = 400
"""Requests for one fault: those that concern it, in an order drawn by the seed; the first red ones end it."""
CHAINS = 3
Bite = tuple[Fault, str]


def every() -> list[Fault]:
    """All of them, each name once."""
    found = [*python.faults(), *database.faults()]
    names = [fault.name for fault in found]
    assert len(names) == len(set(names)), "two faults of one name"
    return found


def bites(chosen: Iterable[Fault], *, seed: int) -> Iterator[Bite]:
    """(fault, the first line in which the matrix saw it; empty: it did not)."""
    from tests import cast

    with in_disguise(), undone():
        world = play(cast.load(), seed=seed, chains_wanted=CHAINS)
        asker = Asker.of(world)
        for fault in chosen:
            yield fault, bite(world, asker, fault)


def bite(world: World, asker: Asker, fault: Fault) -> str:
    """The first line in which the matrix sees a fault; empty when it does not."""
    with undone():
        red, asked = _under(world, asker, fault)
    if red:
        return red
    # What is red without the fault too tells nothing of it.
    with undone(), ExitStack() as stack:
        if fault.wall == "queries":
            stack.enter_context(second_wall_open_everywhere())
        return next((line for probe, line in asked if not wrong(asker, probe)), "")


def _under(world: World, asker: Asker, fault: Fault) -> tuple[str, list[tuple[Probe, str]]]:
    with ExitStack() as stack:
        if fault.anew:
            stack.enter_context(fault.set())
            try:
                world = play(world.cast, seed=world.seed + 1, chains_wanted=2)
            except (Refusal, DatabaseError) as error:
                return f"seed={world.seed + 1}: nothing can be handed over any more ({error!r})", []
            asker = Asker.of(world)
        else:
            stack.enter_context(fault.set())
        if fault.wall == "queries":
            stack.enter_context(second_wall_open_everywhere())
        if (
            fault.acts
            and (swept := rows.sweep(world, acts=fault.acts, tables=set(fault.tables) or None)).faults
        ):
            return swept.faults[0], []
        if "unmoved" in fault.look and (moved := unmoved.moved(world, asker)):
            return moved[0], []
        if "replayed" in fault.look and (replayed := unmoved.replayed(world, asker)):
            return replayed[0], []
        if "mails" in fault.look and (mailed := surroundings.in_mails(world)):
            return mailed[0], []
        heard = stack.enter_context(surroundings.heard())
        asked = list(_asked(world, asker, fault)) if fault.routes else []
        if "log" in fault.look and (logged := surroundings.in_log(world, heard.lines)):
            return logged[0], []
    return "", asked


def _asked(world: World, asker: Asker, fault: Fault) -> Iterator[tuple[Probe, str]]:
    """The first red probes among those that concern the fault."""
    pattern, draw, red = re.compile(fault.routes), Random(world.seed), 0
    concerned = [
        probe
        for probe in probes(world, draw)
        if pattern.search(f"{probe.method} {probe.route}")
        and (not fault.relations or probe.relation in fault.relations)
    ]
    draw.shuffle(concerned)
    for probe in concerned[:MOST]:
        line = wrong(asker, probe)
        if line:
            yield probe, line
            red += 1
        if red == 3:
            return


def readers_through_visible() -> list[str]:
    """The modules that read through the first wall."""
    from fanal.access import queries

    return sorted(
        name
        for name, module in list(sys.modules.items())
        if name.startswith("fanal.") and getattr(module, "visible", None) is queries.visible
    )
