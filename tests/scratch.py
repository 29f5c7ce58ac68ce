"""Folders for throwaway clusters, in memory where there is room; and what killed sessions left, removed."""

import os
import shutil
from pathlib import Path

import psutil

from fanal.database.connect import embedded

PREFIX = "fanal-tests-"
ROOM = 2 * 1024**3  # bytes; two workers and their logs stay far below


def root() -> Path:
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return memory if roomy else Path("/tmp")


def session_folder() -> Path:
    """The folder of this process. Not pytest's own: PostgreSQL's account must be able to walk to it."""
    folder = root() / f"{PREFIX}{os.getpid()}"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    return folder


def remove(folder: Path) -> None:
    embedded(folder).stop()
    shutil.rmtree(folder)


def sweep() -> None:
    """Removes the folders, and the servers, of sessions that did not live to do it."""
    for folder in root().glob(f"{PREFIX}*"):
        session = folder.name.removeprefix(PREFIX)
        if (
            folder.owner() == session_folder().owner()
            and session.isdigit()
            and not psutil.pid_exists(int(session))
        ):
            remove(folder)
