"""A log to seal, to hand out and to tamper with, in the database of the test."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import connections
from tests.access.rows import member, unit

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.audit import services
from fanal.audit.models import Seal
from fanal.audit.services import Verb
from fanal.audit.services.exporting import export
from fanal.audit.services.sealing import public_half, seal
from fanal.audit.verify import Verdict, verify

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
BOTH = ["default", "owner"]


def written(
    count: int = 1, *, by: Member | None = None, at: datetime = NOW, act: str = "alerts.consult"
) -> Member:
    """So many lines of one member, each in a transaction of its own."""
    by = by or member(unit())
    for nth in range(count):
        with acting_as(by):
            services.record(
                by=by, verb=Verb.CONSULT, act=act, at=at, purpose="follow_up",
                reference=f"dossier « é–{nth}\u2028\n\"\\", facts={"rows": nth, "a": 1.5, "kind": "csv", "none": None},
            )  # fmt: skip
    return by


def sealed(*batches: int, at: datetime = NOW) -> None:
    """A log of one statement for each of these numbers of lines."""
    by = member(unit())
    for count in batches:
        written(count, by=by, at=at)
        assert seal(at=at) == count


def handed_out(folder: Path, name: str = "trace.jsonl", **bounds: datetime) -> Path:
    """An export of what is sealed."""
    path = folder / name
    export(to=path, at=NOW, **bounds)  # type: ignore[arg-type]
    return path


def checked(path: Path, kept: Path | None = None) -> Verdict:
    """The verdict over an export under the key of this house."""
    return verify(path, key=public_half(), kept=kept)


def as_administrator(url: str, *statements: str) -> None:
    """What somebody does who may do everything in the database: no wall, no trigger holds her."""
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = 'replica'")
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]


def statements() -> list[Seal]:
    connections["default"].ensure_connection()
    return list(Seal.objects.order_by("number"))
