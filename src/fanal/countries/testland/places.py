"""Testland's land: three districts, one of them divided, and its municipalities."""

from datetime import date

from fanal.country.schema import District, Fact, Institution, Municipality, Text, Zone, same

MAP = "Testland, Law of Places, art. 1"
REFORM = date(2025, 7, 1)
EVE = date(2025, 6, 30)

INSTITUTIONS = tuple(
    Institution(code=code, kind=kind, name=name, abbreviation=short, source=MAP)
    for code, kind, name, short in (
        ("courts", "justice", Text("Tribunaux", "Rechtbanken", "Gerichte", "Courts"), same("C")),
        ("watch", "police", Text("Guet", "Wacht", "Wache", "Watch"), same("W")),
        ("crown", "federal", Text("Couronne", "Kroon", "Krone", "Crown"), same("K")),
        (
            "lantern",
            "association",
            Text("La Lanterne", "De Lantaarn", "Die Laterne", "The Lantern"),
            same("L"),
        ),
        ("meadow", "association", Text("Le Pré", "De Weide", "Die Wiese", "The Meadow"), same("M")),
        ("ombudsman", "independent", Text("Médiateur", "Ombudsman", "Ombudsmann", "Ombudsman"), same("O")),
        ("islands", "federated", Text("Les Îles", "De Eilanden", "Die Inseln", "The Isles"), same("I")),
    )
)

DISTRICTS = (
    District(
        code="harbour",
        name=Text("Le Port", "De Haven", "Der Hafen", "Harbour"),
        resort="coast",
        tile=(0, 0),
        source=MAP,
    ),
    District(
        code="plain",
        name=Text("La Plaine", "De Vlakte", "Die Ebene", "Plain"),
        resort="land",
        tile=(1, 0),
        source=MAP,
    ),
    District(
        code="isles",
        name=Text("Les Îles", "De Eilanden", "Die Inseln", "Isles"),
        resort="coast",
        tile=(0, 1),
        source=MAP,
    ),
)

ZONES = (
    Zone(
        code="quays", name=Text("Les Quais", "De Kaaien", "Die Kais", "Quays"), district="harbour", source=MAP
    ),
    Zone(
        code="hills",
        name=Text("Les Collines", "De Heuvels", "Die Hügel", "Hills"),
        district="harbour",
        source=MAP,
    ),
)


def _municipality(
    code: str,
    name: Text,
    postcode: str,
    district: str,
    zone: str = "",
    since: date = date(2000, 1, 1),
    until: date | None = None,
) -> Municipality:
    return Municipality(
        code=code,
        name=name,
        postcodes=(postcode,),
        district=district,
        zone=zone,
        valid_from=since,
        valid_to=until,
        source=MAP,
    )


MUNICIPALITIES = (
    _municipality("T01", Text("Port-Vieux", "Oudhaven", "Althafen", "Oldport"), "100", "harbour", "quays"),
    _municipality("T02", Text("Port-Neuf", "Nieuwhaven", "Neuhafen", "Newport"), "110", "harbour", "quays"),
    _municipality(
        "T03", Text("Hautcolline", "Hoogheuvel", "Hochhügel", "Highhill"), "120", "harbour", "hills"
    ),
    _municipality("T04", Text("Grandpré", "Grootweide", "Grosswiese", "Broadmeadow"), "200", "plain"),
    _municipality(
        "T05", Text("Petitpré", "Kleinweide", "Kleinwiese", "Littlemeadow"), "210", "plain", until=EVE
    ),
    _municipality("T06", Text("Phare", "Vuurtoren", "Leuchtturm", "Lighthouse"), "300", "isles"),
    # The merger of the reform: the little meadow crosses the hills into the other district.
    _municipality(
        "T07",
        Text("Petitpré-sur-Colline", "Kleinweide-Heuvel", "Kleinwiese am Hügel", "Littlemeadow Hill"),
        "210",
        "harbour",
        "hills",
        since=REFORM,
    ),
)

PLACES: tuple[Fact, ...] = (*INSTITUTIONS, *DISTRICTS, *ZONES, *MUNICIPALITIES)
