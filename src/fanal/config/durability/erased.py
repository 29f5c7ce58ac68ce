"""Whose keys were destroyed, as a list that outlives a backup: a restore destroys them again."""

from pathlib import Path
from uuid import UUID

from fanal.database.errors import DatabaseFault


def read(path: Path | None) -> list[UUID]:
    """The subjects in a file with one identifier in each line. Refused with `DatabaseFault`: a line that is none."""
    if path is None:
        return []
    found = []
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(UUID(line.strip()))
        except ValueError as problem:
            raise DatabaseFault(
                f"{path}, line {number}: {line[:40]!r} is no identifier. Nothing was restored."
            ) from problem
    return found
