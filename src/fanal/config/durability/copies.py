"""What lies in an archive folder: copies of the cluster and segments of its log, by their names."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from fanal.config.durability.faults import BadArchive
from fanal.database.errors import DatabaseFault

BASE, WAL = ".base.age", ".wal.age"
SEGMENT = re.compile(r"[0-9A-F]{24}|[0-9A-F]{8}\.history")
"""A whole segment of the log, or the history of a time line, as PostgreSQL names them."""


@dataclass(frozen=True)
class Copy:
    """What a copy of the cluster says of itself; `made_at` in ISO 8601, `server`: major version."""

    made_at: str
    server: int
    probes: dict[str, str]

    def encode(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @staticmethod
    def decode(text: bytes) -> "Copy":
        """Refused with `BadArchive`."""
        try:
            return Copy(**json.loads(text))
        except (ValueError, TypeError) as problem:
            raise BadArchive("What this copy of the cluster says of itself cannot be read.") from problem


def newest_before(folder: Path, until: datetime | None) -> Path:
    """The last copy of the cluster that was begun before an instant. Refused with `DatabaseFault`: there is none."""
    found = [path for path in sorted(folder.glob(f"*{BASE}")) if until is None or _begun(path) <= until]
    if not found:
        raise DatabaseFault(f"{folder} holds no copy of the cluster from before {until or 'now'}.")
    return found[-1]


def segments(folder: Path) -> list[Path]:
    """The archived segments of the log, in their order."""
    return sorted(path for path in folder.glob(f"*{WAL}") if SEGMENT.fullmatch(path.name.removesuffix(WAL)))


def _begun(path: Path) -> datetime:
    return datetime.strptime(path.name.removesuffix(BASE), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
