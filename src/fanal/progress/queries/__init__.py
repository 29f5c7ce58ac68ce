"""Reading progress: everybody with an account reads the plans; the public reads what was adopted and reviewed."""

from fanal.progress.models import Stage

from .history import Drawn, Opinion, Said, curves, report, reports, rulings, unreviewed
from .lists import (
    REVIEWED_WITHIN,
    Change,
    Owing,
    changes,
    counts,
    due,
    house_of,
    owing,
    waiting,
)
from .standing import Pace, Standing, end_of, in_force, led_by, of_plan, pace, standing, states
from .words import (
    EVALUATIONS,
    SIGNS,
    STATES,
    TONES,
    is_period,
    number_words,
    period_words,
    reason_words,
    state_tag,
    state_words,
)

__all__ = [
    "EVALUATIONS",
    "REVIEWED_WITHIN",
    "SIGNS",
    "STATES",
    "TONES",
    "Change",
    "Drawn",
    "Opinion",
    "Owing",
    "Pace",
    "Said",
    "Stage",
    "Standing",
    "changes",
    "counts",
    "curves",
    "due",
    "end_of",
    "house_of",
    "in_force",
    "is_period",
    "led_by",
    "number_words",
    "of_plan",
    "owing",
    "pace",
    "period_words",
    "reason_words",
    "report",
    "reports",
    "rulings",
    "standing",
    "state_tag",
    "state_words",
    "states",
    "unreviewed",
    "waiting",
]
