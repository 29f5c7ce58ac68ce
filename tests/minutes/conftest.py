"""A meeting of the Table that began an hour ago: three ordinary items, one of them with an excluded seat, and
one that is restricted to the secretariat and the rapporteur."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests.cast import Cast

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld
from fanal.meetings import queries as meetings
from fanal.meetings import services as meeting_services
from fanal.meetings.models import Meeting
from fanal.minutes import services
from fanal.minutes.rules.attendance import State

CANARY = "Canarybird"
"""Stands in everything that is said of the restricted item, and nowhere else."""


@dataclass(frozen=True)
class Scene:
    """`seats` by the code of the unit that holds it (`chair`, `secretariat` for the two of the round table)."""

    cast: Cast
    meeting: Meeting
    at: datetime
    seats: dict[str, SeatHeld]
    first: UUID
    second: UUID
    third: UUID
    secret: UUID

    @property
    def reference(self) -> str:
        return self.meeting.reference

    def after(self, **span: float) -> datetime:
        return self.at + timedelta(**span)


def held(code: str) -> dict[str, SeatHeld]:
    seats = bodies.seats(code, timezone.localdate())
    return {(seat.kind.value if seat.prepares else seat.label): seat for seat in seats}


def plan(cast: Cast, begins: datetime, *, code: str = "bureau") -> Meeting:
    """A meeting that was convened for that moment."""
    before = begins - timedelta(days=12)
    with acting_as(cast.secretary):
        row = meeting_services.plan(
            by=cast.secretary, body_code=code, begins_at=begins, minutes=120, at=before
        )
        return meeting_services.convene(
            by=cast.secretary, reference=row.reference, at=before + timedelta(days=2)
        )


@pytest.fixture
def scene(cast: Cast) -> Scene:
    at = timezone.now() - timedelta(hours=1)
    before = at - timedelta(days=10)
    seats = held("bureau")
    named = [seats["secretariat"].id, next(s.id for s in seats.values() if s.kind == "advisory")]
    with acting_as(cast.secretary):
        items = [
            meeting_services.propose(
                by=cast.secretary, body_code="bureau", title=title, aim="decision", seats=who, at=before
            )
            for title, who in (
                ("The forms of the gate", ()),
                ("Who trains whom", ()),
                ("The lamp oil", ()),
                (f"{CANARY} of the secret", named),
            )
        ]
    meeting = plan(cast, at)
    first, second, third, secret = (each.id for each in items)
    excluded = next(s for s in seats.values() if s.kind == "voting").id
    with acting_as(cast.secretary):
        eye = meetings.sight(cast.secretary, timezone.localdate(at))
        point = next(line for line in meetings.agenda(meeting, eye) if line.item_id == third)
        meeting_services.exclude(
            by=cast.secretary, point_id=point.point_id, seat_ids=[excluded], why="its own oil", at=before
        )
        meeting_services.set_agenda(by=cast.secretary, reference=meeting.reference, at=at - timedelta(days=1))
    return Scene(cast, meeting, at, seats, first, second, third, secret)


def open_with(scene: Scene, *, missing: int = 0) -> None:
    """The session is open; everybody who votes is there but for so many."""
    secretary = scene.cast.secretary
    voting = [seat for seat in scene.seats.values() if seat.votes]
    with acting_as(secretary):
        services.open_session(by=secretary, reference=scene.reference, at=scene.at)
        services.note_attendance(
            by=secretary,
            reference=scene.reference,
            seen=[
                services.Seen(seat.id, State.EXCUSED if n < missing else State.PRESENT, who=f"Person {n}")
                for n, seat in enumerate(voting)
            ],
            at=scene.after(minutes=1),
        )


def decided(scene: Scene, by: Member, item: UUID, **more: object) -> services.Concluded:
    """A decision that everybody agrees to."""
    seat = next(seat for seat in scene.seats.values() if by.unit_id in seat.unit_ids)
    given = {"kind": "decided", "way": "consensus", "text": "It is so.", "owners": [seat.unit_ids[0]], **more}
    return services.Concluded(**given)  # type: ignore[arg-type]


@pytest.fixture
def session(scene: Scene) -> Scene:
    open_with(scene)
    return scene
