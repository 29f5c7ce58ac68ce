"""Known advisories about every locked package; red too when a package could not be asked about.

pip-audit alone calls it a success when it had to skip everything. Here a package counts only when the advisory
service answered for it. Exit code 0: every package was checked, none is affected. 1: an advisory. 2: not all
could be checked. Needs the network, so it stands beside `make check`: a connected machine runs `make advisories`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from tools import lock

Answer = dict[str, Any]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--osv-url", help="ask this service, which speaks the OSV interface, instead of pip-audit's own"
    )
    asked.add_argument("--lock", type=Path, default=lock.PATH)
    options = asked.parse_args()
    locked = lock.read(options.lock.read_text())
    try:
        answers = audit(locked, options.osv_url)
    except ConnectionError as silent:
        sys.stdout.write(f"Could not be checked: {len(locked)} of {len(locked)} packages. {silent}\n")
        return 2
    affected, unchecked = list(advisories(answers)), list(not_checked(locked, answers))
    sys.stdout.write("".join(f"{line}\n" for line in [*affected, *unchecked]))
    sys.stdout.write(
        f"{len(locked) - len(unchecked)} of {len(locked)} locked packages checked, {len(affected)} advisories"
        f"{'. The others could not be checked' if unchecked else ''}.\n"
    )
    return 1 if affected else 2 if unchecked else 0


def audit(locked: list[lock.Locked], osv_url: str | None = None) -> list[Answer]:
    """What pip-audit says of each package. ConnectionError: it said nothing that can be read."""
    answers: list[Answer] = []
    left = list(locked)
    while left:
        # Two versions of a package, for two Pythons, are two questions: pip-audit takes a name once.
        once = {entry.name: entry for entry in reversed(left)}
        answers += _ask(list(once.values()), osv_url)
        left = [entry for entry in left if entry is not once[entry.name]]
    return answers


def _ask(locked: list[lock.Locked], osv_url: str | None) -> list[Answer]:
    with tempfile.TemporaryDirectory() as place:
        # Without markers: a package that only another system installs is checked too.
        listed = Path(place) / "requirements.txt"
        listed.write_text(
            "".join(f"{entry.name}=={entry.version} --hash={entry.hashes[0]}\n" for entry in locked)
        )
        service = ["--vulnerability-service", "osv", "--osv-url", osv_url] if osv_url else []
        ran = subprocess.run(  # noqa: S603 (our own interpreter)
            [
                *(sys.executable, "-m", "pip_audit", "--requirement", str(listed), "--disable-pip"),
                *("--format", "json", "--progress-spinner", "off", "--cache-dir", place, *service),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    try:
        answers: list[Answer] = json.loads(ran.stdout)["dependencies"]
    except (ValueError, KeyError) as unreadable:
        said = (ran.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        raise ConnectionError(said[:300]) from unreadable
    return answers


def advisories(answers: list[Answer]) -> Iterator[str]:
    for answer in answers:
        for found in answer.get("vulns", ()):
            repaired = ", ".join(found["fix_versions"]) or "no version yet"
            yield f"{answer['name']} {answer['version']}: {found['id']}, repaired in {repaired}"


def not_checked(locked: list[lock.Locked], answers: list[Answer]) -> Iterator[str]:
    """Locked packages that nobody answered for, in the version that is locked."""
    answered = {
        (canonicalize_name(answer["name"]), answer.get("version")) for answer in answers if "vulns" in answer
    }
    reasons = {canonicalize_name(answer["name"]): answer.get("skip_reason") for answer in answers}
    for entry in locked:
        if (entry.name, entry.version) not in answered:
            why = reasons.get(entry.name) or "nobody answered for this version"
            yield f"{entry.name} {entry.version}: could not be checked: {why}"


if __name__ == "__main__":
    sys.exit(main())
