"""A listener that hostile files call, should anything in them run or fetch; and the marks they would leave."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from proofs.uploads.case import LISTENER, OWNED


@dataclass
class Ear:
    """How often somebody called."""

    calls: int = 0


@contextmanager
def listening() -> Iterator[Ear]:
    ear = Ear()
    with socket.create_server(("127.0.0.1", LISTENER)) as server:
        server.settimeout(0.2)
        over = threading.Event()

        def hear() -> None:
            while not over.is_set():
                try:
                    caller, _address = server.accept()
                except TimeoutError:
                    continue
                ear.calls += 1
                caller.close()

        thread = threading.Thread(target=hear, daemon=True)
        thread.start()
        try:
            yield ear
        finally:
            over.set()
            thread.join()


def left_behind() -> list[str]:
    """Files that only an executed payload makes."""
    places = (Path("/tmp"), Path.cwd(), Path.home(), Path("/var/tmp"))  # noqa: S108
    return sorted({str(found) for place in places for found in place.glob(f"*{OWNED}*")})
