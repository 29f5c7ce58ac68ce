"""Units of the public prosecution service and of the federal and local police."""

from fanal.country.schema import Fact, Function, Text, Unit, same

from .places import (
    DISTRICT_NAMES,
    LANGUAGES_OF,
    RESORT_NAMES,
    RESORT_OF,
    ZONE_NAMES,
    ZONES_OF,
    Name,
)

SEED = "Myria, page on the multidisciplinary approach"
MAP = "Judicial Code, annex; law of 1-12-2013; law of 19-7-2012"
LABOUR_MAP = "Judicial Code, art. 152 and annex (labour auditorates)"
POLICE = "Myria, page on the multidisciplinary approach (a cell in each judicial service of a district)"

AREAS: dict[str, tuple[Name, tuple[str, ...], tuple[str, ...]]] = {
    code: (name, (code,), ()) for code, name in DISTRICT_NAMES.items() if code not in ZONES_OF
} | {zone: (ZONE_NAMES[zone], (district,), (zone,)) for district, zones in ZONES_OF.items() for zone in zones}
"""Where an office of first instance is competent: a district, or a part of a divided one."""


def _slug(code: str) -> str:
    return code.removesuffix("_19").replace("_", "-")


def _plain(area: str, name: Name) -> Text:
    return DISTRICT_NAMES["brussels"].text if area == "brussels_19" else name.text


def _parquet(area: str) -> Unit:
    name, districts, zones = AREAS[area]
    plain = _plain(area, name)
    return Unit(
        code=f"parquet-{_slug(area)}",
        institution="public-prosecution",
        kind="parquet",
        name=Text(
            f"Parquet du procureur du Roi {name.of_fr}",
            f"Parket van de procureur des Konings {plain.nl}",
            f"Staatsanwaltschaft {plain.de}",
            f"Public prosecutor’s office, {plain.en}",
        ),
        short=Text(
            f"Parquet {name.of_fr}", f"Parket {plain.nl}", f"StA {plain.de}", f"Prosecutor {plain.en}"
        ),
        districts=districts,
        zones=zones,
        languages=LANGUAGES_OF[area],
        roles=("magistrate",),
        source=MAP,
        to_verify=True,
    )


_AUDITORATS: dict[str, tuple[Name, tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "antwerp": (DISTRICT_NAMES["antwerp"], ("antwerp", "limburg"), (), ("nl",)),
    "ghent": (RESORT_NAMES["ghent"], ("east_flanders", "west_flanders"), (), ("nl",)),
    "leuven": (DISTRICT_NAMES["leuven"], ("leuven",), (), ("nl",)),
    "brussels": (DISTRICT_NAMES["brussels"], ("brussels",), ("brussels_19",), ("fr", "nl")),
    "halle-vilvoorde": (ZONE_NAMES["halle_vilvoorde"], ("brussels",), ("halle_vilvoorde",), ("nl", "fr")),
    "walloon-brabant": (DISTRICT_NAMES["walloon_brabant"], ("walloon_brabant",), (), ("fr",)),
    "hainaut": (DISTRICT_NAMES["hainaut"], ("hainaut",), (), ("fr",)),
    "liege": (DISTRICT_NAMES["liege"], ("liege", "namur", "luxembourg"), (), ("fr",)),
    "eupen": (DISTRICT_NAMES["eupen"], ("eupen",), (), ("de", "fr")),
}


def _auditorat(code: str) -> Unit:
    name, districts, zones, languages = _AUDITORATS[code]
    text = name.text
    return Unit(
        code=f"auditorat-{code}",
        institution="public-prosecution",
        kind="auditorat",
        name=Text(
            f"Auditorat du travail {name.of_fr}",
            f"Arbeidsauditoraat {text.nl}",
            f"Arbeitsauditorat {text.de}",
            f"Labour prosecutor’s office, {text.en}",
        ),
        short=Text(
            f"Auditorat {name.of_fr}", f"Auditoraat {text.nl}", f"Auditorat {text.de}", f"Auditor {text.en}"
        ),
        districts=districts,
        zones=zones,
        languages=languages,
        roles=("magistrate",),
        source=LABOUR_MAP,
        to_verify=True,
    )


def _general(resort: str, *, labour: bool) -> Unit:
    name = RESORT_NAMES[resort]
    text = name.text
    words = (
        Text(
            f"Auditorat général du travail {name.of_fr}",
            f"Arbeidsauditoraat-generaal {text.nl}",
            f"Generalarbeitsauditorat {text.de}",
            f"General labour prosecutor’s office, {text.en}",
        )
        if labour
        else Text(
            f"Parquet général {name.of_fr}",
            f"Parket-generaal {text.nl}",
            f"Generalstaatsanwaltschaft {text.de}",
            f"General prosecutor’s office, {text.en}",
        )
    )
    districts = tuple(district for district, found in RESORT_OF.items() if found == resort)
    languages = tuple(dict.fromkeys(lang for district in districts for lang in LANGUAGES_OF[district]))
    return Unit(
        code=f"{'general-auditorat' if labour else 'general-prosecution'}-{resort}",
        institution="public-prosecution",
        kind="general_auditorat" if labour else "general_prosecution",
        name=words,
        short=words,
        districts=districts,
        languages=languages,
        roles=("magistrate",),
        source=SEED,
        to_verify=True,
    )


def _police_cell(area: str) -> Unit:
    name, districts, zones = AREAS[area]
    plain = _plain(area, name)
    words = Text(
        f"Police judiciaire fédérale {name.of_fr}",
        f"Federale gerechtelijke politie {plain.nl}",
        f"Föderale Kriminalpolizei {plain.de}",
        f"Federal judicial police, {plain.en}",
    )
    return Unit(
        code=f"police-{_slug(area)}",
        institution="federal-police",
        kind="police_cell",
        name=words,
        short=Text(f"PJF {plain.fr}", f"FGP {plain.nl}", f"FKP {plain.de}", f"FJP {plain.en}"),
        districts=districts,
        zones=zones,
        languages=LANGUAGES_OF[area],
        roles=("officer",),
        source=POLICE,
        to_verify=True,
    )


def _local_police(code: str, name: Text, district: str, zone: str = "") -> Unit:
    words = Text(
        f"Zone de police {name.fr}",
        f"Politiezone {name.nl}",
        f"Polizeizone {name.de}",
        f"Local police, {name.en}",
    )
    return Unit(
        code=f"local-police-{code}",
        institution="local-police",
        kind="local_police",
        name=words,
        short=Text(f"ZP {name.fr}", f"PZ {name.nl}", f"PZ {name.de}", f"LP {name.en}"),
        districts=(district,),
        zones=(zone,) if zone else (),
        languages=LANGUAGES_OF[zone or district],
        roles=("officer",),
        source="Some local police forces have specialised officers (Myria); which ones is for the keepers to say",
        to_verify=True,
    )


def _national(code: str, institution: str, kind: str, name: Text, short: Text, *roles: str) -> Unit:
    return Unit(
        code=code,
        institution=institution,
        kind=kind,
        name=name,
        short=short,
        languages=("fr", "nl", "de"),
        roles=roles,
        source=SEED,
    )


UNITS: tuple[Fact, ...] = (
    *(_parquet(area) for area in AREAS),
    *(_auditorat(code) for code in _AUDITORATS),
    *(_general(resort, labour=labour) for labour in (False, True) for resort in RESORT_NAMES),
    _national(
        "federal-prosecution",
        "public-prosecution",
        "federal_prosecution",
        Text(
            "Parquet fédéral", "Federaal parket", "Föderalstaatsanwaltschaft", "Federal prosecutor’s office"
        ),
        Text("Parquet fédéral", "Federaal parket", "Föderale StA", "Federal prosecutor"),
        "magistrate",
    ),
    _national(
        "college-pg",
        "college-pg",
        "college",
        Text(
            "Collège des procureurs généraux",
            "College van procureurs-generaal",
            "Kollegium der Generalprokuratoren",
            "College of General Prosecutors",
        ),
        Text("Collège PG", "College PG", "Kollegium GP", "College GP"),
        "coordinator",
    ),
    _national(
        "expertise-network",
        "college-pg",
        "college",
        Text(
            "Réseau d’expertise « Traite et trafic des êtres humains »",
            "Expertisenetwerk ‘Mensenhandel en mensensmokkel’",
            "Expertisenetzwerk „Menschenhandel und Menschenschmuggel“",
            "Expertise network on trafficking and smuggling",
        ),
        Text("Réseau d’expertise", "Expertisenetwerk", "Expertisenetzwerk", "Expertise network"),
        "coordinator",
    ),
    _national(
        "police-central",
        "federal-police",
        "police_central",
        Text(
            "Police judiciaire fédérale, cellule centrale Traite des êtres humains",
            "Federale gerechtelijke politie, centrale cel Mensenhandel",
            "Föderale Kriminalpolizei, Zentralstelle Menschenhandel",
            "Federal judicial police, central trafficking unit",
        ),
        Text("PJF cellule centrale", "FGP centrale cel", "FKP Zentralstelle", "FJP central unit"),
        "officer",
    ),
    *(_police_cell(area) for area in AREAS),
    _local_police("antwerp", Text("Anvers", "Antwerpen", "Antwerpen", "Antwerp"), "antwerp"),
    _local_police(
        "brussels-ixelles",
        Text(
            "Bruxelles-Capitale Ixelles",
            "Brussel-Hoofdstad Elsene",
            "Brüssel-Hauptstadt Ixelles",
            "Brussels-Ixelles",
        ),
        "brussels",
        "brussels_19",
    ),
    _local_police("charleroi", same("Charleroi"), "hainaut", "charleroi"),
    _local_police("ghent", Text("Gand", "Gent", "Gent", "Ghent"), "east_flanders"),
    _local_police("liege", Text("Liège", "Luik", "Lüttich", "Liège"), "liege"),
    _local_police("namur", Text("Namur", "Namen", "Namur", "Namur"), "namur"),
)

FUNCTIONS: tuple[Fact, ...] = (
    Function(
        code="reference_magistrate",
        name=Text(
            "Magistrat de référence", "Referentiemagistraat", "Referenzmagistrat", "Reference magistrate"
        ),
        unit_kinds=("parquet", "auditorat", "general_prosecution", "general_auditorat"),
        source=SEED,
    ),
    Function(
        code="youth_magistrate",
        name=Text("Magistrat de la jeunesse", "Jeugdmagistraat", "Jugendmagistrat", "Youth magistrate"),
        unit_kinds=("parquet",),
        source="Circular COL 01/2015 (youth magistrate in the local coordination meetings since May 2015)",
    ),
    Function(
        code="federal_magistrate",
        name=Text("Magistrat fédéral", "Federaal magistraat", "Föderalmagistrat", "Federal magistrate"),
        unit_kinds=("federal_prosecution",),
        source=SEED,
    ),
    Function(
        code="specialised_officer",
        name=Text(
            "Enquêteur spécialisé",
            "Gespecialiseerd rechercheur",
            "Spezialisierter Ermittler",
            "Specialised investigator",
        ),
        unit_kinds=("police_central", "police_cell", "local_police"),
        source=SEED,
    ),
    Function(
        code="inspector",
        name=Text("Inspecteur social", "Sociaal inspecteur", "Sozialinspektor", "Social inspector"),
        unit_kinds=("inspection",),
        source=SEED,
    ),
    Function(
        code="intake",
        name=Text(
            "Accueil des nouvelles demandes",
            "Onthaal van nieuwe aanvragen",
            "Aufnahme neuer Anfragen",
            "Intake",
        ),
        unit_kinds=("centre", "shelter_minors", "guardianship"),
        source="Organisational",
    ),
    Function(
        code="case_handler",
        name=Text("Gestionnaire du dossier", "Dossierbehandelaar", "Sachbearbeiter", "Case handler"),
        unit_kinds=("immigration_cell", "immigration_desk", "immigration_research", "guardianship"),
        source="Organisational",
    ),
    Function(
        code="contact_point",
        name=Text("Point de contact", "Contactpunt", "Kontaktstelle", "Contact point"),
        unit_kinds=(
            "college",
            "coordination",
            "rapporteur",
            "foreign_affairs",
            "protocol",
            "reception",
            "detention",
            "federated_contact",
            "line",
        ),
        source="Organisational",
    ),
)
