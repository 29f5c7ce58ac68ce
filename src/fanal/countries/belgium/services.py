"""Units that protect, accompany, receive, coordinate."""

from fanal.country.schema import Fact, Text, Unit, same

SEED = "Myria, page on the multidisciplinary approach"
FLEMISH = ("antwerp", "limburg", "leuven", "east_flanders", "west_flanders")
WALLOON = ("walloon_brabant", "hainaut", "namur", "luxembourg", "liege", "eupen")
FRENCH = ("walloon_brabant", "hainaut", "namur", "luxembourg", "liege")


def unit(
    code: str,
    institution: str,
    kind: str,
    name: Text,
    short: Text,
    *roles: str,
    districts: tuple[str, ...] = (),
    zones: tuple[str, ...] = (),
    languages: tuple[str, ...] = ("fr", "nl"),
    source: str = SEED,
    to_verify: bool = False,
    sectors: tuple[str, ...] = (),
) -> Unit:
    return Unit(
        code=code,
        institution=institution,
        kind=kind,
        name=name,
        short=short,
        districts=districts,
        zones=zones,
        languages=languages,
        roles=roles,
        source=source,
        to_verify=to_verify,
        sectors=sectors,
    )


_REGION = "Myria names the three centres; which region each serves is to be confirmed"

CENTRES = (
    unit(
        "centre-pag-asa",
        "pag-asa",
        "centre",
        same("PAG-ASA"),
        same("PAG-ASA"),
        "centre_worker",
        districts=("brussels",),
        zones=("brussels_19",),
        source=_REGION,
        to_verify=True,
    ),
    unit(
        "centre-payoke",
        "payoke",
        "centre",
        same("Payoke"),
        same("Payoke"),
        "centre_worker",
        districts=(*FLEMISH, "brussels"),
        zones=("halle_vilvoorde",),
        languages=("nl",),
        source=_REGION,
        to_verify=True,
    ),
    unit(
        "centre-surya",
        "surya",
        "centre",
        same("Sürya"),
        same("Sürya"),
        "centre_worker",
        districts=WALLOON,
        languages=("fr", "de"),
        source=_REGION,
        to_verify=True,
    ),
    unit(
        "shelter-esperanto",
        "esperanto",
        "shelter_minors",
        same("Esperanto"),
        same("Esperanto"),
        "centre_worker",
        languages=("fr",),
        source="Orientation scheme for minors, French Community",
    ),
    unit(
        "shelter-minor-ndako",
        "minor-ndako",
        "shelter_minors",
        same("Minor-Ndako"),
        same("Minor-Ndako"),
        "centre_worker",
        languages=("nl", "fr"),
        source="Orientation scheme for minors, French Community",
    ),
)

AUTHORITIES = (
    unit(
        "inspection-onss",
        "onss",
        "inspection",
        Text(
            "Inspection sociale de l’ONSS",
            "Sociale inspectie van de RSZ",
            "Sozialinspektion des LSS",
            "Social inspection of the NSSO",
        ),
        Text("ONSS Inspection", "RSZ Inspectie", "LSS Inspektion", "NSSO Inspection"),
        "inspector",
    ),
    unit(
        "inspection-cls",
        "employment",
        "inspection",
        Text(
            "Contrôle des lois sociales",
            "Toezicht op de sociale wetten",
            "Kontrolle der Sozialgesetze",
            "Supervision of Social Legislation",
        ),
        Text("CLS", "TSW", "KSG", "SSL"),
        "inspector",
    ),
    unit(
        "immigration-cell",
        "immigration-office",
        "immigration_cell",
        Text(
            "Office des étrangers, cellule MINTEH",
            "Dienst Vreemdelingenzaken, cel MINTEH",
            "Ausländeramt, Zelle MINTEH",
            "Immigration Office, MINTEH cell",
        ),
        Text("Office des étrangers", "Dienst Vreemdelingenzaken", "Ausländeramt", "Immigration Office"),
        "immigration_agent",
    ),
    unit(
        "immigration-research",
        "immigration-office",
        "immigration_research",
        Text(
            "Office des étrangers, bureau des recherches",
            "Dienst Vreemdelingenzaken, bureau Opsporingen",
            "Ausländeramt, Ermittlungsbüro",
            "Immigration Office, research bureau",
        ),
        Text("OE recherches", "DVZ Opsporingen", "AA Ermittlung", "IO research"),
        "immigration_agent",
    ),
    unit(
        "immigration-desk",
        "immigration-office",
        "immigration_desk",
        Text(
            "Office des étrangers, service des personnes vulnérables",
            "Dienst Vreemdelingenzaken, dienst kwetsbare personen",
            "Ausländeramt, Dienst für schutzbedürftige Personen",
            "Immigration Office, desk for vulnerable persons",
        ),
        Text(
            "OE personnes vulnérables",
            "DVZ kwetsbare personen",
            "AA Schutzbedürftige",
            "IO vulnerable persons",
        ),
        "immigration_agent",
        source="United Nations Network on Migration, practice of 1-4-2022",
    ),
    unit(
        "guardianship",
        "justice",
        "guardianship",
        Text(
            "SPF Justice, Service des Tutelles",
            "FOD Justitie, Dienst Voogdij",
            "FÖD Justiz, Vormundschaftsdienst",
            "FPS Justice, Guardianship Service",
        ),
        Text("Service des Tutelles", "Dienst Voogdij", "Vormundschaftsdienst", "Guardianship Service"),
        "guardianship_officer",
        source="Circular of 23-4-2004 (form for unaccompanied minors)",
    ),
    unit(
        "foreign-affairs",
        "foreign-affairs",
        "foreign_affairs",
        Text(
            "SPF Affaires étrangères, postes et coopération internationale",
            "FOD Buitenlandse Zaken, posten en internationale samenwerking",
            "FÖD Auswärtige Angelegenheiten, Vertretungen und internationale Zusammenarbeit",
            "FPS Foreign Affairs, posts and international cooperation",
        ),
        Text("SPF AE", "FOD BZ", "FÖD AA", "FPS FA"),
        "reception",
    ),
    unit(
        "foreign-affairs-protocol",
        "foreign-affairs",
        "protocol",
        Text(
            "SPF Affaires étrangères, direction du Protocole",
            "FOD Buitenlandse Zaken, directie Protocol",
            "FÖD Auswärtige Angelegenheiten, Direktion Protokoll",
            "FPS Foreign Affairs, Protocol",
        ),
        Text("SPF AE Protocole", "FOD BZ Protocol", "FÖD AA Protokoll", "FPS FA Protocol"),
        "reception",
        source="Senate, question 5-228 (special identity card of domestic staff)",
    ),
    unit(
        "criminal-policy",
        "justice",
        "coordination",
        Text(
            "SPF Justice, Service de la Politique criminelle",
            "FOD Justitie, Dienst voor het Strafrechtelijk beleid",
            "FÖD Justiz, Dienst für Kriminalpolitik",
            "FPS Justice, Criminal Policy Service",
        ),
        Text("SPC", "DSB", "DKP", "CPS"),
        "coordinator",
        "secretary",
    ),
    unit(
        "myria",
        "myria",
        "rapporteur",
        Text(
            "Myria, Centre fédéral Migration",
            "Myria, Federaal Migratiecentrum",
            "Myria, Föderales Migrationszentrum",
            "Myria, Federal Migration Centre",
        ),
        same("Myria"),
        "coordinator",
        "secretary",
        "rapporteur",
    ),
    unit(
        "administration",
        "justice",
        "administration",
        Text(
            "Gestion de la plateforme",
            "Beheer van het platform",
            "Verwaltung der Plattform",
            "Administration of the platform",
        ),
        Text("Gestion", "Beheer", "Verwaltung", "Administration"),
        "administrator",
        source="Organisational",
        to_verify=True,
    ),
    unit(
        "fedasil",
        "fedasil",
        "reception",
        Text(
            "Fedasil, réseau d’accueil",
            "Fedasil, opvangnetwerk",
            "Fedasil, Aufnahmenetz",
            "Fedasil, reception network",
        ),
        same("Fedasil"),
        "reception",
        source="United Nations Network on Migration, practice of 1-4-2022",
    ),
)

_DETENTION = {
    "bruges": (Text("Bruges", "Brugge", "Brügge", "Bruges"), ("west_flanders",), ()),
    "caricole": (same("Caricole"), ("brussels",), ("halle_vilvoorde",)),
    "127bis": (same("127bis"), ("brussels",), ("halle_vilvoorde",)),
    "holsbeek": (same("Holsbeek"), ("leuven",), ()),
    "merksplas": (same("Merksplas"), ("antwerp",), ()),
    "vottem": (same("Vottem"), ("liege",), ()),
}

DETENTION = tuple(
    unit(
        f"detention-{code}",
        "immigration-office",
        "detention",
        Text(
            f"Centre fermé {name.fr}",
            f"Gesloten centrum {name.nl}",
            f"Geschlossenes Zentrum {name.de}",
            f"Detention centre {name.en}",
        ),
        Text(f"Centre {name.fr}", f"Centrum {name.nl}", f"Zentrum {name.de}", f"Centre {name.en}"),
        "reception",
        districts=districts,
        zones=zones,
        source="Immigration Office, list of closed centres",
        to_verify=True,
    )
    for code, (name, districts, zones) in _DETENTION.items()
)

UNITS: tuple[Fact, ...] = (*AUTHORITIES, *CENTRES, *DETENTION)
