"""Each part in its order: who needs what another part has made comes after it."""

from collections.abc import Mapping
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec

from fanal.access.rules import Member, Role
from fanal.config.commands.console import Tell
from fanal.config.demo.stage import Stage
from fanal.ids import Draws, drawn_from

from .company import Company

PARTS = (
    "bodies",
    "recommendations",
    "decisions",
    "plans",
    "progress",
    "meetings",
    "minutes",
    "statistics",
    "reports",
)
YEARS = 10
WHOLE = 0.1
"""The scale from which on the past is whole: a smaller demonstration is for trying out whether one can be made."""
_YEAR = timedelta(days=365.25)


def play(stage: Stage, members: Mapping[tuple[str, Role], Member], *, scale: float, tell: Tell) -> None:
    """Ten years of coordination, fewer in the smallest demonstrations, through the services of each capability."""
    years = min(YEARS, max(1, round(YEARS * scale / WHOLE)))
    company = Company(stage.seed, members, stage.until - years * _YEAR, stage.until)
    for done, part in enumerate(PARTS):
        tell("Inventing the coordination", done, len(PARTS))
        if find_spec(f"{__package__}.{part}") is None:
            continue
        with drawn_from(Draws(f"{stage.seed}|{part}", company.since)):
            import_module(f"{__package__}.{part}").play(company, tell=tell)
    tell("Inventing the coordination", len(PARTS), len(PARTS))
