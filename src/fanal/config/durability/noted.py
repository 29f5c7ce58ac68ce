"""A note in FANAL_VAR about the last backup that was made, for whoever watches its age (`fanal doctor`)."""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

NOTE = "last-backup.json"


def write(var: Path, *, at: datetime, path: Path) -> None:
    """Note when it was made, its size in bytes and its SHA-256; never half a note."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    said = {"at": at.isoformat(timespec="seconds"), "size": path.stat().st_size, "digest": digest}
    draft = var / f"{NOTE}.{os.getpid()}"
    draft.write_text(json.dumps(said) + "\n")
    draft.replace(var / NOTE)
