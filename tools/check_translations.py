"""Refuses a message of ours that is missing or fuzzy in a language, or whose placeholders differ.

Extracts anew into a copy, so that a catalogue that was never refreshed cannot look complete.
"""

import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.core.management import call_command

LANGUAGES = ("fr", "nl", "de")
SOURCE = Path(__file__).resolve().parent.parent / "src" / "fanal"


def main() -> int:
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "fanal"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        extract(copy)
        found = [
            line
            for catalogue in sorted(copy.glob("*/locale/*/LC_MESSAGES/*.po"))
            for line in problems(catalogue, copy)
        ]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.stdout.write(f"{len(found)} problems in translations.\n" if found else "Translations are complete.\n")
    return bool(found)


def extract(package: Path) -> None:
    for app in package.glob("*/apps.py"):
        for language in LANGUAGES:
            (app.parent / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    with contextlib.chdir(package):
        call_command("makemessages", locale=list(LANGUAGES), no_obsolete=True, verbosity=0)


def problems(catalogue: Path, package: Path) -> Iterator[str]:
    """Lines `file: problem: message` for one catalogue."""
    name = catalogue.relative_to(package)
    for entry in polib.pofile(str(catalogue)):
        if entry.fuzzy or not entry.translated():
            yield f"{name}: {'fuzzy' if entry.fuzzy else 'missing'}: {entry.msgid!r}"
    checked = subprocess.run(  # noqa: S603
        ["msgfmt", "--check-format", "--output-file=/dev/null", catalogue],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    if checked.returncode:
        yield f"{name}: {checked.stderr.strip()}"


if __name__ == "__main__":
    sys.exit(main())
