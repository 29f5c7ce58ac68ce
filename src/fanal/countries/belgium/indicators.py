"""Signs of exploitation, by group and form, from `indicators.tsv`. No weights: a list to look with, not a score.

The annex of the prosecutors' circular was not read: these signs come from its known headings and from published
descriptions, and the whole list is to be confirmed by the expertise network.
"""

import csv
from importlib.resources import files

from fanal.country.schema import BEGINNING, Fact, Indicator, Text, code_list

from .purposes import DIRECTIVE, SINCE_DIRECTIVE

SOURCE = "Headings of the annex to COL 01/2015 as publicly known; Myria, reports of 2023"

GROUPS = code_list(
    "indicator_group",
    SOURCE,
    {
        "documents": Text(
            "Documents et voyage", "Documenten en reis", "Dokumente und Reise", "Documents and travel"
        ),
        "work": Text(
            "Conditions de travail", "Arbeidsomstandigheden", "Arbeitsbedingungen", "Working conditions"
        ),
        "housing": Text("Logement", "Huisvesting", "Unterkunft", "Housing"),
        "integrity": Text(
            "Intégrité physique et santé",
            "Fysieke integriteit en gezondheid",
            "Körperliche Unversehrtheit und Gesundheit",
            "Physical integrity and health",
        ),
        "freedom": Text(
            "Liberté de mouvement", "Bewegingsvrijheid", "Bewegungsfreiheit", "Freedom of movement"
        ),
        "sexual": Text(
            "Exploitation sexuelle", "Seksuele uitbuiting", "Sexuelle Ausbeutung", "Sexual exploitation"
        ),
        "begging_crime": Text(
            "Mendicité et délits forcés",
            "Gedwongen bedelarij en misdrijven",
            "Erzwungene Bettelei und Straftaten",
            "Forced begging and crime",
        ),
        "organs": Text("Organes", "Organen", "Organe", "Organs"),
        "family": Text(
            "Mariage et adoption", "Huwelijk en adoptie", "Heirat und Adoption", "Marriage and adoption"
        ),
        "minors": Text("Enfants", "Kinderen", "Kinder", "Children"),
        "diplomatic": Text(
            "Ménages de diplomates",
            "Huishoudens van diplomaten",
            "Haushalte von Diplomaten",
            "Households of diplomats",
        ),
        "smuggling": Text(
            "Passage dangereux", "Gevaarlijke smokkel", "Gefährliche Schleusung", "Dangerous smuggling"
        ),
    },
    to_verify=True,
)


def _indicator(line: dict[str, str]) -> Indicator:
    forms = tuple(line["forms"].split())
    return Indicator(
        code=line["code"],
        group=line["group"],
        purposes=forms,
        minors=line["minors"] == "yes",
        label=Text(line["fr"], line["nl"], line["de"], line["en"]),
        valid_from=DIRECTIVE if SINCE_DIRECTIVE.intersection(forms) else BEGINNING,
        source=SOURCE,
        to_verify=True,
    )


def _read() -> tuple[Fact, ...]:
    text = (files(__package__) / "indicators.tsv").read_text(encoding="utf-8")
    return tuple(_indicator(line) for line in csv.DictReader(text.splitlines(), delimiter="\t"))


FACTS: tuple[Fact, ...] = (*GROUPS, *_read())
