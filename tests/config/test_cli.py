"""The command line as its caller meets it: processes, what they print, their exit codes."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.processes import environment

from fanal.database import roles
from fanal.database.cluster import SUPERUSER, Cluster
from fanal.database.connect import embedded

COMMANDS = (
    "serve", "demo", "migrate", "load-country", "import", "tokens", "deadlines", "bench", "backup", "restore",
    "archive", "erased", "manage",
)  # fmt: skip


@pytest.fixture
def fanal(folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `fanal …` with variable files of its own; keyword arguments are environment variables."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "fanal", *arguments],
            env=environment(folder) | variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


Run = Callable[..., subprocess.CompletedProcess[str]]


def test_help_lists_the_commands_and_what_exit_codes_mean(fanal: Run) -> None:
    told = fanal("--help")
    assert told.returncode == 0
    assert all(f" {command} " in told.stdout for command in COMMANDS)
    assert all(f"{code}: " in told.stdout for code in range(5))


@pytest.mark.parametrize("command", COMMANDS[:-1])
def test_every_command_explains_itself(fanal: Run, command: str) -> None:
    told = fanal(command, "--help")
    assert told.returncode == 0
    assert f"Usage: fanal {command}" in told.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("deadlines", "--on", "2026-02-30"),
        ("migrate", "--print-roles-sql"),
        ("import", "nrm", "/no/such/file.csv"),
        ("serve", "--port", "70000"),
    ],
)
def test_a_wrong_call_is_exit_code_2(fanal: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    told = fanal(*arguments)
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    assert list(folder.iterdir()) == []


def test_a_taken_port_is_said_before_anything_starts(fanal: Run, folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        told = fanal("serve", PORT=str(other.getsockname()[1]))
    assert told.returncode == 2
    assert "is taken" in told.stderr
    assert list(folder.iterdir()) == []


def test_migrate_makes_everything_once_and_stops_the_server(fanal: Run, folder: Path) -> None:
    first = fanal("migrate")
    assert (first.returncode, first.stderr.count("Traceback")) == (0, 0)
    assert "migrations done" in first.stdout
    assert not embedded(folder).is_running()
    assert "up to date" in fanal("migrate").stdout
    shown = fanal("manage", "showmigrations", "--plan")  # a command of Django finds the database started
    assert shown.returncode == 0
    assert "[X]" in shown.stdout
    assert "[ ]" not in shown.stdout
    assert fanal("manage", "no_such_command").returncode == 1


def test_programs_that_are_missing_are_a_readable_fault(fanal: Run) -> None:
    told = fanal("migrate", FANAL_POSTGRES="/nowhere")
    assert told.returncode == 1
    assert told.stderr.startswith("No PostgreSQL 15 to 18 found")


def test_a_country_without_a_pack_is_a_data_problem(fanal: Run) -> None:
    told = fanal("load-country", FANAL_COUNTRY="atlantis")
    assert told.returncode == 4
    assert "atlantis" in told.stderr
    assert "Traceback" not in told.stderr


def test_an_unsafe_database_is_refused_with_exit_code_3(
    fanal: Run, database_url: Callable[[str], str], postgres: Cluster
) -> None:
    told = fanal("migrate", DATABASE_URL=database_url(SUPERUSER))
    assert told.returncode == 3
    assert "is a superuser" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.fixture
def theirs(postgres: Cluster) -> Iterator[tuple[str, str]]:
    """Addresses of runtime and owner on a server that is not ours to start."""
    reach = f"@{str(postgres.socket_dir).replace('/', '%2F')}:5432/theirs_{os.getpid()}"
    addresses = f"postgresql://their_web:one{reach}", f"postgresql://their_lead:two{reach}"
    yield addresses
    with psycopg.connect(postgres.url("postgres", SUPERUSER), autocommit=True) as superuser:
        superuser.execute(f"DROP DATABASE IF EXISTS theirs_{os.getpid()} WITH (FORCE)")
        superuser.execute("DROP ROLE IF EXISTS their_web; DROP ROLE IF EXISTS their_lead")


def test_another_server_from_nothing_to_migrated(
    fanal: Run, theirs: tuple[str, str], postgres: Cluster, folder: Path
) -> None:
    runtime, owner = theirs
    script = fanal("migrate", "--print-roles-sql", DATABASE_URL=runtime, DATABASE_OWNER_URL=owner)
    assert script.returncode == 0
    # psql's own commands (\connect) are lines; everything else is one statement a line.
    with psycopg.connect(postgres.url("postgres", SUPERUSER), autocommit=True) as superuser:
        before, _, after = script.stdout.partition("\\connect")
        for line in before.splitlines():
            superuser.execute(line)
    with psycopg.connect(
        postgres.url(roles.read_url(owner).database, SUPERUSER), autocommit=True
    ) as superuser:
        for line in after.splitlines()[1:]:
            superuser.execute(line)
    alone = fanal("migrate", DATABASE_URL=runtime)
    assert alone.returncode == 1
    assert "DATABASE_OWNER_URL" in alone.stderr
    both = fanal("migrate", DATABASE_URL=runtime, DATABASE_OWNER_URL=owner)
    assert both.returncode == 0, both.stderr
    assert "up to date" in fanal("migrate", DATABASE_URL=runtime).stdout
    assert not (folder / "postgres").exists()
