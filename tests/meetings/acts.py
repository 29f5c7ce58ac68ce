"""Acts that tests of meetings share, each in the context of who acts."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.meetings import queries, services
from fanal.meetings.models import Item, Meeting
from fanal.meetings.queries import Line, Sight

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def eye(member: Member, at: datetime = AT) -> Sight:
    """What a member sees; inside `acting_as`."""
    return queries.sight(member, at.date())


def planned(
    member: Member, *, days: int = 15, body: str = "bureau", at: datetime = AT, **more: Any
) -> Meeting:
    """A draft some days from now."""
    with acting_as(member):
        return services.plan(by=member, body_code=body, begins_at=at + days * DAY, minutes=120, at=at, **more)


def convened(member: Member, *, days: int = 15, body: str = "bureau", at: datetime = AT) -> Meeting:
    """A meeting that was convened, its agenda open."""
    row = planned(member, days=days, body=body, at=at)
    with acting_as(member):
        return services.convene(by=member, reference=row.reference, at=at)


def proposed(member: Member, title: str = "A new form", *, at: datetime = AT, **more: Any) -> Item:
    """An item of the Bureau."""
    values: dict[str, Any] = {"body_code": "bureau", "aim": "decision"} | more
    with acting_as(member):
        return services.propose(by=member, title=title, at=at, **values)


def whole(member: Member, reference: str, at: datetime = AT) -> list[Line]:
    """The agenda as a member sees it."""
    with acting_as(member):
        sight = eye(member, at)
        return queries.agenda(queries.meeting(reference, sight), sight)


def lines(member: Member, reference: str, at: datetime = AT) -> list[Line]:
    """As `whole`, without what other capabilities say is due."""
    return [line for line in whole(member, reference, at) if line.source not in ("measure", "recommendation")]


def titles(member: Member, reference: str, at: datetime = AT) -> list[str]:
    """The titles on it, in their order."""
    return [line.title for line in lines(member, reference, at)]
