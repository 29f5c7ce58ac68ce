"""The action plans that were published, as far as public sources show them: no measure here is invented.

Chapters and measures stand in `plans.tsv`, in our words. Of each plan more measures exist than were seen. Of the two
plans 2021-2025 no chapter and no measure was found: they are frames, filled by importing the real tables.
"""

import csv
from datetime import date
from importlib.resources import files

from fanal.country.schema import ActionPlan, Fact, PlannedHeading, PlannedMeasure, Text, code_list

CHAIN = "Royal Decree of 16-5-2004; chain of the plans as told by the Federal Migration Centre and the press"
SHEET = "United Nations Network on Migration, repository of practices, sheet of 1-4-2022"

SISTERS = code_list(
    "sister_plan",
    SHEET,
    {
        "gender_violence": Text(
            "Plan d’action national de lutte contre toutes les formes de violence basée sur le genre",
            "Nationaal actieplan ter bestrijding van alle vormen van gendergerelateerd geweld",
            "Nationaler Aktionsplan zur Bekämpfung aller Formen geschlechtsspezifischer Gewalt",
            "National action plan against all forms of gender-based violence",
        ),
        "women_peace_security": Text(
            "Plan d’action national « Femmes, paix et sécurité »",
            "Nationaal actieplan ‘Vrouwen, vrede en veiligheid’",
            "Nationaler Aktionsplan „Frauen, Frieden und Sicherheit“",
            "National action plan “Women, Peace and Security”",
        ),
    },
)

_TRAFFICKING = ("trafficking",)
_SMUGGLING = ("smuggling", "smuggling_aggravated")


def _titled(years: str, about: str) -> Text:
    traite = {
        "a": (
            "la lutte contre la traite des êtres humains",
            "de bestrijding van mensenhandel",
            "die Bekämpfung des Menschenhandels",
            "the fight against trafficking in human beings",
        ),
        "b": (
            "la lutte contre le trafic des êtres humains",
            "de bestrijding van mensensmokkel",
            "die Bekämpfung des Menschenschmuggels",
            "the fight against smuggling of human beings",
        ),
    }
    fr, nl, de, en = traite[about]
    return Text(
        f"Plan d’action national {years}, {fr}",
        f"Nationaal actieplan {years}, {nl}",
        f"Nationaler Aktionsplan {years}, {de}",
        f"National action plan {years}, {en}",
    )


_MORE = Text(
    "D’autres mesures de ce plan n’ont pas été vues. Les mots sont les nôtres.",
    "Andere maatregelen van dit plan werden niet gezien. De woorden zijn de onze.",
    "Weitere Maßnahmen dieses Plans wurden nicht gesehen. Die Worte sind unsere.",
    "More measures of this plan were not seen. The words are ours.",
)
_FRAME = Text(
    "Cadre seulement : aucune mesure de ce plan n’a été trouvée dans les sources publiques lues. Plus inclusif que le "
    "précédent, avec des points de contact dans les entités fédérées et des repères régulièrement revus ; à aligner "
    "sur les plans « violence basée sur le genre » et « Femmes, paix et sécurité ». Adopté par la Cellule en juin "
    "2021 ; le jour n’a pas été trouvé, le premier du mois en tient lieu. Importez le tableau des mesures.",
    "Enkel een kader: in de gelezen openbare bronnen werd geen maatregel van dit plan gevonden. Inclusiever dan het "
    "vorige, met contactpunten in de deelstaten en ijkpunten die regelmatig worden herbekeken; af te stemmen op de "
    "plannen ‘gendergerelateerd geweld’ en ‘Vrouwen, vrede en veiligheid’. Goedgekeurd door de Cel in juni 2021; de "
    "dag werd niet gevonden, de eerste van de maand staat in de plaats. Importeer de tabel met maatregelen.",
    "Nur ein Rahmen: In den gelesenen öffentlichen Quellen wurde keine Maßnahme dieses Plans gefunden. Inklusiver als "
    "der vorige, mit Kontaktstellen in den Gliedstaaten und regelmäßig überprüften Zwischenzielen; abzustimmen auf "
    "die Pläne „geschlechtsspezifische Gewalt“ und „Frauen, Frieden und Sicherheit“. Von der Zelle im Juni 2021 "
    "angenommen; der Tag wurde nicht gefunden, der Monatserste steht dafür. Importieren Sie die Tabelle der Maßnahmen.",
    "A frame only: no measure of this plan was found in the public sources that were read. More inclusive than the "
    "one before, with contact points in the federated entities and benchmarks revisited regularly; to be aligned "
    "with the plans on gender-based violence and on women, peace and security. Adopted by the Cell in June 2021; the "
    "day was not found, the first of the month stands for it. Import the table of the measures.",
)


def _rows() -> list[dict[str, str]]:
    table = files("fanal.countries.belgium").joinpath("plans.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


_ROWS = _rows()


def _title(row: dict[str, str]) -> Text:
    return Text(row["fr"], row["nl"], row["de"], row["en"])


def _headings(code: str) -> tuple[PlannedHeading, ...]:
    return tuple(
        PlannedHeading(row["number"], _title(row), row["parent"])
        for row in _ROWS
        if row["plan"] == code and row["kind"] != "measure"
    )


def _measures(code: str) -> tuple[PlannedMeasure, ...]:
    return tuple(
        PlannedMeasure(
            number=row["number"],
            heading=row["parent"],
            title=_title(row),
            source=row["source"],
            to_verify=True,
        )
        for row in _ROWS
        if row["plan"] == code and row["kind"] == "measure"
    )


def _plan(
    code: str,
    title: Text,
    phenomena: tuple[str, ...],
    days: tuple[date, date],
    adopted_on: date,
    act: str,
    source: str,
    note: Text,
) -> ActionPlan:
    return ActionPlan(
        code=code,
        title=title,
        phenomena=phenomena,
        starts_on=days[0],
        ends_on=days[1],
        adopted_on=adopted_on,
        act=act,
        complete=False,
        note=note,
        headings=_headings(code),
        measures=_measures(code),
        source=source,
        to_verify=True,
    )


PLANS: tuple[Fact, ...] = (
    _plan(
        "pan-2008",
        Text(
            "Plan d’action national du 11 juillet 2008",
            "Nationaal actieplan van 11 juli 2008",
            "Nationaler Aktionsplan vom 11. Juli 2008",
            "National action plan of 11 July 2008",
        ),
        _TRAFFICKING,
        (date(2008, 7, 11), date(2012, 6, 21)),
        date(2008, 7, 11),
        "Plan of 11-7-2008",
        CHAIN,
        Text(
            "Cadre seulement : aucune mesure n’a été vue. Le dernier jour n’est pas connu ; la veille du plan "
            "suivant en tient lieu.",
            "Enkel een kader: geen maatregel werd gezien. De laatste dag is niet bekend; de dag voor het volgende "
            "plan staat in de plaats.",
            "Nur ein Rahmen: Keine Maßnahme wurde gesehen. Der letzte Tag ist nicht bekannt; der Tag vor dem "
            "folgenden Plan steht dafür.",
            "A frame only: no measure was seen. The last day is not known; the eve of the next plan stands for it.",
        ),
    ),
    _plan(
        "pan-2012",
        _titled("2012-2014", "a"),
        _TRAFFICKING,
        (date(2012, 6, 22), date(2014, 12, 31)),
        date(2012, 6, 22),
        "Council of Ministers, 22-6-2012 (news.belgium.be)",
        CHAIN,
        Text(
            "Ce plan contient 19 propositions ; deux sont connues par la presse. Les mots sont les nôtres.",
            "Dit plan bevat 19 voorstellen; twee zijn bekend uit de pers. De woorden zijn de onze.",
            "Dieser Plan enthält 19 Vorschläge; zwei sind aus der Presse bekannt. Die Worte sind unsere.",
            "This plan holds 19 proposals; two are known from the press. The words are ours.",
        ),
    ),
    _plan(
        "pan-2015-a",
        _titled("2015-2019", "a"),
        _TRAFFICKING,
        (date(2015, 1, 1), date(2019, 12, 31)),
        date(2015, 7, 13),
        "Plan of 13-7-2015",
        f"{CHAIN}; published copy of the plan (first chapters of its table of contents)",
        Text(
            f"{_MORE.fr} Un addendum sur les enfants a été publié entre avril 2018 et mars 2019 ; il n’a pas été vu.",
            f"{_MORE.nl} Een addendum over kinderen werd tussen april 2018 en maart 2019 gepubliceerd; het werd niet "
            "gezien.",
            f"{_MORE.de} Ein Zusatz über Kinder wurde zwischen April 2018 und März 2019 veröffentlicht; er wurde "
            "nicht gesehen.",
            f"{_MORE.en} An addendum on children was published between April 2018 and March 2019; it was not seen.",
        ),
    ),
    _plan(
        "pan-2015-b",
        _titled("2015-2018", "b"),
        _SMUGGLING,
        (date(2015, 1, 1), date(2018, 12, 31)),
        date(2015, 1, 1),
        "Belgian action plan against smuggling 2015-2018",
        "emnbelgium.be, Belgian action plan against smuggling 2015-2018",
        Text(
            f"{_MORE.fr} Le jour de l’adoption n’a pas été trouvé ; le premier jour du plan en tient lieu.",
            f"{_MORE.nl} De dag van de goedkeuring werd niet gevonden; de eerste dag van het plan staat in de plaats.",
            f"{_MORE.de} Der Tag der Annahme wurde nicht gefunden; der erste Tag des Plans steht dafür.",
            f"{_MORE.en} The day of adoption was not found; the first day of the plan stands for it.",
        ),
    ),
    _plan(
        "pan-2021-a",
        _titled("2021-2025", "a"),
        _TRAFFICKING,
        (date(2021, 1, 1), date(2025, 12, 31)),
        date(2021, 6, 1),
        "Interdepartmental coordination unit, June 2021",
        SHEET,
        _FRAME,
    ),
    _plan(
        "pan-2021-b",
        _titled("2021-2025", "b"),
        _SMUGGLING,
        (date(2021, 1, 1), date(2025, 12, 31)),
        date(2021, 6, 1),
        "Interdepartmental coordination unit, June 2021",
        SHEET,
        _FRAME,
    ),
)

FACTS: tuple[Fact, ...] = (*SISTERS, *PLANS)
