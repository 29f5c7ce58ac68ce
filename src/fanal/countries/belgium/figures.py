"""Published figures, from `figures.tsv`, and the words in which figures are counted.

No number here is ours: each line gives the publication it stands in. Where publications disagree about the same thing,
all of them stand here with what each says it counted.
"""

import csv
from importlib.resources import files

from fanal.country.schema import Fact, PublishedFigure, Text, code_list

DICTIONARY = "Common dictionary of the figures (organisational); the six sources of Myria’s yearly figures"

CODES: tuple[Fact, ...] = (
    *code_list(
        "counting_unit",
        DICTIONARY,
        {
            "signal": Text("Signalement", "Melding", "Meldung", "Signal"),
            "presumed_victim": Text(
                "Victime présumée", "Vermoedelijk slachtoffer", "Mutmaßliches Opfer", "Presumed victim"
            ),
            "identified_victim": Text(
                "Victime identifiée",
                "Geïdentificeerd slachtoffer",
                "Identifiziertes Opfer",
                "Identified victim",
            ),
            "new_accompaniment": Text(
                "Nouvel accompagnement", "Nieuwe begeleiding", "Neue Begleitung", "New accompaniment"
            ),
            "document_issued": Text(
                "Document de séjour délivré",
                "Afgegeven verblijfsdocument",
                "Ausgestelltes Aufenthaltsdokument",
                "Residence document issued",
            ),
            "offence": Text(
                "Infraction enregistrée", "Geregistreerd misdrijf", "Erfasste Straftat", "Recorded offence"
            ),
            "prosecutor_case": Text(
                "Affaire au parquet", "Parketzaak", "Sache der Staatsanwaltschaft", "Prosecutor case"
            ),
            "suspect": Text("Suspect", "Verdachte", "Verdächtiger", "Suspect"),
            "prosecuted": Text(
                "Personne poursuivie", "Vervolgde persoon", "Verfolgte Person", "Person prosecuted"
            ),
            "convicted": Text(
                "Personne condamnée", "Veroordeelde persoon", "Verurteilte Person", "Person convicted"
            ),
            "judgment": Text(
                "Décision judiciaire", "Rechterlijke beslissing", "Gerichtsentscheidung", "Judgment"
            ),
            "inspection": Text("Contrôle", "Controle", "Kontrolle", "Inspection"),
            "controlled_worker": Text(
                "Travailleur contrôlé",
                "Gecontroleerde werknemer",
                "Kontrollierte Arbeitskraft",
                "Worker checked",
            ),
        },
    ),
    *code_list(
        "figure_breakdown",
        DICTIONARY,
        {
            "children": Text("Mineurs", "Minderjarigen", "Minderjährige", "Children"),
            "adults": Text("Majeurs", "Meerderjarigen", "Volljährige", "Adults"),
            "women": Text("Femmes", "Vrouwen", "Frauen", "Women"),
            "men": Text("Hommes", "Mannen", "Männer", "Men"),
            "belgian": Text("Belges", "Belgen", "Belgier", "Belgians"),
            "eu": Text(
                "Autres citoyens de l’Union",
                "Andere burgers van de Unie",
                "Andere Unionsbürger",
                "Other EU citizens",
            ),
            "third_country": Text(
                "Ressortissants de pays tiers",
                "Onderdanen van derde landen",
                "Drittstaatsangehörige",
                "Third-country nationals",
            ),
            "ghent": Text("Ressort de Gand", "Rechtsgebied Gent", "Bereich Gent", "Jurisdiction of Ghent"),
            "brussels": Text(
                "Ressort de Bruxelles", "Rechtsgebied Brussel", "Bereich Brüssel", "Jurisdiction of Brussels"
            ),
            "antwerp": Text(
                "Ressort d’Anvers", "Rechtsgebied Antwerpen", "Bereich Antwerpen", "Jurisdiction of Antwerp"
            ),
            "liege": Text(
                "Ressort de Liège", "Rechtsgebied Luik", "Bereich Lüttich", "Jurisdiction of Liège"
            ),
            "mons": Text("Ressort de Mons", "Rechtsgebied Bergen", "Bereich Mons", "Jurisdiction of Mons"),
            "referred": Text(
                "Orientées vers un centre",
                "Doorverwezen naar een centrum",
                "An ein Zentrum verwiesen",
                "Referred to a centre",
            ),
            "seen_in_inspection": Text(
                "Rencontrées lors d’un contrôle",
                "Aangetroffen bij een controle",
                "Bei einer Kontrolle angetroffen",
                "Met in an inspection",
            ),
            "with_signs": Text("Avec indices", "Met aanwijzingen", "Mit Anhaltspunkten", "With indications"),
            "closed_down": Text("Lieu scellé", "Verzegelde plaats", "Versiegelter Ort", "Workplace sealed"),
            "employees": Text("Salariés", "Werknemers", "Arbeitnehmer", "Employees"),
            "self_employed": Text("Indépendants", "Zelfstandigen", "Selbstständige", "Self-employed"),
        },
    ),
)

_DEFINITIONS = {
    "police": Text(
        "Infractions enregistrées par la police sur la période; on compte des infractions, non des personnes.",
        "Misdrijven die de politie in de periode registreerde; er worden misdrijven geteld, geen personen.",
        "Straftaten, die die Polizei im Zeitraum erfasst hat; gezählt werden Straftaten, keine Personen.",
        "Offences recorded by the police in the period; offences are counted, not persons.",
    ),
    "prosecutor": Text(
        "Affaires entrées dans les parquets sur la période.",
        "Zaken die in de periode bij de parketten binnenkwamen.",
        "Sachen, die im Zeitraum bei den Staatsanwaltschaften eingingen.",
        "Cases that reached the public prosecutors in the period.",
    ),
    "signals": Text(
        "Signalements reçus par les trois centres spécialisés.",
        "Meldingen die de drie gespecialiseerde centra ontvingen.",
        "Meldungen, die die drei spezialisierten Zentren erhielten.",
        "Signals that the three specialised centres received.",
    ),
    "accompaniments": Text(
        "Accompagnements que les trois centres spécialisés ont entamés dans l’année.",
        "Begeleidingen die de drie gespecialiseerde centra in het jaar begonnen.",
        "Begleitungen, die die drei spezialisierten Zentren im Jahr begannen.",
        "Accompaniments that the three specialised centres began in the year.",
    ),
    "referrals": Text(
        "Personnes orientées vers un centre, selon la source, qui ne définit pas davantage.",
        "Personen die naar een centrum zijn doorverwezen, volgens de bron, die het niet nader bepaalt.",
        "Personen, die an ein Zentrum verwiesen wurden, laut Quelle, die es nicht näher bestimmt.",
        "Persons referred to a centre, by the source, which defines it no further.",
    ),
    "supported": Text(
        "Victimes soutenues par un centre spécialisé dans l’année, telles que Myria les a données au GRETA.",
        "Slachtoffers die in het jaar door een gespecialiseerd centrum werden gesteund, zoals Myria ze aan GRETA gaf.",
        "Opfer, die im Jahr von einem spezialisierten Zentrum unterstützt wurden, wie Myria sie GRETA mitteilte.",
        "Victims supported by a specialised centre in the year, as Myria gave them to GRETA.",
    ),
    "assisted": Text(
        "Victimes identifiées et aidées, selon le rapport américain de l’année, qui ne définit pas davantage.",
        "Geïdentificeerde en geholpen slachtoffers, volgens het Amerikaanse rapport, dat het niet nader bepaalt.",
        "Identifizierte und betreute Opfer, laut dem amerikanischen Bericht, der es nicht näher bestimmt.",
        "Victims identified and assisted, by the American report, which defines it no further.",
    ),
    "children": Text(
        "Mineurs identifiés comme victimes sur l’ensemble de la période.",
        "Minderjarigen die in de hele periode als slachtoffer zijn geïdentificeerd.",
        "Minderjährige, die im gesamten Zeitraum als Opfer identifiziert wurden.",
        "Children identified as victims in the whole period.",
    ),
    "inspection": Text(
        "Dossiers et personnes pour lesquels l’inspection sociale a vu des indices.",
        "Dossiers en personen waarbij de sociale inspectie aanwijzingen zag.",
        "Akten und Personen, bei denen die Sozialinspektion Anhaltspunkte sah.",
        "Cases and persons in which the social inspection saw indications.",
    ),
    "action_days": Text(
        "Contrôles communs des journées d’action du 9 au 14 avril.",
        "Gezamenlijke controles van de actiedagen van 9 tot 14 april.",
        "Gemeinsame Kontrollen der Aktionstage vom 9. bis 14. April.",
        "Joint checks of the action days of 9 to 14 April.",
    ),
}


def _figure(line: dict[str, str]) -> PublishedFigure:
    return PublishedFigure(
        code=line["code"],
        counting_unit=line["counting_unit"],
        phenomenon=line["phenomenon"],
        period=line["period"],
        form=line["form"],
        breakdown=line["breakdown"],
        value=int(line["value"]),
        definition=_DEFINITIONS[line["definition"]],
        source=line["source"],
        note=line["note"],
        to_verify=bool(line["note"]) or line["source"].startswith("press"),
    )


def _read() -> tuple[Fact, ...]:
    text = (files(__package__) / "figures.tsv").read_text(encoding="utf-8")
    return tuple(_figure(line) for line in csv.DictReader(text.splitlines(), delimiter="\t"))


FIGURES = _read()
