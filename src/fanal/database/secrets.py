"""The secrets of one installation: generated once, kept in one file that only its owner reads."""

import fcntl
import json
import os
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from secrets import token_hex, token_urlsafe

from fanal.database.errors import DatabaseFault


@dataclass(frozen=True, repr=False)
class Secrets:
    """`*_password` and `django_secret_key` are text; the four keys are 32 bytes written in hexadecimal."""

    superuser_password: str
    owner_password: str
    runtime_password: str
    django_secret_key: str
    context_key: str
    vault_key: str
    token_key: str
    audit_key: str


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
        values = json.loads(path.read_text())
        return Secrets(**(_with_later(path) if _is_of_before(values) else values))
    except (OSError, ValueError, TypeError) as problem:
        raise DatabaseFault(
            f"{path} cannot be used ({problem}). Restore it from a backup; "
            f"a new one would not open what the old one protects."
        ) from problem


LATER = ("audit_key",)
"""Secrets that an installation made by an earlier version does not have: nothing was protected by them yet. Where the
key did exist and is lost, the sealer says so: its last statement names the key that signed it."""


def _is_of_before(values: object) -> bool:
    """Whether the file lacks nothing but what came with a later version."""
    everything = {each.name for each in fields(Secrets)}
    return isinstance(values, dict) and values.keys() < everything and everything - values.keys() <= {*LATER}


def _with_later(path: Path) -> dict[str, str]:
    """The file's secrets and those that came later, added once however many processes start at this moment."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        values: dict[str, str] = json.loads(path.read_text())
        if _is_of_before(values):
            values |= {name: token_hex(32) for name in LATER if name not in values}
            os.replace(_draft(path, values), path)
        return values
    finally:
        os.close(folder)


def _draft(path: Path, values: dict[str, str]) -> str:
    """A file of these secrets beside `path`, on the disk and only its owner's."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secrets-")  # mkstemp makes it 0600
    with os.fdopen(descriptor, "w") as file:
        json.dump(values, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return draft


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
            audit_key=token_hex(32),
        )
    )
    draft = _draft(path, values)
    try:
        os.link(draft, path)  # unlike rename, never replaces the file of whoever came first
    except FileExistsError:
        return
    finally:
        os.unlink(draft)
