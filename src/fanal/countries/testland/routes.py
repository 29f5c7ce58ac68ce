"""Who must be told in Testland, and what those who see signs must do."""

from fanal.country.schema import Duty, Fact, Route, Text

from .offences import CODE

WATCH = ("police_central", "police_cell", "local_police", "inspection")

DUTIES = (
    Duty(
        code="a",
        label=Text(
            "Prévenir l’office des hôtes",
            "De gastendienst verwittigen",
            "Das Gästeamt verständigen",
            "Tell the guests office",
        ),
        unit_kinds=WATCH,
        recipient="immigration_cell",
        term="duty_at_detection",
        legal_basis="12 a",
        source=CODE,
    ),
    Duty(
        code="b",
        label=Text(
            "Dire à la personne ce qu’elle peut",
            "De persoon haar rechten zeggen",
            "Der Person ihre Rechte sagen",
            "Tell the person what she may do",
        ),
        unit_kinds=WATCH,
        term="duty_at_detection",
        legal_basis="12 b",
        source=CODE,
    ),
    Duty(
        code="c",
        label=Text(
            "Conduire à une maison", "Naar een huis brengen", "Zu einem Haus führen", "Lead to a house"
        ),
        unit_kinds=WATCH,
        recipient="centre",
        term="duty_at_detection",
        legal_basis="12 c",
        source=CODE,
    ),
)


def _route(code: str, recipient: str, article: str, **conditions: object) -> Route:
    facts = {
        "by_place": True,
        "ground": Text(
            f"Code des ports, art. {article}",
            f"Havenwetboek, art. {article}",
            f"Hafengesetzbuch, Art. {article}",
            f"Code of Harbours, art. {article}",
        ),
        "purpose": "take_up",
        "term": "acknowledge_alert",
        "mandatory": True,
        "level": "read",
    } | conditions
    return Route(code=code, recipient=recipient, legal_basis=article, source=CODE, **facts)  # type: ignore[arg-type]


ROUTES = (
    _route(
        "office",
        "immigration_cell",
        "12 a",
        detectors=WATCH,
        by_place=False,
        purpose="decide_residence",
        term="duty_at_detection",
    ),
    _route("house", "centre", "12 c", detectors=WATCH, purpose="accompany"),
    _route(
        "prosecutor",
        "parquet",
        "13",
        phenomena=("trafficking",),
        purposes=("SEX", "BEG"),
        located=True,
        purpose="investigate",
    ),
    _route(
        "prosecutor-ferry",
        "parquet",
        "13",
        phenomena=("smuggling", "smuggling_aggravated"),
        located=True,
        purpose="investigate",
    ),
    _route(
        "auditor",
        "auditorat",
        "13 §2",
        phenomena=("trafficking",),
        purposes=("WORK",),
        located=True,
        purpose="investigate",
    ),
    _route(
        "prosecutor-land",
        "federal_prosecution",
        "13 §3",
        located=False,
        by_place=False,
        purpose="investigate",
    ),
    _route("wards", "guardianship", "14", age="minor_or_doubtful", by_place=False, purpose="guardianship"),
    _route(
        "wards-office",
        "immigration_cell",
        "14 §2",
        age="minor_or_doubtful",
        by_place=False,
        purpose="decide_residence",
    ),
    _route("wards-house", "centre", "14 §3", age="minor_or_doubtful", purpose="accompany"),
    _route(
        "watch-urgent",
        "police_cell",
        "15",
        urgent=True,
        located=True,
        purpose="protect",
        term="acknowledge_urgent_alert",
        mandatory=False,
    ),
    _route(
        "house-urgent",
        "centre",
        "15 §2",
        urgent=True,
        purpose="protect",
        term="acknowledge_urgent_alert",
        level="exists",
        mandatory=False,
    ),
)

FACTS: tuple[Fact, ...] = (*DUTIES, *ROUTES)
