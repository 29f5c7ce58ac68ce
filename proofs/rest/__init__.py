"""At rest: what was typed of a person lies nowhere in clear, and after her erasure nothing of her opens any more.

The control: a mark that is written in clear is found, in each kind of place, or this proof proves nothing.
"""

import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg

from fanal.database.cluster import SUPERUSER
from proofs.figure import Figure, Tell
from proofs.house import house
from proofs.rest.marks import Marks, marks
from proofs.rest.scanning import Eye, dumped, files, now, rows

PERSONS = 25


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    """`scale` 1: the way of 25 persons through the whole chain; one of them is erased."""
    since = now()
    with house() as folder, tempfile.TemporaryDirectory(prefix="fanal-saved-") as saved:
        from tests import cast

        from fanal.config.bench.house import superuser

        people, known = cast.load(), marks(seed)
        with superuser(folder) as connection, _written_down(folder / "proof.log"):
            first = _fill(people, known, max(1, round(PERSONS * scale)), tell)
            found = _places(folder, Path(saved), connection, known, since, tell)
            found += _control(folder, connection, known)
            found += _erased(folder, connection, people, known, first)
    return found


def _fill(people: object, known: Marks, persons: int, tell: Tell) -> object:
    from django.utils import timezone

    from fanal.notify import services as notify
    from proofs.rest import chain

    first = None
    for number in range(persons):
        tell("Persons on their way", number, persons)
        written = chain.write(people, _of(known, number), timezone.now())  # type: ignore[arg-type]
        first = first or written
    notify.deliver(at=timezone.now())
    tell("Persons on their way", persons, persons)
    return first


def _of(known: Marks, number: int) -> Marks:
    """The marks of one person: those of the seed, with a number behind the word."""
    return Marks(
        f"{known.word}{number:03}x", f"{known.phone}{number:03}", f"{known.document}{number:03}", known.born
    )


def _places(
    folder: Path, saved: Path, connection: psycopg.Connection, known: Marks, since: float, tell: Tell
) -> list[Figure]:
    from fanal.database import connect

    cluster = connect.embedded(folder)
    url = cluster.url(connect.DATABASE, SUPERUSER)
    connection.execute("CHECKPOINT")
    places: list[tuple[str, Iterator[bytes]]] = [
        ("every column of every table", rows(connection)),
        ("files of the database and its log ahead (WAL)", files(cluster.data_dir)),
        ("a dump", dumped(_pg_dump(connection), url)),
        ("a backup", files(_backup(folder, saved, tell))),
        ("logs, mails, media and the folder of the house", files(folder, but=cluster.data_dir)),
        ("temporary files", files(Path(tempfile.gettempdir()), since=since)),
    ]
    found = []
    for place, pieces in places:
        eye = Eye(known)
        count = eye.found(pieces)
        found.append(
            Figure(f"marks in {place}", str(count), "0", count == 0, f"{eye.bytes / 1e3:,.0f} kB read")
        )
    return found


def _pg_dump(connection: psycopg.Connection) -> Path:
    from fanal.config.durability import reach

    server = reach.server_version(connection)
    return reach.program("pg_dump", at_least=server, like=server)


def _backup(folder: Path, saved: Path, tell: Tell) -> Path:
    from datetime import UTC, datetime

    import pyrage

    from fanal.config.durability import reach
    from fanal.config.durability.backup import backup
    from fanal.database import secrets

    keeper = pyrage.x25519.Identity.generate()
    backup(
        target=saved, recipients=[str(keeper.to_public())], to=reach.reach(folder), secrets=secrets.load(folder),
        at=datetime.now(UTC), tell=tell,
    )  # fmt: skip
    return saved


def _control(folder: Path, connection: psycopg.Connection, known: Marks) -> list[Figure]:
    """The same eyes, on marks in clear: text, UTF-16, base64 inside JSON, a file."""
    import base64

    from fanal.database import connect

    cluster = connect.embedded(folder)
    connection.execute("CREATE TABLE control (said text, bytes bytea)")
    wide = known.word.encode("utf-16-le")
    connection.execute(
        "INSERT INTO control VALUES (%s, %s)", [base64.b64encode(f"ab{known.word}".encode()).decode(), wide]
    )
    connection.execute("CHECKPOINT")
    (folder / "control.txt").write_text(known.phone)
    seen = {
        "tables": Eye(known).found(rows(connection)),
        "files of the database": Eye(known).found(files(cluster.data_dir)),
        "a dump": Eye(known).found(dumped(_pg_dump(connection), cluster.url(connect.DATABASE, SUPERUSER))),
        "the folder": Eye(known).found(files(folder)),
    }
    connection.execute("DROP TABLE control")
    (folder / "control.txt").unlink()
    red = [place for place, count in seen.items() if count]
    note = ", ".join(f"{place}: {count}" for place, count in seen.items())
    return [
        Figure("control: places in which a mark in clear is found", str(len(red)), "4", len(red) == 4, note)
    ]


def _erased(
    folder: Path, connection: psycopg.Connection, people: object, known: Marks, written: object
) -> list[Figure]:
    from django.utils import timezone

    from fanal.database import secrets
    from proofs.rest import chain
    from proofs.rest.opening import opened

    master, person, at = bytes.fromhex(secrets.load(folder).vault_key), _of(known, 0), timezone.now()
    before = opened(connection, master, person)
    wrapped = _wrapped(connection)
    chain.erase(people, written, seconds(people), at, at + timedelta(days=400))  # type: ignore[arg-type]
    after = opened(connection, master, person)
    gone = wrapped - _wrapped(connection)
    stale = _still_there(folder, connection, gone)
    return [
        Figure("values that open before the erasure, with the installation’s key", str(before), "> 0", before > 0),
        Figure("values that open after it, with the same key", str(after), "0", after == 0),
        Figure("destroyed keys in the table files, once rewritten", str(stale), "0", stale == 0,
               "the archived log keeps them until it expires: see docs/retention.md"),
    ]  # fmt: skip


def seconds(people: object) -> dict[int, object]:
    """A second person in each unit that erases."""
    from tests.cast import SINCE

    from fanal.access.models import Account, Membership
    from fanal.access.queries import member_from

    found = {}
    for name in ("officer", "centre_worker", "immigration_agent"):
        member = getattr(people, name)
        account = Account.objects.create_user(f"second-{name}@testland.example", None, name=name)
        row = Membership.objects.create(
            account=account, unit_id=member.unit_id, role=member.role, valid_from=SINCE
        )
        found[member.unit_id] = member_from(
            Membership.objects.select_related("unit", "account").get(pk=row.pk)
        )
    return found


def _wrapped(connection: psycopg.Connection) -> set[bytes]:
    rows = connection.execute("SELECT wrapped FROM access_subjectkey WHERE length(wrapped) > 0").fetchall()
    return {bytes(wrapped) for (wrapped,) in rows}


def _still_there(folder: Path, connection: psycopg.Connection, gone: set[bytes]) -> int:
    """Copies of destroyed keys in the table files after the table was rewritten; the log ahead is left out. A reader
    from before, such as the server's own vacuum, may ask for a second time."""
    from fanal.database import connect

    stale = len(gone)
    for _again in range(10):
        connection.execute("VACUUM (FULL) access_subjectkey")
        connection.execute("CHECKPOINT")
        base = b"".join(files(connect.embedded(folder).data_dir / "base"))
        stale = sum(key in base for key in gone)
        if not stale:
            break
        time.sleep(1)
    return stale


@contextmanager
def _written_down(path: Path) -> Iterator[None]:
    """Everything that is logged goes to a file too, down to the last detail."""
    handler, root = logging.FileHandler(path), logging.getLogger()
    root.addHandler(handler)
    level, root.level = root.level, logging.DEBUG
    try:
        yield
    finally:
        root.level = level
        root.removeHandler(handler)
