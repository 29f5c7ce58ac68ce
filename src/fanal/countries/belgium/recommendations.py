"""What monitoring bodies, Parliament and the rapporteur asked of Belgium, in our words, from `recommendations.tsv`.

Each line names the publication where it was read; `verify` marks what was seen only in a summary of it. The words are
ours: whoever answers a body reads its own text first.
"""

import csv
from importlib.resources import files

from fanal.country.schema import Fact, Text, code_list, same
from fanal.country.schema.asked import Asked

_UN = "Universal Human Rights Index, short names of the mechanisms"

BODIES = (
    *code_list(
        "recommendation_body",
        "Public reports of these bodies on Belgium",
        {
            "greta": same("GRETA"),
            "parties": Text(
                "Comité des Parties (Conseil de l’Europe)",
                "Comité van de Partijen (Raad van Europa)",
                "Ausschuss der Vertragsparteien (Europarat)",
                "Committee of the Parties (Council of Europe)",
            ),
            "tip": Text(
                "Département d’État des États-Unis (rapport TIP)",
                "Ministerie van Buitenlandse Zaken van de Verenigde Staten (TIP-rapport)",
                "Außenministerium der Vereinigten Staaten (TIP-Bericht)",
                "US Department of State (TIP report)",
            ),
            "myria": same("Myria"),
            "house": Text(
                "Chambre des représentants, commission spéciale",
                "Kamer van volksvertegenwoordigers, bijzondere commissie",
                "Abgeordnetenkammer, Sonderkommission",
                "House of Representatives, special commission",
            ),
        },
    ),
    *code_list(
        "recommendation_body",
        _UN,
        {
            "ccpr": Text(
                "Comité des droits de l’homme (ONU)",
                "VN-Mensenrechtencomité",
                "UN-Menschenrechtsausschuss",
                "UN Human Rights Committee",
            ),
            "cedaw": Text("CEDEF (ONU)", "CEDAW (VN)", "CEDAW (UN)", "CEDAW (UN)"),
            "crc": Text(
                "Comité des droits de l’enfant (ONU)",
                "VN-Comité voor de Rechten van het Kind",
                "UN-Kinderrechtsausschuss",
                "UN Committee on the Rights of the Child",
            ),
            "crc-op-sc": Text(
                "Comité des droits de l’enfant (protocole vente d’enfants)",
                "Comité voor de Rechten van het Kind (protocol verkoop van kinderen)",
                "Kinderrechtsausschuss (Protokoll Kinderverkauf)",
                "Committee on the Rights of the Child (protocol on the sale of children)",
            ),
            "cat": Text(
                "Comité contre la torture (ONU)",
                "VN-Comité tegen Foltering",
                "UN-Ausschuss gegen Folter",
                "UN Committee against Torture",
            ),
            "cerd": Text("CERD (ONU)", "CERD (VN)", "CERD (UN)", "CERD (UN)"),
            "cescr": Text("CESCR (ONU)", "CESCR (VN)", "CESCR (UN)", "CESCR (UN)"),
            "crpd": Text("CRPD (ONU)", "CRPD (VN)", "CRPD (UN)", "CRPD (UN)"),
            "ced": Text(
                "Comité des disparitions forcées (ONU)",
                "VN-Comité inzake Gedwongen Verdwijningen",
                "UN-Ausschuss über das Verschwindenlassen",
                "UN Committee on Enforced Disappearances",
            ),
            "cmw": Text("CMW (ONU)", "CMW (VN)", "CMW (UN)", "CMW (UN)"),
            "upr": Text(
                "Examen périodique universel (ONU)",
                "Universeel periodiek onderzoek (VN)",
                "Universelles Überprüfungsverfahren (UN)",
                "Universal Periodic Review (UN)",
            ),
            "special": Text(
                "Procédures spéciales (ONU)",
                "Speciale procedures (VN)",
                "Sonderverfahren (UN)",
                "Special procedures (UN)",
            ),
        },
    ),
)

FORCES = code_list(
    "recommendation_force",
    "GRETA, country reports: urges, considers, invites; other bodies recommend or observe",
    {
        "urges": Text("exhorte", "dringt aan", "fordert nachdrücklich", "urges"),
        "considers": Text("considère", "is van oordeel", "ist der Auffassung", "considers"),
        "invites": Text("invite", "nodigt uit", "lädt ein", "invites"),
        "recommends": Text("recommande", "beveelt aan", "empfiehlt", "recommends"),
        "observes": Text("constate", "stelt vast", "stellt fest", "observes"),
        "unstated": Text(
            "force non précisée", "kracht niet vermeld", "Nachdruck nicht angegeben", "force not stated"
        ),
    },
)

THEMES = code_list(
    "recommendation_theme",
    "Headings of the reports (organisational)",
    {
        "identification": Text("Détection et identification", "Detectie en identificatie",
                               "Erkennung und Identifizierung", "Detection and identification"),
        "children": Text("Enfants", "Kinderen", "Kinder", "Children"),
        "assistance": Text("Assistance", "Bijstand", "Unterstützung", "Assistance"),
        "protection": Text("Séjour et protection", "Verblijf en bescherming", "Aufenthalt und Schutz",
                           "Residence and protection"),
        "rights": Text("Information et droits", "Informatie en rechten", "Information und Rechte",
                       "Information and rights"),
        "redress": Text("Réparation", "Herstel", "Wiedergutmachung", "Redress"),
        "return": Text("Retour", "Terugkeer", "Rückkehr", "Return"),
        "funding": Text("Financement", "Financiering", "Finanzierung", "Funding"),
        "prosecution": Text("Enquêtes et poursuites", "Onderzoek en vervolging", "Ermittlung und Verfolgung",
                            "Investigation and prosecution"),
        "inspection": Text("Inspection", "Inspectie", "Inspektion", "Inspection"),
        "data": Text("Données", "Gegevens", "Daten", "Data"),
        "coordination": Text("Coordination", "Coördinatie", "Koordinierung", "Coordination"),
        "legislation": Text("Législation", "Wetgeving", "Gesetzgebung", "Legislation"),
        "priority": Text("Priorité et moyens", "Prioriteit en middelen", "Priorität und Mittel",
                         "Priority and means"),
        "other": Text("Autre", "Andere", "Sonstiges", "Other"),
    },
)  # fmt: skip

POSITIONS = code_list(
    "recommendation_position",
    "Practice of replies to monitoring bodies: accepted, partly accepted, noted, rejected",
    {
        "accepted": Text("acceptée", "aanvaard", "angenommen", "accepted"),
        "partly": Text(
            "acceptée en partie", "gedeeltelijk aanvaard", "teilweise angenommen", "partly accepted"
        ),
        "noted": Text("notée", "genoteerd", "zur Kenntnis genommen", "noted"),
        "rejected": Text("rejetée", "verworpen", "abgelehnt", "rejected"),
    },
)

VERDICTS = code_list(
    "recommendation_verdict",
    "Evaluation scale of the French CNCDH: done, partly done, not done",
    {
        "done": Text("réalisée", "uitgevoerd", "umgesetzt", "done"),
        "partly": Text("partiellement réalisée", "gedeeltelijk uitgevoerd", "teilweise umgesetzt", "partly done"),
        "not_done": Text("non réalisée", "niet uitgevoerd", "nicht umgesetzt", "not done"),
        "unknown": Text("ne peut être évaluée", "kan niet worden beoordeeld", "nicht zu beurteilen",
                        "cannot be assessed"),
    },
)  # fmt: skip


def _asked(line: dict[str, str]) -> Asked:
    return Asked(
        code=line["code"],
        body=line["body"],
        instrument=line["instrument"],
        reference=line["reference"],
        paragraph=line["paragraph"],
        issued=line["issued"],
        force=line["force"],
        theme=line["theme"],
        link=line["link"],
        words=Text(line["fr"], line["nl"], line["de"], line["en"]),
        source=line["source"],
        to_verify=line["verify"] == "verify",
    )


def _read() -> tuple[Fact, ...]:
    text = (files(__package__) / "recommendations.tsv").read_text(encoding="utf-8")
    return tuple(_asked(line) for line in csv.DictReader(text.splitlines(), delimiter="\t"))


CODES: tuple[Fact, ...] = (*BODIES, *FORCES, *THEMES, *POSITIONS, *VERDICTS)
FACTS: tuple[Fact, ...] = (*CODES, *_read())
