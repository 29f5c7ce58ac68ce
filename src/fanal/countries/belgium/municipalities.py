"""Municipalities between two dates, from `municipalities.tsv`.

One line is one municipality as it was from `valid_from` to `valid_to`: 581 until the end of 2024, 565 since.
A merged municipality is a new line even where it kept its code. The names and codes are Statbel's (REFNIS 2019)
with the mergers of 1 January 2025. Postcodes: the main one first; those of the parts follow from where the
localities of bpost's list lie.
"""

import csv
from datetime import date
from importlib.resources import files

from fanal.country.schema import Fact, Municipality, Text

SOURCE = "Statbel, REFNIS 2019; mergers of municipalities of 1-1-2025; bpost, list of postcodes"


def _municipality(line: dict[str, str]) -> Municipality:
    return Municipality(
        code=line["nis"],
        name=Text(line["fr"], line["nl"], line["de"], line["en"]),
        postcodes=tuple(line["postcodes"].split()),
        district=line["district"],
        zone=line["zone"],
        valid_from=date.fromisoformat(line["valid_from"]),
        valid_to=date.fromisoformat(line["valid_to"]) if line["valid_to"] else None,
        source=SOURCE,
        to_verify=line["district"] == "hainaut",
    )


def _read() -> tuple[Fact, ...]:
    text = (files(__package__) / "municipalities.tsv").read_text(encoding="utf-8")
    return tuple(_municipality(line) for line in csv.DictReader(text.splitlines(), delimiter="\t"))


MUNICIPALITIES = _read()
