"""What the world agreed on and a measure may serve: the Sustainable Development Goals, and the objectives and guiding
principles of the Global Compact for Safe, Orderly and Regular Migration. Short titles, from `goals.tsv`.

French and English are the words of the United Nations; Dutch ones are ours, and German ones wait for a comparison with
the German translation service of the United Nations: the column `to_verify` names the languages.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .lines import LANGUAGES, words

KINDS = ("sdg", "objective", "principle")


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, objective or principle. `to_verify`: the languages whose words nobody compared yet."""

    kind: str
    code: str
    titles: Mapping[str, str]
    source: str
    to_verify: tuple[str, ...]

    def title(self, language: str) -> str:
        """Its short title, after its number where it has one."""
        said = words(self.titles, language)
        return f"{self.code}. {said}" if self.code.isdigit() else said


@cache
def goals(kind: str) -> Mapping[str, Goal]:
    """{code: goal} of one kind (`sdg`, `objective`, `principle`), in the order of the source."""
    table = files("fanal.plans.rules").joinpath("goals.tsv").read_text(encoding="utf-8")
    return {
        row["code"]: Goal(
            kind,
            row["code"],
            {language: row[language] for language in LANGUAGES},
            row["source"],
            tuple(row["to_verify"].split()),
        )
        for row in csv.DictReader(table.splitlines(), delimiter="\t")
        if row["kind"] == kind
    }
