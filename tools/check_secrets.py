"""Refuses a secret in a tracked file that nobody has looked at; secrets_audited.toml holds those that are none."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class as kinds
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parent.parent
AUDITED = "tools/secrets_audited.toml"
OURS = {"name": "AgeSecretKey", "path": f"file://{ROOT / 'tools' / 'secret_kinds.py'}"}
Found = dict[tuple[str, str], str]


def main() -> int:
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    audited = tomllib.loads((root / AUDITED).read_text())["found"]
    found, files = scan(root)
    wrong = list(differences(found, audited))
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    if not wrong:
        sys.stdout.write(f"No secret in {files} files; {len(audited)} lines look like one and were read.\n")
    return bool(wrong)


def scan(root: Path) -> tuple[Found, int]:
    """What looks like a secret in the tracked files of `root`: (path, SHA-1 of the text) to kind and line."""
    listed = subprocess.run(  # nosec B603 (Git, with arguments of ours)
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    # A file that Git lists and somebody has just removed holds nothing.
    paths = [path for path in listed.split("\0") if path and path != AUDITED and (root / path).is_file()]
    theirs = [{"name": kind.__name__} for kind in kinds().values()]
    found: Found = {}
    with transient_settings({"plugins_used": [*theirs, OURS]}):
        kinds.cache_clear()  # it has learnt theirs without ours
        collection = SecretsCollection(root=str(root))
        collection.scan_files(*paths)
        for path, secret in collection:
            found[path, secret.secret_hash] = f"{secret.type} in line {secret.line_number}"
    return found, len(paths)


def differences(found: Found, audited: list[dict[str, str]]) -> Iterator[str]:
    """What nobody has read, and what was read and is no longer there. Never the secret itself.

    An entry names one text (`sha1`) or, for a folder where only invented values stand, a kind of finding (`kind`).
    """
    read: set[tuple[str, str]] = set()
    for entry in audited:
        meant = {
            (path, digest)
            for (path, digest), said in found.items()
            if path.startswith(entry["under"])
            and (digest == entry["sha1"] if "sha1" in entry else said.startswith(entry["kind"]))
        }
        if not meant:
            yield f"{AUDITED}: {entry['under']} no longer holds {entry.get('sha1') or entry['kind']}"
        read |= meant
    for path, digest in sorted(found.keys() - read):
        yield f"{path}: {found[path, digest]} (sha1 {digest})"


if __name__ == "__main__":
    sys.exit(main())
