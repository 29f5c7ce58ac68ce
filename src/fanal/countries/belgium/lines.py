"""The lines that anybody may call, day and night."""

from fanal.country.schema import ContactPoint, Fact, Text, Unit

from .services import unit


def _line(code: str, name: Text, source: str) -> Unit:
    return unit(
        f"line-{code}", "lines", "line", name, name, languages=("fr", "nl", "de", "en"), source=source
    )


_NATIONAL_LINE = "National line of the specialised centres: droitsquotidiens.be; lalibre.be of 24-7-2023"
_PUBLIC = "Public emergency number"

UNITS: tuple[Fact, ...] = (
    _line(
        "centres",
        Text(
            "Ligne commune des centres spécialisés",
            "Gemeenschappelijke lijn van de gespecialiseerde centra",
            "Gemeinsame Nummer der spezialisierten Zentren",
            "Common line of the specialised centres",
        ),
        _NATIONAL_LINE,
    ),
    _line("emergency", Text("Secours", "Noodhulp", "Notruf", "Emergency services"), _PUBLIC),
    _line(
        "police",
        Text("Police, appel urgent", "Politie, dringende oproep", "Polizei, Notruf", "Police, urgent call"),
        _PUBLIC,
    ),
    _line(
        "missing-children",
        Text("Enfants disparus", "Vermiste kinderen", "Vermisste Kinder", "Missing children"),
        "European number for missing children: 116000",
    ),
)


def _number(code: str, value: str, label: Text, source: str) -> ContactPoint:
    return ContactPoint(
        code=f"line-{code}-phone",
        unit=f"line-{code}",
        channel="phone",
        value=value,
        label=label,
        always=True,
        public=True,
        source=source,
    )


CONTACT_POINTS: tuple[Fact, ...] = (
    _number(
        "centres",
        "078 055 800",
        Text(
            "Aide et conseil, jour et nuit",
            "Hulp en advies, dag en nacht",
            "Hilfe und Rat, Tag und Nacht",
            "Help and advice, day and night",
        ),
        _NATIONAL_LINE,
    ),
    _number(
        "emergency",
        "112",
        Text(
            "Urgence médicale, pompiers, police",
            "Medische hulp, brandweer, politie",
            "Rettungsdienst, Feuerwehr, Polizei",
            "Ambulance, fire brigade, police",
        ),
        _PUBLIC,
    ),
    _number(
        "police",
        "101",
        Text("Police, en urgence", "Politie, dringend", "Polizei, dringend", "Police, urgent"),
        _PUBLIC,
    ),
    _number(
        "missing-children",
        "116000",
        Text(
            "Disparition d’un enfant",
            "Verdwijning van een kind",
            "Verschwinden eines Kindes",
            "A child is missing",
        ),
        "European number for missing children: 116000",
    ),
)
