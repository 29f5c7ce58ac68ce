"""What the law lets a member meet: one canary, one answer. Nothing here looks into the code that is judged."""

from collections.abc import Iterable, Sequence

from fanal.access.rules import Member
from proofs.matrix.canaries import Home
from proofs.matrix.law import LEVELS, PUBLIC, Route
from proofs.matrix.ledger import File
from proofs.matrix.world import World

REFUSED = frozenset({403, 404, 409, 412, 422, 428})
_BY_AUTHOR = ("draft", "token")


def lets(world: World, route: Route, method: str, by: Member | None, files: Sequence[File]) -> bool:
    """Whether the law lets a member use a method on what an address names (no file: an address that names none)."""
    if not comes(world, route, method, by):
        return False
    need = route.may[method]
    if need == "anyone":
        return True
    return by is not None and any(_has(file, need, by) for file in files)


def comes(world: World, route: Route, method: str, by: Member | None) -> bool:
    """Whether the member's role is there for the act at all."""
    act = route.acts[method]
    return act == PUBLIC or (by is not None and world.law.may(by.role, act))


def knows(files: Iterable[File], by: Member) -> bool:
    """Whether the member's unit may know that one of these exists."""
    return any(_level(file, by) != "none" for file in files)


def statuses(
    world: World, route: Route, method: str, by: Member | None, files: Sequence[File], *, api: bool
) -> frozenset[int]:
    """What an answer may be, by its status."""
    if by is None and route.acts[method] != PUBLIC:
        return frozenset({401}) if api else frozenset({302})
    if not comes(world, route, method, by):
        return frozenset({403})
    if lets(world, route, method, by, files):
        if route.answers[method]:
            return frozenset(route.answers[method])
        return frozenset(range(200, 400)) | (
            frozenset({409, 412, 422, 428}) if method != "get" else frozenset()
        )
    if route.shows == "blind":
        return frozenset(range(200, 400))
    return frozenset({404}) if by is None else REFUSED if knows(files, by) else frozenset({404})


def may_meet(world: World, home: Home, by: Member | None, *, route: Route | None) -> bool:
    """Whether a canary of this home may stand before a member's eyes at an address (None: outside of any)."""
    file = world.ledger.files[home.file]
    if by is None or (
        file.kind not in _BY_AUTHOR and not world.law.may(by.role, world.law.kinds[file.kind].readers)
    ):
        return False
    level = _level(file, by)
    if home.sight == "identity" and (route is None or route.shows != "identity"):
        return False
    if level == "none" and home.sight == "exists" and route is not None and route.shows == "told":
        return file.relation(by.unit_id) != "foreign"
    needed = "read" if home.sight == "identity" else home.sight
    return LEVELS.index(level) >= LEVELS.index(needed)


def _has(file: File, need: str, by: Member) -> bool:
    if need in LEVELS:
        return LEVELS.index(_level(file, by)) >= LEVELS.index(need)
    return bool(set(need.split()) & file.parties(by.unit_id))


def _level(file: File, by: Member) -> str:
    if file.kind in _BY_AUTHOR:
        return "own" if (file.author, file.owner) == (by.person_id, by.unit_id) else "none"
    return file.level(by.unit_id)
