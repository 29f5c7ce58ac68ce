"""Message catalogues, compiled by Babel: no system tool is needed to read French."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]


def compile_stale(root: Path = PACKAGE) -> list[Path]:
    """Compiles each catalogue below `root` whose source changed since; answers the sources.

    Fuzzy entries are left out: a guess of a tool is not a translation. Refused with `ValueError`: a
    catalogue that cannot be read, named with its line.
    """
    sources = sorted(root.glob("**/locale/*/LC_MESSAGES/*.po"))
    stale = [source for source in sources if _is_stale(source)]
    for source in stale:
        _compile(source)
    return stale


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with source.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except (PoFileError, ValueError) as problem:
        raise ValueError(f"{source}: {problem}") from problem
    draft = source.with_suffix(f".{os.getpid()}")  # a reader never meets half a catalogue
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(source.with_suffix(".mo"))
