"""Bandit over the sources; a place that `# noqa: Snnn` excuses for ruff is excused for bandit's Bnnn too.

So a dangerous call is excused once, where it stands, with its reason. The rules that are switched off everywhere
stand in pyproject.toml, each with its reason.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tools")


def main() -> int:
    folders = sys.argv[1:] or list(FOLDERS)
    results = [found for found in bandit(folders) if not excused(found)]
    for found in results:
        sys.stdout.write(
            f"{found['filename']}:{found['line_number']}: {found['test_id']} {found['issue_text']}\n"
        )
    if not results:
        sys.stdout.write(f"Bandit finds nothing in {', '.join(folders)}.\n")
    return bool(results)


def bandit(folders: list[str]) -> list[dict[str, Any]]:
    """Bandit's findings. RuntimeError: it could not run or could not read a file."""
    ran = subprocess.run(  # noqa: S603 (our own interpreter)
        [
            *(sys.executable, "-W", "ignore", "-m", "bandit", "--configfile", "pyproject.toml"),
            *("--quiet", "--format", "json", "--recursive", *folders),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        report = json.loads(ran.stdout)
    except ValueError as unreadable:
        raise RuntimeError(ran.stderr) from unreadable
    if report["errors"] or not report["metrics"]["_totals"]["loc"]:
        raise RuntimeError(f"bandit read nothing or not all: {report['errors']}")
    results: list[dict[str, Any]] = report["results"]
    return results


def excused(found: dict[str, Any]) -> bool:
    rule = found["test_id"].replace("B", "S")
    lines = (ROOT / found["filename"]).read_text().splitlines()
    own = {*found["line_range"], found["line_number"]}
    return any(re.search(rf"# noqa:[^#]*\b{rule}\b", lines[number - 1]) for number in own)


if __name__ == "__main__":
    sys.exit(main())
