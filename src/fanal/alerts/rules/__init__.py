"""What an alert obliges to, as pure functions of values. Import from here."""

from .ages import (
    DOUBTFUL,
    ESTIMATED,
    KNOWN,
    MAJORITY,
    UNKNOWN,
    Age,
    Minority,
    any_child,
    minority,
    years_between,
)
from .clocks import REMINDERS, due, escalations, reminder_times
from .closing import Obstacle, Receipt, may_close, names_alert, names_receiver
from .figures import SMALLEST, protected
from .report import (
    ACCUSED,
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_PERSONS,
    Done,
    Identity,
    PersonReport,
    Problem,
    Report,
    Sign,
    Wrong,
    problems,
    protected_persons,
)
from .routing import Facts, Routing, required_for_a_child, route
from .words import perhaps_names
from .world import countries, languages

__all__ = [
    "ACCUSED",
    "DOUBTFUL",
    "ESTIMATED",
    "KNOWN",
    "LONGEST_LINE",
    "LONGEST_TEXT",
    "MAJORITY",
    "MOST_PERSONS",
    "REMINDERS",
    "SMALLEST",
    "UNKNOWN",
    "Age",
    "Done",
    "Facts",
    "Identity",
    "Minority",
    "Obstacle",
    "PersonReport",
    "Problem",
    "Receipt",
    "Report",
    "Routing",
    "Sign",
    "Wrong",
    "any_child",
    "countries",
    "due",
    "escalations",
    "languages",
    "may_close",
    "minority",
    "names_alert",
    "names_receiver",
    "perhaps_names",
    "problems",
    "protected",
    "protected_persons",
    "reminder_times",
    "required_for_a_child",
    "route",
    "years_between",
]
