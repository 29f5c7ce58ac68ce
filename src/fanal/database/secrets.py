"""The secrets of one installation: generated once, kept in one file that only its owner reads."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex, token_urlsafe

from fanal.database.errors import DatabaseFault


@dataclass(frozen=True, repr=False)
class Secrets:
    """`*_password` and `django_secret_key` are text; the three keys are 32 bytes written in hexadecimal."""

    superuser_password: str
    owner_password: str
    runtime_password: str
    django_secret_key: str
    context_key: str
    vault_key: str
    token_key: str


def load(var_dir: Path) -> Secrets:
    """The secrets of the installation whose variable files are in `var_dir`, made on the first call.

    Two processes that call it at the same time get the same secrets. Refuses with `DatabaseFault` a file
    that others can read, that cannot be read or that misses a secret: a missing key is never replaced,
    since what it protected would be lost unnoticed.
    """
    path = var_dir / "secrets.json"
    if not path.exists():
        _create(path)
    if path.stat().st_mode & 0o077:
        raise DatabaseFault(f"{path} can be read by others than its owner. Run: chmod 600 {path}")
    try:
        return Secrets(**json.loads(path.read_text()))
    except (OSError, ValueError, TypeError) as problem:
        raise DatabaseFault(
            f"{path} cannot be used ({problem}). Restore it from a backup; "
            f"a new one would not open what the old one protects."
        ) from problem


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
    values = asdict(
        Secrets(
            superuser_password=token_urlsafe(32),
            owner_password=token_urlsafe(32),
            runtime_password=token_urlsafe(32),
            django_secret_key=token_urlsafe(48),
            context_key=token_hex(32),
            vault_key=token_hex(32),
            token_key=token_hex(32),
        )
    )
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secrets-")  # mkstemp makes it 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            json.dump(values, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # unlike rename, never replaces the file of whoever came first
        except FileExistsError:
            return
    finally:
        os.unlink(draft)
