"""The server's main process, as the operating system knows it.

After a crash `postmaster.pid` names a process that is gone, that became something else, or that is dead but
not yet buried (a zombie, which `pg_ctl status` takes for alive). Each keeps the next server from starting.
"""

import time
from pathlib import Path

import psutil

from fanal.database.errors import DatabaseFault


def find(data_dir: Path) -> psutil.Process | None:
    """The living postmaster of `data_dir`, or None."""
    try:
        first_line = (data_dir / "postmaster.pid").read_text().partition("\n")[0]
        process = psutil.Process(int(first_line))
        return process if _serves(process, data_dir) else None
    except (FileNotFoundError, ValueError, psutil.Error):
        return None


def clear_remains(data_dir: Path, *, patience: float) -> None:
    """Removes the pid file of a dead server, once the last of its children is gone.

    Refused with `DatabaseFault`: a server that lives but does not answer, or children that outlive
    `patience` seconds, since two servers on the same files would destroy them.
    """
    alive = find(data_dir)
    if alive is not None:
        raise DatabaseFault(
            f"A PostgreSQL server (process {alive.pid}) holds {data_dir} but does not answer. "
            f"Wait for it, or stop it: kill -INT {alive.pid}"
        )
    limit = time.monotonic() + patience
    while orphans := _servers_of(data_dir):
        if time.monotonic() > limit:
            pids = ", ".join(str(process.pid) for process in orphans)
            raise DatabaseFault(
                f"Processes {pids} of a crashed server still hold {data_dir}. Stop them first."
            )
        time.sleep(0.05)
    (data_dir / "postmaster.pid").unlink(missing_ok=True)


def _servers_of(data_dir: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["name"]):
        try:
            if process.info["name"] == "postgres" and _serves(process, data_dir):
                found.append(process)
        except psutil.Error:
            continue
    return found


def _serves(process: psutil.Process, data_dir: Path) -> bool:
    # A zombie has no working folder any more; every living PostgreSQL process works in its data folder.
    return process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == data_dir.resolve()
