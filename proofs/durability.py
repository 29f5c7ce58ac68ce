"""A backup that comes back whole or not at all, and a log from which any instant is recovered."""

import random
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pyrage

from fanal.config.durability import drill, reach
from fanal.config.durability.archive import identities, opened_file, parts
from fanal.config.durability.backup import backup
from fanal.config.durability.faults import BadArchive
from fanal.config.durability.reach import Reach
from fanal.database import connect, roles, secrets
from fanal.database.cluster import SUPERUSER
from proofs.figure import Figure, Tell
from proofs.house import house

FLIPS, ROWS, INSTANTS, DEMONSTRATION = 200, 400, 12, 0.1


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    """`scale` 1: a demonstration of a tenth, 200 flipped bytes, 12 instants of the log."""
    with house() as folder, tempfile.TemporaryDirectory(prefix="fanal-saved-") as saved:
        from fanal.audit.services.sealing import seal
        from fanal.config import demo

        demo.seed(seed=seed, scale=DEMONSTRATION * scale, tell=tell)
        seal(at=datetime.now(UTC))
        found = round_trip(folder, Path(saved), flips=max(20, round(FLIPS * scale)), seed=seed, tell=tell)
    return found + log(rows=max(40, round(ROWS * scale)), instants=max(2, round(INSTANTS * scale)), tell=tell)


def round_trip(var: Path, saved: Path, *, flips: int, seed: int, tell: Tell) -> list[Figure]:
    """The house in `var` backed up, brought back beside itself and compared; then the file with one byte changed."""
    from fanal.config.durability.restore import restore

    identity = pyrage.x25519.Identity.generate()
    keyfile = saved / "keeper.key"
    keyfile.write_text(f"{identity}\n")
    ours, begun = secrets.load(var), time.monotonic()
    path, told = backup(
        target=saved,
        recipients=[str(identity.to_public())],
        to=reach.reach(var),
        secrets=ours,
        at=datetime.now(UTC),
        tell=tell,
    )
    wrote, begun = time.monotonic() - begun, time.monotonic()
    done = restore(
        source=path, keyfile=keyfile, to=_beside(var), secrets=ours, tell=tell
    )  # raises where a table, a wall or the trace differs
    back = time.monotonic() - begun
    opened = _flipped(path, keyfile, flips=flips, seed=seed, tell=tell)
    note = (
        f"{path.stat().st_size / 1e6:.1f} MB in {wrote:.1f} s, back in {back:.1f} s; "
        f"{done.trace.lines:,} lines of the trace, {done.trace.sealed:,} sealed"
    )
    return [
        Figure("tables equal after a restore", f"{len(told.tables)}", "all", done.manifest == told, note),
        Figure("rows equal after a restore", f"{done.rows:,}", "> 0", done.rows > 0),
        Figure("backups with one flipped byte that were opened", f"{opened} of {flips}", "0", opened == 0),
    ]


def log(*, rows: int, instants: int, tell: Tell) -> list[Figure]:
    """The drill of the recovery."""
    found = drill.drill(rows=rows, keep=0.1, tell=tell, instants=instants)
    exact = sum(one.passed for one in found)
    slowest = max(one.seconds for one in found)
    return [
        Figure(
            "instants recovered with exactly what was committed",
            str(exact),
            str(instants),
            exact == instants,
            f"{rows} rows at known instants, the data destroyed each time; slowest {slowest:.1f} s",
        )
    ]


def _flipped(path: Path, keyfile: Path, *, flips: int, seed: int, tell: Tell) -> int:
    """How many of `flips` copies, one bit of one byte changed in each, are read to the end as authentic."""
    content, draw, opened = bytearray(path.read_bytes()), random.Random(seed), 0
    ends = [0, 22, 30, 100, len(content) - 17, len(content) - 1]  # the head, and the last block
    places = ends + [draw.randrange(len(content)) for _ in range(flips - len(ends))]
    copy, keys = path.with_name("flipped.age"), identities(keyfile)
    for number, place in enumerate(places, start=1):
        content[place] ^= 1 << draw.randrange(8)
        copy.write_bytes(content)
        content[:] = path.read_bytes()
        opened += _opens(copy, keys)
        tell("Bytes flipped", number, flips)
    return opened


def _opens(path: Path, keys: list[pyrage.x25519.Identity]) -> bool:
    try:
        with opened_file(path, keys) as stream:
            for _, pieces in parts(stream):
                for _piece in pieces:
                    pass
    except BadArchive:
        return False
    return True


def _beside(var: Path) -> Reach:
    """An empty database in the same cluster, prepared as at an installation."""
    cluster = connect.embedded(var)
    roles.prepare(cluster, "fanal_back")
    owner, runtime = (
        roles.Login(role, cluster.parameters(role)["password"], "fanal_back")
        for role in (roles.Names.owner, roles.Names.runtime)
    )
    return Reach(cluster.url("fanal_back", SUPERUSER), owner, runtime)
