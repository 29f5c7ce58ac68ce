"""The shape every country fills: frozen values, without a framework. Import from here."""

from .calendar import Calendar
from .facts import BEGINNING, LANGUAGES, Code, Fact, Text, code_list, same
from .kinds import CODE_LISTS, PLACES, REFERENCE, TERMS, THRESHOLDS, kind_of
from .law import Law, UnknownCode
from .offences import Circumstance, Indicator, Offence, Purpose
from .pack import BadPack, Pack, validate
from .places import ContactPoint, District, Function, Institution, Municipality, Unit, Zone, competent
from .procedure import (
    Ask,
    Condition,
    DocumentKind,
    Duty,
    Ground,
    Move,
    Phase,
    Question,
    Route,
    Term,
    Threshold,
    Track,
)
from .rights import Rights

__all__ = [
    "BEGINNING",
    "CODE_LISTS",
    "LANGUAGES",
    "PLACES",
    "REFERENCE",
    "TERMS",
    "THRESHOLDS",
    "Ask",
    "BadPack",
    "Calendar",
    "Circumstance",
    "Code",
    "Condition",
    "ContactPoint",
    "District",
    "DocumentKind",
    "Duty",
    "Fact",
    "Function",
    "Ground",
    "Indicator",
    "Institution",
    "Law",
    "Move",
    "Municipality",
    "Offence",
    "Pack",
    "Phase",
    "Purpose",
    "Question",
    "Rights",
    "Route",
    "Term",
    "Text",
    "Threshold",
    "Track",
    "Unit",
    "UnknownCode",
    "Zone",
    "code_list",
    "competent",
    "kind_of",
    "same",
    "validate",
]
