"""The shape every country fills: frozen values, without a framework. Import from here."""

from .bodies import Body, BodySeat, Cadence, VoteRule
from .calendar import Calendar
from .facts import BEGINNING, LANGUAGES, Code, Fact, Text, code_list, same
from .figures import PublishedFigure
from .kinds import CODE_LISTS, PLACES, REFERENCE, TERMS, THRESHOLDS, kind_of
from .law import Law, UnknownCode
from .offences import Circumstance, Indicator, Offence, Purpose
from .pack import BadPack, Pack, validate
from .places import ContactPoint, District, Function, Institution, Municipality, Unit, Zone, competent
from .plans import ActionPlan, PlannedHeading, PlannedMeasure
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
from .reporting import ReportKind, ReportSection
from .rights import Rights

__all__ = [
    "BEGINNING",
    "CODE_LISTS",
    "LANGUAGES",
    "PLACES",
    "REFERENCE",
    "TERMS",
    "THRESHOLDS",
    "ActionPlan",
    "Ask",
    "BadPack",
    "Body",
    "BodySeat",
    "Cadence",
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
    "PlannedHeading",
    "PlannedMeasure",
    "PublishedFigure",
    "Purpose",
    "Question",
    "ReportKind",
    "ReportSection",
    "Rights",
    "Route",
    "Term",
    "Text",
    "Threshold",
    "Track",
    "Unit",
    "UnknownCode",
    "VoteRule",
    "Zone",
    "code_list",
    "competent",
    "kind_of",
    "same",
    "validate",
]
