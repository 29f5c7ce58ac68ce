"""Each part in its order: who needs what another part has made comes after it."""

from collections.abc import Mapping
from datetime import timedelta

from fanal.access.rules import Member, Role
from fanal.config.commands.console import Tell
from fanal.config.demo.stage import Stage
from fanal.ids import Draws, drawn_from

from . import bodies, decisions, meetings, minutes, plans, progress, recommendations, reports, statistics
from .company import Company

PARTS = {
    "bodies": bodies.play,
    "decisions": decisions.play,
    "plans": plans.play,
    "progress": progress.play,
    "recommendations": recommendations.play,
    "meetings": meetings.play,
    "minutes": minutes.play,
    "statistics": statistics.play,
    "reports": reports.play,
}
YEARS = 10
WHOLE = 0.1
"""The scale from which on the past is whole: a smaller demonstration is for trying out whether one can be made."""
_YEAR = timedelta(days=365.25)


def play(stage: Stage, members: Mapping[tuple[str, Role], Member], *, scale: float, tell: Tell) -> None:
    """Ten years of coordination, fewer in the smallest demonstrations, through the services of each capability."""
    years = min(YEARS, max(1, round(YEARS * scale / WHOLE)))
    company = Company(stage.seed, members, stage.until - years * _YEAR, stage.until)
    for done, (name, part) in enumerate(PARTS.items()):
        tell("Inventing the coordination", done, len(PARTS))
        with drawn_from(Draws(f"{stage.seed}|{name}", company.since)):
            part(company, tell=tell)
    tell("Inventing the coordination", len(PARTS), len(PARTS))
