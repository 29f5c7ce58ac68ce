"""Contact points of the Regions and Communities, one for each field of policy."""

from fanal.country.schema import Fact, Text

from .services import FLEMISH, FRENCH, WALLOON, unit

_SECTORS = {
    "labour": Text(
        "emploi et inspection", "werk en inspectie", "Beschäftigung und Inspektion", "labour and inspection"
    ),
    "housing": Text("logement", "wonen", "Wohnungswesen", "housing"),
    "youth": Text("aide à la jeunesse", "jeugdhulp", "Jugendhilfe", "youth welfare"),
    "welfare": Text(
        "action sociale et santé", "welzijn en gezondheid", "Soziales und Gesundheit", "welfare and health"
    ),
    "integration": Text("intégration", "inburgering", "Integration", "integration"),
}

_ENTITIES: dict[str, tuple[Text, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "flanders": (
        Text("Flandre", "Vlaanderen", "Flandern", "Flanders"),
        (*FLEMISH, "brussels"),
        ("halle_vilvoorde",),
        ("nl",),
        ("labour", "housing", "youth", "welfare", "integration"),
    ),
    "wallonia": (
        Text("Wallonie", "Wallonië", "Wallonie", "Wallonia"),
        WALLOON,
        (),
        ("fr", "de"),
        ("labour", "housing", "welfare", "integration"),
    ),
    "brussels-region": (
        Text("Région bruxelloise", "Brussels Gewest", "Region Brüssel", "Brussels Region"),
        ("brussels",),
        ("brussels_19",),
        ("fr", "nl"),
        ("labour", "housing"),
    ),
    "cocom": (
        Text("COCOM", "GGC", "GGK", "Common Community Commission"),
        ("brussels",),
        ("brussels_19",),
        ("fr", "nl"),
        ("welfare", "integration"),
    ),
    "french-community": (
        Text(
            "Fédération Wallonie-Bruxelles",
            "Federatie Wallonië-Brussel",
            "Föderation Wallonie-Brüssel",
            "Wallonia-Brussels Federation",
        ),
        (*FRENCH, "brussels"),
        ("brussels_19", "charleroi", "mons"),
        ("fr",),
        ("youth",),
    ),
    "german-community": (
        Text(
            "Communauté germanophone",
            "Duitstalige Gemeenschap",
            "Deutschsprachige Gemeinschaft",
            "German-speaking Community",
        ),
        ("eupen",),
        (),
        ("de",),
        ("labour", "housing", "youth", "welfare", "integration"),
    ),
}

UNITS: tuple[Fact, ...] = tuple(
    unit(
        f"contact-{entity}-{sector}",
        entity,
        "federated_contact",
        Text(
            f"{name.fr}, point de contact {_SECTORS[sector].fr}",
            f"{name.nl}, contactpunt {_SECTORS[sector].nl}",
            f"{name.de}, Kontaktstelle {_SECTORS[sector].de}",
            f"{name.en}, contact point for {_SECTORS[sector].en}",
        ),
        Text(
            f"{name.fr} – {_SECTORS[sector].fr}",
            f"{name.nl} – {_SECTORS[sector].nl}",
            f"{name.de} – {_SECTORS[sector].de}",
            f"{name.en} – {_SECTORS[sector].en}",
        ),
        "reception",
        districts=districts,
        zones=zones,
        languages=languages,
        sectors=(sector,),
        source="Action plan 2021-2025 (contact points in the federated entities by sector)",
        to_verify=True,
    )
    for entity, (name, districts, zones, languages, sectors) in _ENTITIES.items()
    for sector in sectors
)
