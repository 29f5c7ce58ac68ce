"""The house as an operator runs it: two web servers, worker, sealer, database; and who starts them again."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import psutil

from fanal.config.commands.serving import port_is_free
from fanal.database import connect, postmaster
from fanal.database.errors import DatabaseFault

WEBS = 2
GROUPS = ("worker", "sealer")
KINDS = (
    "web worker",
    "web server",
    "database backend",
    "postmaster",
    "whole database",
    "sealer",
    "worker",
    "database and sealer",
    "everything",
)


class Parts:
    """What runs. `kill` is `kill -9`; a watch starts again what died, as systemd would."""

    def __init__(self, folder: Path) -> None:
        self.cluster = connect.embedded(folder)
        taken = (port for port in range(8150, 8160) if port_is_free(port))
        self.ports = [next(taken) for _ in range(WEBS)]
        self._groups: dict[str, int] = {}
        self._over = threading.Event()
        self._nursery = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nursery.py"))],
            env=os.environ | {"FANAL_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "fanal.config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self.fault: BaseException | None = None
        self._watch = threading.Thread(target=self._keep_alive, daemon=True)
        self._watch.start()

    def kill(self, kind: str, random: Random) -> bool:
        """Kill by the name of the kind; False where nothing of it lives at this moment."""
        web = f"web {random.choice(self.ports)}"
        acts: dict[str, list[Callable[[], bool]]] = {
            "web worker": [lambda: self._kill_child(web)],
            "web server": [lambda: self._kill_group(web)],
            "database backend": [lambda: self._kill_backend(random)],
            "postmaster": [lambda: self._kill_database(whole=False)],
            "whole database": [lambda: self._kill_database(whole=True)],
            "sealer": [lambda: self._kill_group("sealer")],
            "worker": [lambda: self._kill_group("worker")],
            "database and sealer": [
                lambda: self._kill_group("sealer"),
                lambda: self._kill_database(whole=True),
            ],
            "everything": [
                *(lambda name=name: self._kill_group(name) for name in list(self._groups)),  # type: ignore[misc]
                lambda: self._kill_database(whole=True),
            ],
        }
        killed = [act() for act in acts[kind]]  # every one of them, whatever the others found
        return all(killed)

    def stop(self) -> None:
        self._over.set()
        self._watch.join()
        for name in list(self._groups):
            self._kill_group(name)
        if self._nursery.stdin is not None:
            self._nursery.stdin.close()
        self._nursery.wait(10)
        if self._nursery.stdout is not None:
            self._nursery.stdout.close()
        if self.fault is not None:
            raise self.fault

    def _keep_alive(self) -> None:
        try:
            while not self._over.wait(0.05):
                self._revive()
        except BaseException as fault:
            self.fault = fault

    def _revive(self) -> None:
        if postmaster.find(self.cluster.data_dir) is None:
            with suppress(DatabaseFault):  # the dying still hold the files: the next round tries again
                self.cluster.start()
        for name in (*(f"web {port}" for port in self.ports), *GROUPS):
            if not _lives(self._groups.get(name)):
                self._groups[name] = self._fork(name)

    def _fork(self, name: str) -> int:
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        if name in self._groups:
            _kill_all(self._groups[name])  # a worker that outlived its server holds the port
        self._nursery.stdin.write(name + "\n")
        return int(self._nursery.stdout.readline())

    def _kill_group(self, name: str) -> bool:
        return _kill_all(self._groups.get(name, 0))

    def _kill_child(self, name: str) -> bool:
        try:
            children = psutil.Process(self._groups.get(name, 0)).children()
        except psutil.Error:
            return False
        for child in children:
            _kill(child)
        return bool(children)

    def _kill_backend(self, random: Random) -> bool:
        serving = [each for each in self._database() if "fanal_runtime" in _name(each)]
        return bool(serving) and _kill(random.choice(serving))

    def _kill_database(self, *, whole: bool) -> bool:
        everybody = self._database()
        for each in everybody if whole else everybody[:1]:
            _kill(each)
        return bool(everybody)

    def _database(self) -> list[psutil.Process]:
        main = postmaster.find(self.cluster.data_dir)
        with suppress(psutil.Error):
            return [main, *main.children()] if main else []
        return []


@contextmanager
def running(folder: Path) -> Iterator[Parts]:
    """The parts of the house in a folder, whose database already answers."""
    parts = Parts(folder)
    try:
        _await(parts)
        yield parts
    finally:
        parts.stop()


def _await(parts: Parts) -> None:
    limit = time.monotonic() + 60
    while any(port_is_free(port) for port in parts.ports):
        if time.monotonic() > limit or parts.fault is not None:
            raise parts.fault or TimeoutError("the house does not answer")
        time.sleep(0.1)


def _lives(group: int | None) -> bool:
    try:
        return group is not None and psutil.Process(group).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _kill_all(group: int) -> bool:
    if not group:
        return False
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _kill(process: psutil.Process) -> bool:
    try:
        process.kill()
    except psutil.Error:
        return False
    return True


def _name(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
