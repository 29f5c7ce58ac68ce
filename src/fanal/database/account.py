"""Who runs the server. PostgreSQL refuses to run as root, so root lends it a system account."""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fanal.database.errors import DatabaseFault

LENT = ("postgres", "nobody")
REFUGE = Path("/var/lib/fanal")


@dataclass(frozen=True)
class Account:
    """An account of the operating system; `lent` when it is not the one we run as."""

    name: str
    uid: int
    gid: int
    lent: bool

    def own(self, path: Path) -> None:
        """Gives the account a file or folder of ours."""
        if self.lent:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether the account may walk down to `path`, whose last parts need not exist yet."""
        folders = [*reversed(path.absolute().parents), path.absolute()]
        return not self.lent or all(self._enters(folder.stat()) for folder in folders if folder.is_dir())

    def _enters(self, folder: os.stat_result) -> bool:
        if folder.st_uid == self.uid:
            return bool(folder.st_mode & stat.S_IXUSR)
        if folder.st_gid == self.gid:
            return bool(folder.st_mode & stat.S_IXGRP)
        return bool(folder.st_mode & stat.S_IXOTH)


def server_account() -> Account:
    """The account the server runs as: ours, or for root the first of `LENT` that exists."""
    if os.geteuid() != 0:
        mine = pwd.getpwuid(os.geteuid())
        return Account(mine.pw_name, mine.pw_uid, mine.pw_gid, lent=False)
    for name in LENT:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_name, found.pw_uid, found.pw_gid, lent=True)
    raise DatabaseFault(
        f"PostgreSQL does not run as root and none of {LENT} exists. Run: useradd -r postgres"
    )


def reachable_folder(path: Path, account: Account) -> Path:
    """`path`, or a folder of our own in its stead where root's account cannot walk to it (below /root)."""
    if account.reaches(path):
        return path
    return REFUGE / digest(path) / path.name


def reachable_binaries(bin_dir: Path, account: Account) -> Path:
    """`bin_dir`, or a copy of the installation it belongs to where root's account cannot walk to it."""
    if account.reaches(bin_dir):
        return bin_dir
    prefix = bin_dir.parent
    package = prefix.parent
    home = REFUGE / f"postgresql-{digest(prefix)}"
    copy = home / package.name / prefix.name
    if not copy.exists():
        make_folder(REFUGE)
        draft = home.with_name(f"{home.name}.{os.getpid()}")
        shutil.copytree(prefix, draft / package.name / prefix.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")  # a wheel keeps its libraries beside itself
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        try:
            draft.rename(home)
        except OSError:  # another process was faster
            shutil.rmtree(draft)
    return copy / bin_dir.name


def make_folder(path: Path, mode: int = 0o711) -> None:
    """Makes `path` and its missing parents; the ones that exist are left as they are."""
    for folder in [*reversed(path.parents), path]:
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)


def digest(path: Path) -> str:
    return sha256(os.fsencode(path.absolute())).hexdigest()[:12]
