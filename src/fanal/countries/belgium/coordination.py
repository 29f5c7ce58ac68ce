"""Who sits in the bodies beside the services of the chain: ministers, departments, federated entities."""

from fanal.country.schema import Fact, Institution, Text, Unit, code_list, same

from .services import unit

RD = "Royal Decree of 16-5-2004 (NUMAC 2004009376), amended by the Royal Decree of 21-7-2014 (in force 11-9-2014)"
MEMBERS = f"{RD}; the full list of members is to be confirmed"
CIRCULAR = "Circular of 26-9-2008 (NUMAC 2008009871), signed by six departments"


def _institution(code: str, kind: str, name: Text, abbreviation: Text, source: str = CIRCULAR) -> Institution:
    return Institution(
        code=code, kind=kind, name=name, abbreviation=abbreviation, source=source, to_verify=source is MEMBERS
    )


INSTITUTIONS = (
    _institution(
        "federal-government",
        "federal",
        Text("Gouvernement fédéral", "Federale regering", "Föderalregierung", "Federal Government"),
        Text("Gouvernement", "Regering", "Regierung", "Government"),
        MEMBERS,
    ),
    _institution(
        "interior",
        "federal",
        Text("SPF Intérieur", "FOD Binnenlandse Zaken", "FÖD Inneres", "Federal Public Service Home Affairs"),
        Text("SPF Intérieur", "FOD BiZa", "FÖD Inneres", "FPS Home Affairs"),
    ),
    _institution(
        "social-security",
        "federal",
        Text(
            "SPF Sécurité sociale",
            "FOD Sociale Zekerheid",
            "FÖD Soziale Sicherheit",
            "Federal Public Service Social Security",
        ),
        Text("SPF Sécurité sociale", "FOD SZ", "FÖD SS", "FPS Social Security"),
    ),
    _institution(
        "finance",
        "federal",
        Text("SPF Finances", "FOD Financiën", "FÖD Finanzen", "Federal Public Service Finance"),
        Text("SPF Finances", "FOD Financiën", "FÖD Finanzen", "FPS Finance"),
    ),
    _institution(
        "state-security",
        "federal",
        Text("Sûreté de l’État", "Veiligheid van de Staat", "Staatssicherheit", "State Security"),
        Text("VSSE", "VSSE", "VSSE", "VSSE"),
        MEMBERS,
    ),
    _institution(
        "ctif-cfi",
        "independent",
        Text(
            "Cellule de traitement des informations financières",
            "Cel voor Financiële Informatieverwerking",
            "Stelle zur Verarbeitung finanzieller Informationen",
            "Financial Intelligence Processing Unit",
        ),
        Text("CTIF", "CFI", "CTIF", "CTIF-CFI"),
        MEMBERS,
    ),
)

_MINISTERS = {
    "justice": Text("Justice", "Justitie", "Justiz", "Justice"),
    "interior": Text("Intérieur", "Binnenlandse Zaken", "Inneres", "Home Affairs"),
    "foreign-affairs": Text(
        "Affaires étrangères", "Buitenlandse Zaken", "Auswärtige Angelegenheiten", "Foreign Affairs"
    ),
    "employment": Text("Emploi", "Werk", "Beschäftigung", "Employment"),
    "social-affairs": Text("Affaires sociales", "Sociale Zaken", "Soziales", "Social Affairs"),
    "finance": Text("Finances", "Financiën", "Finanzen", "Finance"),
    "migration": Text(
        "Asile et Migration", "Asiel en Migratie", "Asyl und Migration", "Asylum and Migration"
    ),
    "equality": Text("Égalité des chances", "Gelijke Kansen", "Chancengleichheit", "Equal Opportunities"),
}

MINISTERS = tuple(
    unit(
        f"minister-{code}",
        "federal-government",
        "minister",
        Text(
            f"Cellule stratégique {name.fr}",
            f"Beleidscel {name.nl}",
            f"Strategiezelle {name.de}",
            f"Policy unit {name.en}",
        ),
        Text(f"Ministre {name.fr}", f"Minister {name.nl}", f"Minister {name.de}", f"Minister {name.en}"),
        "representative",
        source=MEMBERS,
        to_verify=True,
    )
    for code, name in _MINISTERS.items()
)

_DEPARTMENTS = {
    "justice": Text("SPF Justice", "FOD Justitie", "FÖD Justiz", "FPS Justice"),
    "interior": Text("SPF Intérieur", "FOD Binnenlandse Zaken", "FÖD Inneres", "FPS Home Affairs"),
    "foreign-affairs": Text(
        "SPF Affaires étrangères", "FOD Buitenlandse Zaken", "FÖD Auswärtiges", "FPS Foreign Affairs"
    ),
    "employment": Text("SPF Emploi", "FOD Werkgelegenheid", "FÖD Beschäftigung", "FPS Employment"),
    "social-security": Text(
        "SPF Sécurité sociale", "FOD Sociale Zekerheid", "FÖD Soziale Sicherheit", "FPS Social Security"
    ),
    "onss": Text("ONSS", "RSZ", "LSS", "NSSO"),
    "finance": Text("SPF Finances", "FOD Financiën", "FÖD Finanzen", "FPS Finance"),
    "federal-police": Text("Police fédérale", "Federale politie", "Föderale Polizei", "Federal Police"),
    "immigration-office": Text(
        "Office des étrangers", "Dienst Vreemdelingenzaken", "Ausländeramt", "Immigration Office"
    ),
    "fedasil": same("Fedasil"),
    "state-security": Text(
        "Sûreté de l’État", "Veiligheid van de Staat", "Staatssicherheit", "State Security"
    ),
    "ctif-cfi": Text("CTIF", "CFI", "CTIF", "CTIF-CFI"),
    "college-pg": Text(
        "Collège des procureurs généraux",
        "College van procureurs-generaal",
        "Kollegium der Generalprokuratoren",
        "College of General Prosecutors",
    ),
    "flanders": Text("Flandre", "Vlaanderen", "Flandern", "Flanders"),
    "wallonia": Text("Wallonie", "Wallonië", "Wallonie", "Wallonia"),
    "brussels-region": Text("Région bruxelloise", "Brussels Gewest", "Region Brüssel", "Brussels Region"),
    "cocom": Text("COCOM", "GGC", "GGK", "Common Community Commission"),
    "french-community": Text(
        "Fédération Wallonie-Bruxelles",
        "Federatie Wallonië-Brussel",
        "Föderation Wallonie-Brüssel",
        "Wallonia-Brussels Federation",
    ),
    "german-community": Text(
        "Communauté germanophone",
        "Duitstalige Gemeenschap",
        "Deutschsprachige Gemeinschaft",
        "German-speaking Community",
    ),
}
_LANGUAGES = {
    "flanders": ("nl",),
    "wallonia": ("fr", "de"),
    "french-community": ("fr",),
    "german-community": ("de",),
}

DEPARTMENTS = tuple(
    unit(
        f"policy-{code}",
        code,
        "department",
        Text(
            f"{name.fr}, point de contact du plan d’action",
            f"{name.nl}, contactpunt van het actieplan",
            f"{name.de}, Kontaktstelle des Aktionsplans",
            f"{name.en}, contact point of the action plan",
        ),
        Text(f"{name.fr}, plan", f"{name.nl}, plan", f"{name.de}, Plan", f"{name.en}, plan"),
        "correspondent",
        "representative",
        languages=_LANGUAGES.get(code, ("fr", "nl")),
        source=MEMBERS,
        to_verify=True,
    )
    for code, name in _DEPARTMENTS.items()
)

UNITS: tuple[Unit, ...] = (*MINISTERS, *DEPARTMENTS)

CODES = code_list(
    "unit_kind",
    "Organisational",
    {
        "minister": Text(
            "Représentant d’un ministre",
            "Vertegenwoordiger van een minister",
            "Vertreter eines Ministers",
            "Representative of a minister",
        ),
        "department": Text(
            "Point de contact d’un département",
            "Contactpunt van een departement",
            "Kontaktstelle eines Ministeriums",
            "Contact point of a department",
        ),
    },
)

FACTS: tuple[Fact, ...] = (*CODES, *INSTITUTIONS, *UNITS)
