"""Refuses a lock without hashes, one that pyproject.toml disagrees with, and an environment that is neither.

`--installed` compares the running environment too.
"""

import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import lock

# Fanal itself, and what Python's own venv brings along without fetching it.
NOT_FETCHED = {"fanal", "setuptools"}


def main() -> int:
    declared = tomllib.loads((lock.ROOT / "pyproject.toml").read_text())
    try:
        locked, beside = (lock.read(file.read_text()) for file in (lock.PATH, lock.SPARK))
    except ValueError as unreadable:
        sys.stdout.write(f"A lock cannot be read: {unreadable}\n")
        return 1
    found = [*without_hash([*locked, *beside]), *disagreements(locked, declared)]
    found += disagreements(beside, of_spark(declared))
    if "--installed" in sys.argv:
        found += other_than_installed(locked, installed())
    sys.stdout.write("".join(f"Locks: {line}\n" for line in found))
    if not found:
        sys.stdout.write(f"{len(locked)} packages are locked by hash, {len(beside)} beside them for Spark.\n")
    return bool(found)


def of_spark(declared: dict) -> dict:  # type: ignore[type-arg]
    """What pyproject.toml asks beside Fanal, in the form of what it asks for Fanal."""
    return {
        "project": {"dependencies": []},
        "dependency-groups": {"dev": declared["dependency-groups"]["spark"]},
    }


def without_hash(locked: list[lock.Locked]) -> Iterator[str]:
    """An entry that another file, or another version, could stand in for."""
    for entry in locked:
        if not entry.hashes:
            yield f"{entry.name} has no hash"
        if not entry.version or entry.requirement.url:
            yield f"{entry.name} is not locked to one version"


def disagreements(locked: list[lock.Locked], declared: dict) -> Iterator[str]:  # type: ignore[type-arg]
    """What pyproject.toml asks and the lock does not hold, and the other way round."""
    asked = [Requirement(line) for line in declared["project"]["dependencies"]]
    asked += [Requirement(line) for line in declared["dependency-groups"]["dev"]]
    held = {entry.name: entry for entry in locked}
    for wish in asked:
        entry = held.get(canonicalize_name(wish.name))
        if entry is None:
            yield f"{wish.name} is asked by pyproject.toml and not locked"
        elif entry.version and not wish.specifier.contains(entry.version, prereleases=True):
            yield f"{entry.name} {entry.version} is locked, pyproject.toml asks {wish.specifier}"
    wished = {canonicalize_name(wish.name) for wish in asked}
    for entry in locked:
        by_us = any(who.startswith(lock.BY_US) for who in entry.asked_by)
        others = {who for who in entry.asked_by if not who.startswith(lock.BY_US)}
        if by_us and entry.name not in wished:
            yield f"{entry.name} is locked for pyproject.toml, which no longer asks it"
        elif not entry.asked_by:
            yield f"{entry.name} is locked and nobody asks it"
        for stranger in sorted(canonicalize_name(who) for who in others):
            if stranger not in held:
                yield f"{entry.name} is locked for {stranger}, which is not locked"


def installed() -> dict[str, str]:
    return {canonicalize_name(found.name): found.version for found in metadata.distributions()}


def other_than_installed(locked: list[lock.Locked], found: dict[str, str]) -> Iterator[str]:
    """Differences between the lock and an environment (name to version)."""
    here = {
        entry.name: entry.version
        for entry in locked
        if entry.requirement.marker is None or entry.requirement.marker.evaluate()
    }
    for name in sorted(here.keys() - found.keys()):
        yield f"{name} is locked and not installed"
    for name in sorted(found.keys() - here.keys() - NOT_FETCHED):
        yield f"{name} is installed and not locked"
    for name in sorted(here.keys() & found.keys()):
        if here[name] != found[name]:
            yield f"{name} {here[name]} is locked, {found[name]} is installed"


if __name__ == "__main__":
    sys.exit(main())
