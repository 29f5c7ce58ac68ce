"""What waits around accounts today: two requests, and a file that was opened in an emergency."""

from datetime import timedelta

from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.accounts import services as accounts
from fanal.accounts.services import Kind, Wanted
from fanal.alerts import queries as alerts
from fanal.errors import NotFound

from .staff import DOMAIN
from .stage import Stage

WHY = (
    "Invented: the person stands at our desk and names this reference; the recording service does not answer."
)


def vouch(stage: Stage) -> None:
    """Ask for two accounts, one of which one service has agreed to, and open an alert of another service."""
    officers = [member for member in _by_unit(stage) if member.role is Role.OFFICER]
    if len(officers) < 3:
        return
    one, two, three, *_rest = officers
    for asker, others, name in (
        (one, (two, three), "Lotte Havenlicht"),
        (two, (one, three), "Rayan Clairquai"),
    ):
        at = stage.until - timedelta(days=2)
        mailbox = name.lower().replace(" ", ".")
        wanted = Wanted(
            kind=Kind.ACCOUNT, unit=asker.unit_id, role=asker.role.value, email=f"{mailbox}@{DOMAIN}", name=name,
            language=asker.language, words="starts next month",
        )  # fmt: skip
        with acting_as(asker):
            change = accounts.ask(
                by=asker, wanted=wanted, units=(others[0].unit_id, others[1].unit_id), at=at
            )
        if asker is one:
            with acting_as(two):
                accounts.vouch(by=two, change_id=change.id, at=at + timedelta(days=1))
    _open_in_an_emergency(officers, stage)


def _open_in_an_emergency(officers: list[Member], stage: Stage) -> None:
    """The first officer who cannot read the latest alert of another opens it."""
    for owner in officers:
        with acting_as(owner):
            mine = alerts.Filters(side="mine")
            latest = alerts.alerts(owner, mine, stage.until).order_by("-recorded_at").first()
        if latest is None:
            continue
        for stranger in officers:
            try:
                with acting_as(stranger):
                    opened = accounts.break_glass(
                        by=stranger, reference=latest.reference, reason=WHY, at=stage.until
                    )
            except NotFound:
                continue
            if opened.glass_id:
                return


def _by_unit(stage: Stage) -> list[Member]:
    return [stage.members[unit_id] for unit_id in sorted(stage.members)]
