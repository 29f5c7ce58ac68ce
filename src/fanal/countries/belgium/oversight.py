"""Who watches over the trace: the data protection officer of each house, and the supervisory authority."""

from fanal.country.schema import Fact, Institution, Text, Threshold, Unit

from . import federated, judiciary, services
from .places import INSTITUTIONS
from .services import unit

OFFICER = "Directive (EU) 2016/680, art. 32; Regulation (EU) 2016/679, art. 37"
AUTHORITY = "Law of 3-12-2017 establishing the Data Protection Authority"
DEFAULT = "Organisational default, not law"
_READ_NO_FILE = {
    "coordinator",
    "secretary",
    "representative",
    "correspondent",
    "rapporteur",
    "administrator",
}

HOUSE = Institution(
    code="data-protection-authority",
    kind="independent",
    name=Text(
        "Autorité de protection des données",
        "Gegevensbeschermingsautoriteit",
        "Datenschutzbehörde",
        "Data Protection Authority",
    ),
    abbreviation=Text("APD", "GBA", "DSB", "DPA"),
    source=AUTHORITY,
)

BOARD = unit(
    "data-protection-authority",
    HOUSE.code,
    "supervisory_authority",
    HOUSE.name,
    HOUSE.abbreviation,
    "supervisory_authority",
    source=f"{AUTHORITY}; which authority supervises which service is to be confirmed",
    to_verify=True,
)


def _officer(house: Institution) -> Unit:
    """The officer of one house, in a unit of its own: who is watched is not told first."""
    name, short = house.name, house.abbreviation
    return unit(
        f"oversight-{house.code}",
        house.code,
        "oversight",
        Text(
            f"{name.fr}, délégué à la protection des données",
            f"{name.nl}, functionaris voor gegevensbescherming",
            f"{name.de}, Datenschutzbeauftragter",
            f"{name.en}, data protection officer",
        ),
        Text(f"DPD {short.fr}", f"DPO {short.nl}", f"DSB {short.de}", f"DPO {short.en}"),
        "data_protection_officer",
        source=OFFICER,
        to_verify=True,
    )


_WORKING = (*judiciary.UNITS, *services.UNITS, *federated.UNITS)
_HOUSES = {
    each.institution for each in _WORKING if isinstance(each, Unit) and set(each.roles) - _READ_NO_FILE
}
OFFICERS = tuple(_officer(house) for house in INSTITUTIONS if house.code in _HOUSES)


def _threshold(code: str, amount: int, label: Text) -> Threshold:
    return Threshold(code=code, label=label, amount=amount, source=DEFAULT)


THRESHOLDS = (
    _threshold(
        "watch_minutes",
        60,
        Text(
            "Consultations inhabituelles : minutes observées ensemble",
            "Ongewone raadplegingen: minuten die samen worden bekeken",
            "Ungewöhnliche Einsichten: gemeinsam betrachtete Minuten",
            "Unusual reading: minutes that are looked at together",
        ),
    ),
    _threshold(
        "watch_files",
        15,
        Text(
            "Consultations inhabituelles : dossiers à partir desquels on compare",
            "Ongewone raadplegingen: dossiers vanaf wanneer wordt vergeleken",
            "Ungewöhnliche Einsichten: Akten, ab denen verglichen wird",
            "Unusual reading: files from which on it is compared",
        ),
    ),
    _threshold(
        "watch_times_usual",
        3,
        Text(
            "Consultations inhabituelles : fois l’habitude de la personne",
            "Ongewone raadplegingen: keer de gewoonte van de persoon",
            "Ungewöhnliche Einsichten: Vielfaches des Üblichen der Person",
            "Unusual reading: times the person’s own usual",
        ),
    ),
    _threshold(
        "watch_ceiling",
        60,
        Text(
            "Consultations inhabituelles : dossiers à signaler quelle que soit l’habitude",
            "Ongewone raadplegingen: dossiers die altijd worden gemeld",
            "Ungewöhnliche Einsichten: Akten, die immer gemeldet werden",
            "Unusual reading: files that are always told, whatever is usual",
        ),
    ),
    _threshold(
        "watch_refusals",
        20,
        Text(
            "Consultations inhabituelles : refus à partir desquels on signale",
            "Ongewone raadplegingen: weigeringen vanaf wanneer wordt gemeld",
            "Ungewöhnliche Einsichten: Ablehnungen, ab denen gemeldet wird",
            "Unusual reading: refusals from which on it is told",
        ),
    ),
    _threshold(
        "watch_usual_days",
        30,
        Text(
            "Consultations inhabituelles : jours qui font l’habitude",
            "Ongewone raadplegingen: dagen die de gewoonte bepalen",
            "Ungewöhnliche Einsichten: Tage, die das Übliche bestimmen",
            "Unusual reading: days that make the usual",
        ),
    ),
)

FACTS: tuple[Fact, ...] = (HOUSE, *OFFICERS, BOARD, *THRESHOLDS)
