"""The first people of an installation, from a list; afterwards accounts are asked for in the pages."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from fanal.errors import Invalid

if TYPE_CHECKING:
    from fanal.accounts.services import First, Founding

COLUMNS = ("email", "name", "language", "unit", "role")


def read(file: Path) -> "list[First]":
    """The people of a CSV file with the columns email, name, language, unit (its code) and role.

    Refused with `Invalid`: a file without these columns, or a line in which one is empty.
    """
    from fanal.accounts.services import First

    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not rows or not set(COLUMNS) <= rows[0].keys():
        raise Invalid("columns", f"The first line of {file} names the columns {', '.join(COLUMNS)}.")
    for number, row in enumerate(rows, start=2):
        if not all((row[column] or "").strip() for column in COLUMNS):
            raise Invalid("empty", f"Line {number} of {file} leaves a column empty.")
    return [First(**{column: row[column].strip() for column in COLUMNS}) for row in rows]


def found(file: Path) -> "Founding":
    """Make the accounts of the list; refused as `accounts.services.found`."""
    from django.utils import timezone

    from fanal.accounts import services

    return services.found(people=read(file), at=timezone.now())
