"""Who must be told of an alert: by law, by circular, or because it is how the services work."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from fanal.country.schema import BEGINNING, Fact, Route, Text

from .moves import FIRST_LINE
from .papers import ALIENS
from .purposes import DIRECTIVE

_SMUGGLING = ("smuggling", "smuggling_aggravated")
_NOT_LABOUR = ("SEX", "BEG", "ORG", "CRIME")
_DUTY = f"{ALIENS}, art. 61/2 §1"
_COL = "COL 01/2015; COL 04/2011"
_MINORS = "Circ./omz./Rundschr. 23-4-2004 (25-7-2008); loi/wet/Gesetz 24-12-2002, XIII, 6"
_CENTRES = "Circ./omz./Rundschr. 23-12-2016"
_HELP = "Criminal Code, failure to assist a person in danger (art. 422bis of the Code of 1867)"
_PRACTICE = "United Nations Network on Migration, practice of 1-4-2022"

_NORMAL, _URGENT = "acknowledge_alert", "acknowledge_urgent_alert"


def _paced(
    code: str,
    recipient: str,
    ground: Text,
    basis: str,
    purpose: str,
    *,
    detectors: tuple[str, ...] = (),
    phenomena: tuple[str, ...] = (),
    purposes: tuple[str, ...] = (),
    age: Literal["any", "minor_or_doubtful", "adult"] = "any",
    located: bool | None = None,
    by_place: bool = True,
    mandatory: bool = True,
    to_verify: bool = True,
    terms: tuple[str, str] = (_NORMAL, _URGENT),
    since: date = BEGINNING,
    until: date | None = None,
) -> Iterator[Route]:
    """The same route twice: to be acknowledged at its pace, and faster when it is urgent."""
    for urgent, term in zip((False, True), terms, strict=True):
        yield Route(
            code=f"{code}-urgent" if urgent else code,
            recipient=recipient,
            ground=ground,
            legal_basis=basis,
            source=basis,
            purpose=purpose,
            detectors=detectors,
            phenomena=phenomena,
            purposes=purposes,
            age=age,
            located=located,
            by_place=by_place,
            urgent=urgent,
            term=term,
            mandatory=mandatory,
            level="read",
            to_verify=to_verify,
            valid_from=since,
            valid_to=until,
        )


_IMMEDIATELY = Text(
    "Le service qui dispose d’indices en avertit immédiatement l’Office des étrangers (loi du 15-12-1980, art. 61/2)",
    "De dienst met aanwijzingen verwittigt onmiddellijk de Dienst Vreemdelingenzaken (wet van 15-12-1980, art. 61/2)",
    "Der Dienst mit Anzeichen benachrichtigt unverzüglich das Ausländeramt (Gesetz vom 15-12-1980, Art. 61/2)",
    "The service that holds signs informs the Immigration Office immediately (law of 15-12-1980, art. 61/2)",
)
_CONTACT = Text(
    "Le service met la personne en contact avec un centre spécialisé (loi du 15-12-1980, art. 61/2 §1)",
    "De dienst brengt de persoon in contact met een gespecialiseerd centrum (wet van 15-12-1980, art. 61/2 §1)",
    "Der Dienst bringt die Person mit einem spezialisierten Zentrum in Kontakt (Gesetz vom 15-12-1980, Art. 61/2 §1)",
    "The service puts the person in contact with a specialised centre (law of 15-12-1980, art. 61/2 §1)",
)
_ORIENTATION = Text(
    "Le centre spécialisé accompagne la personne (circulaire du 23-12-2016)",
    "Het gespecialiseerde centrum begeleidt de persoon (omzendbrief van 23-12-2016)",
    "Das spezialisierte Zentrum begleitet die Person (Rundschreiben vom 23-12-2016)",
    "The specialised centre accompanies the person (circular of 23-12-2016)",
)
_REFERENCE = Text(
    "Le magistrat de référence du parquet dirige l’enquête (COL 01/2015, COL 04/2011)",
    "De referentiemagistraat van het parket leidt het onderzoek (COL 01/2015, COL 04/2011)",
    "Der Referenzmagistrat der Staatsanwaltschaft leitet die Ermittlung (COL 01/2015, COL 04/2011)",
    "The reference magistrate of the prosecutor’s office leads the enquiry (COL 01/2015, COL 04/2011)",
)
_AUDITOR = Text(
    "Le magistrat de référence de l’auditorat dirige l’enquête sur le travail (COL 01/2015)",
    "De referentiemagistraat van het auditoraat leidt het onderzoek over de arbeid (COL 01/2015)",
    "Der Referenzmagistrat des Auditorats leitet die Ermittlung zur Arbeit (COL 01/2015)",
    "The reference magistrate of the labour prosecutor’s office leads the enquiry into work (COL 01/2015)",
)
_FEDERAL = Text(
    "Le lieu n’est pas connu : le procureur fédéral veille à la circulation de l’information (COL 01/2015)",
    "De plaats is niet bekend: de federale procureur zorgt voor de doorstroming van informatie (COL 01/2015)",
    "Der Ort ist nicht bekannt: der Föderalprokurator sorgt für den Informationsfluss (COL 01/2015)",
    "The place is not known: the federal prosecutor sees to the flow of information (COL 01/2015)",
)
_GUARDIAN = Text(
    "La fiche « mineur » est envoyée au Service des Tutelles (circulaire du 23-4-2004)",
    "De fiche ‘minderjarige’ wordt aan de Dienst Voogdij gezonden (omzendbrief van 23-4-2004)",
    "Der Bogen „Minderjährige“ geht an den Vormundschaftsdienst (Rundschreiben vom 23-4-2004)",
    "The sheet on the minor is sent to the Guardianship Service (circular of 23-4-2004)",
)
_COPY = Text(
    "Une copie de la fiche « mineur » est envoyée à l’Office des étrangers (circulaire du 23-4-2004)",
    "Een kopie van de fiche ‘minderjarige’ gaat naar de Dienst Vreemdelingenzaken (omzendbrief van 23-4-2004)",
    "Eine Kopie des Bogens „Minderjährige“ geht an das Ausländeramt (Rundschreiben vom 23-4-2004)",
    "A copy of the sheet on the minor is sent to the Immigration Office (circular of 23-4-2004)",
)
_POLICE = Text(
    "La section spécialisée de la police judiciaire fédérale enquête et conseille",
    "De gespecialiseerde afdeling van de federale gerechtelijke politie onderzoekt en adviseert",
    "Die Fachabteilung der föderalen Kriminalpolizei ermittelt und berät",
    "The specialised section of the federal judicial police investigates and advises",
)
_DANGER = Text(
    "Danger grave et immédiat : la police judiciaire fédérale protège la personne",
    "Ernstig en onmiddellijk gevaar: de federale gerechtelijke politie beschermt de persoon",
    "Ernste und unmittelbare Gefahr: die föderale Kriminalpolizei schützt die Person",
    "Grave and immediate danger: the federal judicial police protects the person",
)
_DESK = Text(
    "Les services d’accueil et de détention avertissent le service des personnes vulnérables",
    "De opvang- en detentiediensten verwittigen de dienst kwetsbare personen",
    "Aufnahme- und Haftdienste benachrichtigen den Dienst für schutzbedürftige Personen",
    "Reception and detention services tell the desk for vulnerable persons",
)

_AT_ONCE = ("duty_at_detection", "duty_at_detection")

ROUTES = (
    *_paced(
        "immigration-duty",
        "immigration_cell",
        _IMMEDIATELY,
        _DUTY,
        "decide_residence",
        detectors=FIRST_LINE,
        by_place=False,
        terms=_AT_ONCE,
        to_verify=False,
    ),
    *_paced(
        "centre-duty",
        "centre",
        _CONTACT,
        _DUTY,
        "accompany",
        detectors=FIRST_LINE,
        terms=_AT_ONCE,
        to_verify=False,
    ),
    *_paced(
        "parquet",
        "parquet",
        _REFERENCE,
        _COL,
        "investigate",
        phenomena=("trafficking",),
        purposes=_NOT_LABOUR,
        located=True,
        until=DIRECTIVE - timedelta(days=1),
    ),
    *_paced(
        "parquet",
        "parquet",
        _REFERENCE,
        _COL,
        "investigate",
        phenomena=("trafficking",),
        purposes=(*_NOT_LABOUR, "ADOPT", "MARR", "SURR"),
        located=True,
        since=DIRECTIVE,
    ),
    *_paced(
        "parquet-smuggling", "parquet", _REFERENCE, _COL, "investigate", phenomena=_SMUGGLING, located=True
    ),
    *_paced(
        "auditorat",
        "auditorat",
        _AUDITOR,
        _COL,
        "investigate",
        phenomena=("trafficking",),
        purposes=("WORK",),
        located=True,
    ),
    *_paced(
        "federal-prosecution",
        "federal_prosecution",
        _FEDERAL,
        _COL,
        "investigate",
        located=False,
        by_place=False,
    ),
    *_paced(
        "guardianship",
        "guardianship",
        _GUARDIAN,
        _MINORS,
        "guardianship",
        age="minor_or_doubtful",
        by_place=False,
    ),
    *_paced(
        "immigration-minor",
        "immigration_cell",
        _COPY,
        _MINORS,
        "decide_residence",
        age="minor_or_doubtful",
        by_place=False,
    ),
    *_paced("centre-minor", "centre", _ORIENTATION, _CENTRES, "accompany", age="minor_or_doubtful"),
    *_paced("centre", "centre", _ORIENTATION, _CENTRES, "accompany", mandatory=False),
    *_paced(
        "police-cell",
        "police_cell",
        _POLICE,
        _COL,
        "investigate",
        detectors=("local_police", "inspection"),
        located=True,
        mandatory=False,
    ),
    *_paced(
        "immigration-desk",
        "immigration_desk",
        _DESK,
        _PRACTICE,
        "protect",
        detectors=("reception", "detention"),
        by_place=False,
        mandatory=False,
    ),
    Route(
        code="police-danger",
        recipient="police_cell",
        ground=_DANGER,
        legal_basis=_HELP,
        source=_HELP,
        purpose="protect",
        urgent=True,
        located=True,
        by_place=True,
        term=_URGENT,
        mandatory=False,
        level="read",
        to_verify=True,
    ),
)

FACTS: tuple[Fact, ...] = ROUTES
