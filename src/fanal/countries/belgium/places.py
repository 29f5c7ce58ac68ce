"""Institutions, judicial districts and their parts."""

from dataclasses import dataclass

from fanal.country.schema import District, Fact, Institution, Text, Zone, same

JUDICIAL_MAP = "Judicial Code, annex; law of 1-12-2013 (judicial districts since 1-4-2014)"
DIVISIONS = "Law of 19-7-2012 (Halle-Vilvoorde); law of 1-12-2013 (Charleroi and Mons)"
SEED = "Myria, page on the multidisciplinary approach"


@dataclass(frozen=True)
class Name:
    """A place in a sentence: French needs its own form after « de »."""

    text: Text
    of_fr: str


DISTRICT_NAMES = {
    "antwerp": Name(Text("Anvers", "Antwerpen", "Antwerpen", "Antwerp"), "d’Anvers"),
    "limburg": Name(Text("Limbourg", "Limburg", "Limburg", "Limburg"), "du Limbourg"),
    "brussels": Name(Text("Bruxelles", "Brussel", "Brüssel", "Brussels"), "de Bruxelles"),
    "leuven": Name(Text("Louvain", "Leuven", "Löwen", "Leuven"), "de Louvain"),
    "walloon_brabant": Name(
        Text("Brabant wallon", "Waals-Brabant", "Wallonisch-Brabant", "Walloon Brabant"), "du Brabant wallon"
    ),
    "hainaut": Name(Text("Hainaut", "Henegouwen", "Hennegau", "Hainaut"), "du Hainaut"),
    "namur": Name(Text("Namur", "Namen", "Namur", "Namur"), "de Namur"),
    "luxembourg": Name(Text("Luxembourg", "Luxemburg", "Luxemburg", "Luxembourg"), "du Luxembourg"),
    "liege": Name(Text("Liège", "Luik", "Lüttich", "Liège"), "de Liège"),
    "eupen": Name(same("Eupen"), "d’Eupen"),
    "east_flanders": Name(
        Text("Flandre orientale", "Oost-Vlaanderen", "Ostflandern", "East Flanders"), "de Flandre orientale"
    ),
    "west_flanders": Name(
        Text("Flandre occidentale", "West-Vlaanderen", "Westflandern", "West Flanders"),
        "de Flandre occidentale",
    ),
}

ZONE_NAMES = {
    "brussels_19": Name(
        Text(
            "Bruxelles (19 communes)",
            "Brussel (19 gemeenten)",
            "Brüssel (19 Gemeinden)",
            "Brussels (19 municipalities)",
        ),
        "de Bruxelles",
    ),
    "halle_vilvoorde": Name(
        Text("Hal-Vilvorde", "Halle-Vilvoorde", "Halle-Vilvoorde", "Halle-Vilvoorde"), "de Hal-Vilvorde"
    ),
    "charleroi": Name(same("Charleroi"), "de Charleroi"),
    "mons": Name(Text("Mons", "Bergen", "Mons", "Mons"), "de Mons"),
}

RESORT_NAMES = {
    "antwerp": DISTRICT_NAMES["antwerp"],
    "brussels": DISTRICT_NAMES["brussels"],
    "ghent": Name(Text("Gand", "Gent", "Gent", "Ghent"), "de Gand"),
    "liege": DISTRICT_NAMES["liege"],
    "mons": ZONE_NAMES["mons"],
}

RESORT_OF = {
    "antwerp": "antwerp",
    "limburg": "antwerp",
    "brussels": "brussels",
    "leuven": "brussels",
    "walloon_brabant": "brussels",
    "east_flanders": "ghent",
    "west_flanders": "ghent",
    "liege": "liege",
    "eupen": "liege",
    "namur": "liege",
    "luxembourg": "liege",
    "hainaut": "mons",
}

_TILES = {
    "west_flanders": (0, 0),
    "east_flanders": (1, 0),
    "antwerp": (2, 0),
    "limburg": (3, 0),
    "brussels": (1, 1),
    "leuven": (2, 1),
    "liege": (3, 1),
    "eupen": (4, 1),
    "hainaut": (0, 2),
    "walloon_brabant": (1, 2),
    "namur": (2, 2),
    "luxembourg": (3, 2),
}

LANGUAGES_OF = {
    "antwerp": ("nl",),
    "limburg": ("nl",),
    "brussels": ("fr", "nl"),
    "leuven": ("nl",),
    "walloon_brabant": ("fr",),
    "hainaut": ("fr",),
    "namur": ("fr",),
    "luxembourg": ("fr",),
    "liege": ("fr",),
    "eupen": ("de", "fr"),
    "east_flanders": ("nl",),
    "west_flanders": ("nl",),
    "halle_vilvoorde": ("nl", "fr"),
    "brussels_19": ("fr", "nl"),
    "charleroi": ("fr",),
    "mons": ("fr",),
}

ZONES_OF = {"brussels": ("brussels_19", "halle_vilvoorde"), "hainaut": ("charleroi", "mons")}

DISTRICTS = tuple(
    District(
        code=code,
        name=name.text,
        resort=RESORT_OF[code],
        tile=_TILES[code],
        source=JUDICIAL_MAP,
        to_verify=True,
    )
    for code, name in DISTRICT_NAMES.items()
)

ZONES = tuple(
    Zone(code=zone, name=ZONE_NAMES[zone].text, district=district, source=DIVISIONS, to_verify=True)
    for district, zones in ZONES_OF.items()
    for zone in zones
)


def _institution(
    code: str, kind: str, name: Text, abbreviation: Text, *, to_verify: bool = False
) -> Institution:
    return Institution(
        code=code, kind=kind, name=name, abbreviation=abbreviation, source=SEED, to_verify=to_verify
    )


INSTITUTIONS = (
    _institution(
        "public-prosecution",
        "justice",
        Text("Ministère public", "Openbaar Ministerie", "Staatsanwaltschaft", "Public Prosecution Service"),
        Text("MP", "OM", "StA", "PPS"),
    ),
    _institution(
        "college-pg",
        "justice",
        Text(
            "Collège des procureurs généraux",
            "College van procureurs-generaal",
            "Kollegium der Generalprokuratoren",
            "College of General Prosecutors",
        ),
        Text("Collège PG", "College PG", "Kollegium GP", "College GP"),
    ),
    _institution(
        "justice",
        "federal",
        Text("SPF Justice", "FOD Justitie", "FÖD Justiz", "Federal Public Service Justice"),
        Text("SPF Justice", "FOD Justitie", "FÖD Justiz", "FPS Justice"),
    ),
    _institution(
        "federal-police",
        "police",
        Text("Police fédérale", "Federale politie", "Föderale Polizei", "Federal Police"),
        Text("PolFed", "FedPol", "FedPol", "FedPol"),
    ),
    _institution(
        "local-police",
        "police",
        Text("Police locale", "Lokale politie", "Lokale Polizei", "Local Police"),
        Text("PL", "LP", "LP", "LP"),
    ),
    _institution(
        "onss",
        "federal",
        Text(
            "Office national de sécurité sociale",
            "Rijksdienst voor Sociale Zekerheid",
            "Landesamt für soziale Sicherheit",
            "National Social Security Office",
        ),
        Text("ONSS", "RSZ", "LSS", "NSSO"),
    ),
    _institution(
        "employment",
        "federal",
        Text(
            "SPF Emploi, Travail et Concertation sociale",
            "FOD Werkgelegenheid, Arbeid en Sociaal Overleg",
            "FÖD Beschäftigung, Arbeit und Soziale Konzertierung",
            "Federal Public Service Employment, Labour and Social Dialogue",
        ),
        Text("SPF ETCS", "FOD WASO", "FÖD BASK", "FPS ELSD"),
    ),
    _institution(
        "immigration-office",
        "federal",
        Text("Office des étrangers", "Dienst Vreemdelingenzaken", "Ausländeramt", "Immigration Office"),
        Text("OE", "DVZ", "AA", "IO"),
    ),
    _institution(
        "foreign-affairs",
        "federal",
        Text(
            "SPF Affaires étrangères, Commerce extérieur et Coopération au développement",
            "FOD Buitenlandse Zaken, Buitenlandse Handel en Ontwikkelingssamenwerking",
            "FÖD Auswärtige Angelegenheiten, Außenhandel und Entwicklungszusammenarbeit",
            "Federal Public Service Foreign Affairs, Foreign Trade and Development Cooperation",
        ),
        Text("SPF AE", "FOD BZ", "FÖD AA", "FPS FA"),
    ),
    _institution("payoke", "association", same("Payoke"), same("Payoke")),
    _institution("pag-asa", "association", same("PAG-ASA"), same("PAG-ASA")),
    _institution("surya", "association", same("Sürya"), same("Sürya")),
    _institution("esperanto", "association", same("Esperanto"), same("Esperanto")),
    _institution("minor-ndako", "association", same("Minor-Ndako"), same("Minor-Ndako")),
    _institution(
        "fedasil",
        "federal",
        Text(
            "Agence fédérale pour l’accueil des demandeurs d’asile",
            "Federaal agentschap voor de opvang van asielzoekers",
            "Föderalagentur für die Aufnahme von Asylsuchenden",
            "Federal Agency for the Reception of Asylum Seekers",
        ),
        same("Fedasil"),
    ),
    _institution(
        "myria",
        "independent",
        Text(
            "Myria, Centre fédéral Migration",
            "Myria, Federaal Migratiecentrum",
            "Myria, Föderales Migrationszentrum",
            "Myria, Federal Migration Centre",
        ),
        same("Myria"),
    ),
    _institution(
        "flanders",
        "federated",
        Text(
            "Communauté et Région flamandes",
            "Vlaamse Gemeenschap en Vlaams Gewest",
            "Flämische Gemeinschaft und Region",
            "Flemish Community and Region",
        ),
        Text("Flandre", "Vlaanderen", "Flandern", "Flanders"),
    ),
    _institution(
        "wallonia",
        "federated",
        Text("Région wallonne", "Waals Gewest", "Wallonische Region", "Walloon Region"),
        Text("Wallonie", "Wallonië", "Wallonie", "Wallonia"),
    ),
    _institution(
        "brussels-region",
        "federated",
        Text(
            "Région de Bruxelles-Capitale",
            "Brussels Hoofdstedelijk Gewest",
            "Region Brüssel-Hauptstadt",
            "Brussels-Capital Region",
        ),
        Text("RBC", "BHG", "RBH", "BCR"),
    ),
    _institution(
        "cocom",
        "federated",
        Text(
            "Commission communautaire commune",
            "Gemeenschappelijke Gemeenschapscommissie",
            "Gemeinsame Gemeinschaftskommission",
            "Common Community Commission",
        ),
        Text("COCOM", "GGC", "GGK", "CCC"),
        to_verify=True,
    ),
    _institution(
        "french-community",
        "federated",
        Text(
            "Fédération Wallonie-Bruxelles",
            "Federatie Wallonië-Brussel",
            "Föderation Wallonie-Brüssel",
            "Wallonia-Brussels Federation",
        ),
        Text("FWB", "FWB", "FWB", "FWB"),
    ),
    _institution(
        "german-community",
        "federated",
        Text(
            "Communauté germanophone",
            "Duitstalige Gemeenschap",
            "Deutschsprachige Gemeinschaft",
            "German-speaking Community",
        ),
        Text("CG", "DG", "DG", "GC"),
    ),
    _institution(
        "lines",
        "line",
        Text("Lignes d’appel", "Hulplijnen", "Rufnummern", "Telephone lines"),
        Text("Lignes", "Lijnen", "Nummern", "Lines"),
    ),
)

PLACES: tuple[Fact, ...] = (*INSTITUTIONS, *DISTRICTS, *ZONES)
