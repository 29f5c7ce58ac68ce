"""What requirements.lock says, entry by entry."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PATH = ROOT / "requirements.lock"
SPARK = ROOT / "tools" / "spark.lock"  # what stands beside Fanal and is in no environment of it
HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")
BY_US = "fanal (pyproject.toml"


@dataclass(frozen=True)
class Locked:
    """One entry: the requirement as written, its SHA-256 digests (`sha256:…`) and who asked for it."""

    requirement: Requirement
    hashes: tuple[str, ...]
    asked_by: tuple[str, ...]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        """The version that is locked, or nothing when the entry allows more than one."""
        exact = [s.version for s in self.requirement.specifier if s.operator == "==" and "*" not in s.version]
        return exact[0] if len(exact) == len(self.requirement.specifier) == 1 else ""


def read(text: str) -> list[Locked]:
    """The entries of a compiled requirements file. ValueError: a line that is neither entry, hash nor comment.

    So an option (an index, a local file, another requirements file) cannot slip in.
    """
    entries: list[Locked] = []
    for block in _blocks(text):
        requirement, hashes, comments = _parts(block)
        entries.append(Locked(requirement, hashes, tuple(re.findall(r"#\s+(?:via )?(\S.*)", comments))))
    return entries


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            if not blocks:
                raise ValueError(f"before any entry: {line!r}")
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _parts(block: list[str]) -> tuple[Requirement, tuple[str, ...], str]:
    head = block[0].removesuffix("\\").strip()
    if head.startswith("-"):
        raise ValueError(f"an option instead of a package: {head!r}")
    hashes: list[str] = []
    comments: list[str] = []
    for line in block[1:]:
        said = line.strip().removesuffix("\\").strip()
        if found := HASH.fullmatch(said):
            hashes.append(found[1])
        elif said.startswith("#"):
            comments.append(said)
        else:
            raise ValueError(f"neither a SHA-256 nor a comment: {said!r}")
    return Requirement(head), tuple(hashes), "\n".join(c for c in comments if c != "# via")
