"""One file of the corpus: what it is, and what must become of it."""

from dataclasses import dataclass

LISTENER = 8149
PORT_MARK = b"127.0.0.1:%d" % LISTENER
"""Stands in files that call somewhere: there somebody listens while they are read."""
OWNED = "fanal-owned"
TARGET = f"/tmp/{OWNED}"  # noqa: S108 (where a harmful file would write)
"""Stands in the name of whatever a file would make, were it executed."""
CANARY = b"CANARY-7d1f"
"""Stands where a working copy must no longer have it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file. `accepted`: a good reader keeps it and makes a copy from which `never` (besides the canary) is gone;
    `either`: it may be refused as well. Otherwise it must be refused."""

    name: str
    data: bytes
    accepted: bool = False
    either: bool = False
    never: tuple[bytes, ...] = ()
    file_name: str = ""

    @property
    def sent_as(self) -> str:
        """The name under which it is sent."""
        return self.file_name or f"{self.name}.jpg"


def refused(name: str, data: bytes, **more: str) -> Case:
    return Case(name, data, **more)


def tamed(name: str, data: bytes, *never: bytes, either: bool = False) -> Case:
    """A file that is kept, without what makes it harmful."""
    return Case(name, data, accepted=True, either=either, never=never)


def unsure(name: str, data: bytes, *never: bytes) -> Case:
    """A file that may be kept, tamed, or refused; never anything else."""
    return tamed(name, data, *never, either=True)
