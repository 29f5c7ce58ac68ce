"""One PostgreSQL cluster that Fanal starts and stops itself: passwords by SCRAM, checksums, no TCP."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from fanal.database import account, binaries, postmaster
from fanal.database.errors import DatabaseFault
from fanal.database.secrets import Secrets

SUPERUSER = "postgres"
PORT = 5432  # only a part of the socket's file name: no TCP port is opened
PATIENCE = 60  # seconds for a start or a stop; recovery after a crash happens inside it

# Passed on every start, so that no file in the cluster can loosen them.
SETTINGS = {
    "listen_addresses": "",
    "password_encryption": "scram-sha-256",
    "unix_socket_permissions": "0700",
    "jit": "off",  # our statements are short: compiling them costs more than it saves
    # An error quotes what it met, its detail the row, and a log is no place for a person: errors of statements are
    # told to who sent them, and only what concerns the server itself is logged.
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_lock_waits": "off",
    "log_checkpoints": "off",
}


class Cluster:
    """A data folder and the programs that serve it.

    Every act is safe to repeat, and holds against another process doing the same at the same time.
    """

    def __init__(self, data_dir: Path, bin_dir: Path, secrets: Secrets) -> None:
        self.account = account.server_account()
        self.data_dir = account.reachable_folder(data_dir.absolute(), self.account)
        self.socket_dir = _socket_dir(self.data_dir)
        self._asked_bin_dir = bin_dir
        self._secrets = secrets

    def url(self, database: str, role: str) -> str:
        """The address of `database` for `role`: `postgres`, `fanal_owner` or `fanal_runtime`.

        `requirepeer` keeps the password from a stranger who would listen in our socket's place.
        """
        parts = self.parameters(role)
        host = quote(parts["host"], safe="")
        return (
            f"postgresql://{role}:{quote(parts['password'], safe='')}@{host}:{PORT}/{quote(database)}"
            f"?requirepeer={quote(parts['requirepeer'])}"
        )

    def parameters(self, role: str) -> dict[str, str]:
        """What libpq needs to connect as `role`, apart from the database's name."""
        passwords = {
            SUPERUSER: self._secrets.superuser_password,
            "fanal_owner": self._secrets.owner_password,
            "fanal_runtime": self._secrets.runtime_password,
        }
        if role not in passwords:
            raise DatabaseFault(f"The cluster has no login role {role!r}; it has {', '.join(passwords)}.")
        return {
            "host": str(self.socket_dir),
            "port": str(PORT),
            "user": role,
            "password": passwords[role],
            "requirepeer": self.account.name,
        }

    def is_running(self) -> bool:
        """Whether the server accepts connections. Asks the server itself: its pid file outlives it."""
        return self._run("pg_isready", "-q", "-h", str(self.socket_dir), "-p", str(PORT)).returncode == 0

    def ensure_initialised(self) -> None:
        """Creates the cluster unless it exists. Refused with `DatabaseFault`: one of another version."""
        with self._alone():
            self._initialise()

    def start(self) -> None:
        """Starts the server, creating the cluster first if needed; clears what a crash left behind."""
        with self._alone():
            if self.is_running() or self._is_on_its_way():
                return
            self._initialise()
            postmaster.clear_remains(self.data_dir, patience=PATIENCE)
            self._renew_socket_dir()
            log = self.data_dir / "server.log"
            settings = SETTINGS | {"unix_socket_directories": str(self.socket_dir), "port": str(PORT)}
            options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
            if self._pg_ctl("start", "-l", str(log), "-o", options).returncode:
                raise DatabaseFault(f"PostgreSQL did not start. The end of {log} says:\n{tail(log)}")

    def stop(self) -> None:
        """Stops the server in an orderly way; open transactions are rolled back."""
        with self._alone():
            if postmaster.find(self.data_dir) is not None:
                self._pg_ctl("stop", "-m", "fast")
            if postmaster.find(self.data_dir) is not None:
                raise DatabaseFault(f"PostgreSQL in {self.data_dir} did not stop within {PATIENCE} seconds.")
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """The server runs inside this block; whoever leaves the last such block of all processes stops it."""
        with self._lock_file("users") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            self.start()
            try:
                yield
            finally:
                if _take(lock):
                    self.stop()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock_file("lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _lock_file(self, kind: str) -> Iterator[int]:
        account.make_folder(self.data_dir.parent)
        path = self.data_dir.with_name(f"{self.data_dir.name}.{kind}")
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError as problem:
            raise DatabaseFault(
                f"{path} belongs to another account: run as the account that made it."
            ) from problem
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _is_on_its_way(self) -> bool:
        """Waits for a server that recovers or shuts down, until it answers (True) or is gone (False)."""
        limit = time.monotonic() + PATIENCE
        while postmaster.find(self.data_dir) is not None and time.monotonic() < limit:
            if self.is_running():
                return True
            time.sleep(0.1)
        return False

    def _initialise(self) -> None:
        marker = self.data_dir / "PG_VERSION"
        offered = binaries.version(self._asked_bin_dir)
        if marker.exists():
            if int(marker.read_text()) != offered:
                raise DatabaseFault(
                    f"{self.data_dir} belongs to PostgreSQL {marker.read_text().strip()}, the programs in "
                    f"{self._asked_bin_dir} are {offered}. Set FANAL_POSTGRES to the version it was made "
                    f"with, or move its content by pg_dump."
                )
            return
        if not self.account.reaches(self.data_dir.parent):
            raise DatabaseFault(f"The account {self.account.name} cannot reach {self.data_dir.parent}.")
        # Made under another name: a half-made cluster never takes the place of a whole one.
        draft = self.data_dir.with_name(f"{self.data_dir.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.account.own(draft)
        self._initdb(draft, offered)
        draft.rename(self.data_dir)

    def _initdb(self, folder: Path, version: int) -> None:
        # Code points order text the same way on every machine; what people read is sorted by sort keys.
        builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8") if version >= 17 else ()
        # A lent account must reach it; mkstemp makes a name nobody foresees, readable by its owner alone.
        with tempfile.NamedTemporaryFile("w", prefix="fanal-", dir="/tmp") as password:  # nosec B108
            password.write(self._secrets.superuser_password + "\n")
            password.flush()
            self.account.own(Path(password.name))
            done = self._run(
                "initdb",
                f"--pgdata={folder}",
                f"--username={SUPERUSER}",
                f"--pwfile={password.name}",
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                *builtin,
            )
        if done.returncode:
            raise DatabaseFault(f"PostgreSQL could not create {self.data_dir}:\n{done.stdout}")

    def _renew_socket_dir(self) -> None:
        """An empty folder for the socket: after a crash it still holds the lock of the dead server."""
        if self.socket_dir.is_symlink() or self.socket_dir.exists():
            if self.socket_dir.lstat().st_uid not in {os.geteuid(), self.account.uid}:
                raise DatabaseFault(f"{self.socket_dir} belongs to somebody else; remove it.")
            shutil.rmtree(self.socket_dir)
        self.socket_dir.mkdir(mode=0o700)
        self.account.own(self.socket_dir)

    def _pg_ctl(self, act: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", act, "-s", "-D", str(self.data_dir), "-w", "-t", str(PATIENCE), *arguments)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs one of PostgreSQL's programs as the server's account; all it said is in `stdout`."""
        lent = self.account.lent
        bin_dir = account.reachable_binaries(self._asked_bin_dir, self.account)
        return subprocess.run(  # noqa: S603 (a program of the installation)
            [bin_dir / program, *arguments],
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            user=self.account.uid if lent else None,
            group=self.account.gid if lent else None,
            extra_groups=[] if lent else None,
        )


def _take(lock: int) -> bool:
    """Whether nobody else holds the lock that we share."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _socket_dir(data_dir: Path) -> Path:
    # A socket's path may not exceed 107 bytes, and a data folder's often does.
    folder = Path("/run") if os.access("/run", os.W_OK) else Path("/tmp")  # noqa: S108
    return folder / f"fanal-{account.digest(data_dir)}"


def tail(log: Path, lines: int = 15) -> str:
    """The end of a server's log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else "(no log)"
