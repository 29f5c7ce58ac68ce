"""Processes of ours that a test starts: with their own variable files, never with the suite's settings."""

import os
import socket
from pathlib import Path

OURS = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "DATABASE_OWNER_URL", "PORT")


def environment(var: Path) -> dict[str, str]:
    """The environment of a fresh installation of testland in `var`."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return kept | {"FANAL_VAR": str(var), "FANAL_COUNTRY": "testland", "COLUMNS": "120", "NO_COLOR": "1"}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
