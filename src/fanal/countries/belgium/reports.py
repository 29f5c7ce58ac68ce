"""The reports of the coordination, and from `outlines.tsv` the sections each starts with.

The two-yearly report: the table of contents of the report of 2011-2012. The practice sheet: the fields of the form of
the United Nations Network on Migration, filled for this very practice in our words after the two texts it names.
"""

import csv
from importlib.resources import files

from fanal.country.schema import Fact, ReportKind, ReportSection, Text, same

LAW = "Law of 13 April 1995, art. 12 (report of the Government to Parliament every two years)"
SEED = "Myria, page on the multidisciplinary approach: tasks of the Bureau and of the Criminal Policy Service"
CYCLE = "Council of Europe Convention of 16 May 2005, art. 38 (evaluation by GRETA); practice of the treaty bodies"

KINDS = (
    ReportKind(
        code="biennial",
        label=Text("Rapport bisannuel", "Tweejaarlijks verslag", "Zweijahresbericht", "Two-yearly report"),
        title=Text(
            "Rapport du Gouvernement au Parlement sur la lutte contre la traite et le trafic des êtres humains",
            "Verslag van de Regering aan het Parlement over de bestrijding van mensenhandel en mensensmokkel",
            "Bericht der Regierung an das Parlament über die Bekämpfung von Menschenhandel und Menschenschmuggel",
            "Report of the Government to Parliament on the fight against human trafficking and smuggling",
        ),
        to_whom=Text(
            "Chambre des représentants",
            "Kamer van volksvertegenwoordigers",
            "Abgeordnetenkammer",
            "House of Representatives",
        ),
        prefix="RB",
        months=24,
        source=LAW,
    ),
    ReportKind(
        code="reply",
        label=Text("Réponse de l’État", "Antwoord van de Staat", "Antwort des Staates", "Reply of the State"),
        title=Text(
            "Réponse de la Belgique à un organe de suivi",
            "Antwoord van België aan een toezichtsorgaan",
            "Antwort Belgiens an ein Überwachungsorgan",
            "Reply of Belgium to a monitoring body",
        ),
        to_whom=Text("Organe de suivi", "Toezichtsorgaan", "Überwachungsorgan", "Monitoring body"),
        prefix="RE",
        source=CYCLE,
    ),
    ReportKind(
        code="progress",
        label=Text(
            "Note annuelle de suivi",
            "Jaarlijkse voortgangsnota",
            "Jährlicher Fortschrittsvermerk",
            "Annual progress note",
        ),
        title=Text(
            "Exécution des plans d’action: note annuelle",
            "Uitvoering van de actieplannen: jaarlijkse nota",
            "Umsetzung der Aktionspläne: jährlicher Vermerk",
            "Execution of the action plans: annual note",
        ),
        to_whom=Text(
            "Cellule interdépartementale",
            "Interdepartementale Cel",
            "Interdepartementale Zelle",
            "Interdepartmental Cell",
        ),
        prefix="NA",
        months=12,
        source="Action plans 2021-2025: benchmarks looked at again regularly (rhythm: organisational)",
        to_verify=True,
    ),
    ReportKind(
        code="dossier",
        label=Text("Dossier mensuel", "Maandelijks dossier", "Monatsdossier", "Monthly dossier"),
        title=Text(
            "Dossier du Bureau", "Dossier van het Bureau", "Dossier des Büros", "Dossier of the Bureau"
        ),
        to_whom=same("Bureau"),
        prefix="DM",
        months=1,
        source=SEED,
    ),
    ReportKind(
        code="practice",
        label=Text("Fiche de pratique", "Praktijkfiche", "Praxisblatt", "Practice sheet"),
        title=Text(
            "La Cellule interdépartementale de coordination et les plans d’action nationaux",
            "De Interdepartementale Coördinatiecel en de nationale actieplannen",
            "Die interdepartementale Koordinierungszelle und die nationalen Aktionspläne",
            "The interdepartmental coordination Cell and the national action plans",
        ),
        to_whom=Text(
            "Réseau des Nations Unies sur les migrations",
            "Netwerk van de Verenigde Naties voor migratie",
            "Netzwerk der Vereinten Nationen für Migration",
            "United Nations Network on Migration",
        ),
        prefix="FP",
        source="United Nations Network on Migration, Repository of Practices, form and practice of 1-4-2022",
    ),
)


def _section(line: dict[str, str]) -> ReportSection:
    parent = line["number"].rpartition(".")[0]
    words = Text(line["words_fr"], line["words_nl"], line["words_de"], line["words_en"])
    return ReportSection(
        code=f"{line['kind']}.{line['number']}",
        kind=line["kind"],
        title=Text(line["fr"], line["nl"], line["de"], line["en"]),
        parent=f"{line['kind']}.{parent}" if parent else "",
        asked=tuple(line["asked"].split()),
        assembles=line["assembles"],
        words=words if words.en else None,
        source=line["source"],
    )


def _read() -> tuple[Fact, ...]:
    text = (files(__package__) / "outlines.tsv").read_text(encoding="utf-8")
    return tuple(_section(line) for line in csv.DictReader(text.splitlines(), delimiter="\t"))


FACTS: tuple[Fact, ...] = (*KINDS, *_read())
