"""Pages of the coordination over thirty years of plans, recommendations and decisions, and what else has a bar."""

from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter
from types import ModuleType

from django.db import connection

from fanal.access.rules import Member, Role
from fanal.config.bench.measures import browser, statements_of, timed
from fanal.config.bench.results import Result, Times
from fanal.config.commands import serving
from fanal.config.commands.console import Tell

from . import decisions, documents, meetings, minutes, plans, progress, recommendations, reports, statistics

ROLES = {
    "chair": Role.COORDINATOR,
    "secretary": Role.SECRETARY,
    "representative": Role.REPRESENTATIVE,
    "correspondent": Role.CORRESPONDENT,
    "rapporteur": Role.RAPPORTEUR,
    "magistrate": Role.MAGISTRATE,
}
PARTS: Sequence[ModuleType] = (
    recommendations, decisions, plans, progress, meetings, minutes, statistics, reports, documents,
)  # fmt: skip
"""In the order in which one needs what another has filled."""
FRONT = (("Home", "chair", "/"), ("The coordination at a glance", "magistrate", "/coordination/"))
"""Pages that read every capability."""
PAGE_MS = 150
ROUNDS = 40


def measured(members: Mapping[tuple[str, Role], Member], *, scale: float, tell: Tell) -> Iterator[Result]:
    """Fill each capability, then read its pages one after the other: p95 of forty, and their SQL statements."""
    people = _people(members)
    parts = [part for part in PARTS if hasattr(part, "fill")]
    started = perf_counter()
    for done, part in enumerate(parts):
        tell("Filling the coordination", done, len(parts))
        part.fill(scale=scale, members=people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield Result("Filling the coordination", perf_counter() - started, "s", note=f"scale {scale:g}")
    serving.settle()  # as in the web server
    rounds = max(3, round(ROUNDS * min(scale, 1)))
    for label, who, address in FRONT:
        yield _page(label, people[who], address, rounds=rounds)
    for part in PARTS:
        for label, who, address in part.pages() if hasattr(part, "pages") else ():
            yield _page(label, people[who] if who else None, address, rounds=rounds)
        if hasattr(part, "others"):
            yield from part.others(scale=scale)


def _people(members: Mapping[tuple[str, Role], Member]) -> dict[str, Member]:
    """One member for each part that is played; the chair comes from a unit that coordinates."""
    found: dict[str, Member] = {}
    for name, role in ROLES.items():
        able = [member for (_unit, has), member in members.items() if has is role]
        able.sort(key=lambda member: (member.unit_kind != "coordination", member.unit_id))
        if able:
            found[name] = able[0]
    return found


def _page(label: str, member: Member | None, address: str, *, rounds: int) -> Result:
    looking = browser(member)
    for _ in range(3):  # the first ones warm the caches
        timed(looking, address)
    times = Times([timed(looking, address) for _ in range(rounds)])
    note = f"median {times.middle:.1f} ms, {statements_of(looking, address)} SQL statements, {rounds} times"
    return Result(f"{label}, p95", times.p95, "ms", most=PAGE_MS, note=note)
