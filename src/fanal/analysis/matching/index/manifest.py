"""The one small file that says which files of an index count, and under which secret and for what they were made."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from fanal.analysis.matching.keys import VERSION as KEYS

from .errors import Broken, ForeignIndex, UnknownVersion
from .segment import durable, settle

VERSION = 2
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`segments`, of which the first `kept` have rows that died before the changes of this `number` began."""

    secret: str
    made_for: str
    segments: tuple[str, ...]
    kept: int
    number: int

    @property
    def changes(self) -> str:
        return f"changes-{self.number}"

    @property
    def dead(self) -> str:
        return f"dead-{self.number}"

    def after(self, number: int, keep: int, names: list[str]) -> Self:
        return replace(self, segments=(*self.segments[:keep], *names), kept=keep, number=number)

    @classmethod
    def read(cls, folder: Path, secret: str, made_for: str) -> Self:
        """Refuses an unknown version (UnknownVersion), another secret, other keys or features than those asked for
        (ForeignIndex) and what cannot be read (Broken)."""
        try:
            about = json.loads((folder / MANIFEST).read_text())
            version, keys = about.pop("version"), about.pop("keys")
        except (OSError, ValueError, KeyError, AttributeError) as problem:
            raise Broken(
                f"{folder} holds no index that can be read. Rebuild it from its source."
            ) from problem
        if version != VERSION:
            raise UnknownVersion(
                f"The index has version {version}; this program knows version {VERSION}. Rebuild it."
            )
        if (about.get("secret"), keys) != (secret, KEYS):
            raise ForeignIndex(
                "The index was made under another secret or with other keys. Open it with its own."
            )
        if made_for and about.get("made_for") != made_for:
            raise ForeignIndex("The index was made with another model. Open it with that one, or rebuild it.")
        try:
            return cls(**(about | {"segments": tuple(about["segments"])}))
        except (KeyError, TypeError) as problem:
            raise Broken(
                f"{folder} holds no index that can be read. Rebuild it from its source."
            ) from problem

    def publish(self, folder: Path) -> None:
        """From one moment to the next these files count and no others; the list of changes begins empty."""
        durable(folder / self.changes, b"")
        draft = folder / f"{MANIFEST}.new"
        durable(draft, json.dumps({"version": VERSION, "keys": KEYS} | asdict(self)).encode())
        os.replace(draft, folder / MANIFEST)
        settle(folder)


def state(manifest: str) -> tuple[int, int]:
    """What changes when another process publishes."""
    try:
        stat = os.stat(manifest)
    except OSError as problem:
        raise Broken(f"There is no {manifest}. Rebuild the index from its source.") from problem
    return stat.st_ino, stat.st_mtime_ns
