"""The grounds on which protection ends. They differ by phase."""

from fanal.country.schema import Ask, Fact, Ground, Text

from .papers import ALIENS

_FIRST = ("P1",)
_SECOND = ("P2", "P2X")
_THIRD = ("P3",)
_ANY = ("P0", *_FIRST, *_SECOND, *_THIRD, "ACC")
_PRACTICE = "Practice, to be confirmed"


def _ground(
    code: str,
    label: Text,
    phases: tuple[str, ...],
    basis: str,
    *,
    asks: tuple[Ask, ...] = (),
    with_magistrate: bool = False,
) -> Ground:
    return Ground(
        code=code,
        label=label,
        phases=phases,
        asks=asks,
        with_magistrate=with_magistrate,
        legal_basis=basis,
        source=basis,
        to_verify=basis == _PRACTICE,
    )


_ADVERBS = (
    Ask("active", Text("De manière active", "Actief", "Aktiv", "Actively")),
    Ask("voluntary", Text("Volontairement", "Vrijwillig", "Freiwillig", "Voluntarily")),
    Ask(
        "own_initiative",
        Text("De sa propre initiative", "Op eigen initiatief", "Aus eigener Initiative", "On own initiative"),
    ),
)

GROUNDS = (
    _ground(
        "T1",
        Text(
            "Lien renoué avec les auteurs présumés",
            "Banden met de vermoedelijke daders opnieuw aangeknoopt",
            "Verbindung zu den mutmaßlichen Tätern wieder aufgenommen",
            "Link with the presumed perpetrators renewed",
        ),
        (*_FIRST, *_SECOND, *_THIRD),
        f"{ALIENS}, art. 61/2 §3, 61/3 §3, 61/4 §2",
        asks=_ADVERBS,
    ),
    _ground(
        "T2",
        Text(
            "Danger pour l’ordre public ou la sécurité nationale",
            "Gevaar voor de openbare orde of de nationale veiligheid",
            "Gefahr für die öffentliche Ordnung oder die nationale Sicherheit",
            "Danger for public order or national security",
        ),
        (*_FIRST, *_SECOND, *_THIRD),
        f"{ALIENS}, art. 61/2 §3, 61/3 §3, 61/4 §2",
    ),
    _ground(
        "T3",
        Text(
            "La personne ne coopère plus",
            "De persoon werkt niet meer mee",
            "Die Person arbeitet nicht mehr mit",
            "The person stopped cooperating",
        ),
        _THIRD,
        f"{ALIENS}, art. 61/4 §2",
    ),
    _ground(
        "T4",
        Text(
            "Les autorités judiciaires ont mis fin à la procédure",
            "De gerechtelijke overheden hebben de procedure beëindigd",
            "Die Justizbehörden haben das Verfahren beendet",
            "The judicial authorities ended the proceedings",
        ),
        _THIRD,
        f"{ALIENS}, art. 61/4 §2",
    ),
    _ground(
        "T5",
        Text(
            "Coopération frauduleuse",
            "Bedrieglijke medewerking",
            "Betrügerische Zusammenarbeit",
            "Fraudulent cooperation",
        ),
        _THIRD,
        f"{ALIENS}, art. 61/4 §2",
        with_magistrate=True,
    ),
    _ground(
        "T6",
        Text(
            "Plainte frauduleuse ou non fondée",
            "Bedrieglijke of ongegronde klacht",
            "Betrügerische oder unbegründete Anzeige",
            "Fraudulent or unfounded complaint",
        ),
        _THIRD,
        f"{ALIENS}, art. 61/4 §2",
        with_magistrate=True,
    ),
    _ground(
        "T7",
        Text(
            "La personne renonce à l’accompagnement",
            "De persoon ziet af van de begeleiding",
            "Die Person verzichtet auf die Begleitung",
            "The person gives up the accompaniment",
        ),
        _ANY,
        _PRACTICE,
    ),
    _ground("T8", Text("Disparition", "Verdwijning", "Verschwinden", "Disappearance"), _ANY, _PRACTICE),
    _ground(
        "T9",
        Text(
            "Autre titre de séjour",
            "Andere verblijfstitel",
            "Anderer Aufenthaltstitel",
            "Other residence title",
        ),
        _ANY,
        _PRACTICE,
    ),
    _ground(
        "T10",
        Text("Retour volontaire", "Vrijwillige terugkeer", "Freiwillige Rückkehr", "Voluntary return"),
        _ANY,
        _PRACTICE,
    ),
    _ground(
        "T11",
        Text("Transfert ou décès", "Overdracht of overlijden", "Überstellung oder Tod", "Transfer or death"),
        _ANY,
        _PRACTICE,
    ),
)

FACTS: tuple[Fact, ...] = GROUNDS
