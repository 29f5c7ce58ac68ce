"""Thirty years of meetings with their items, and an agenda built from what is open."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from time import perf_counter
from uuid import UUID

from django.utils import timezone

from fanal.access.rules import Member, new_reference
from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.config.bench.results import Result, Times
from fanal.meetings import queries, services
from fanal.meetings.queries import Item, Meeting, Point

BODY, YEARS, A_YEAR, ITEMS = "bureau", 30, 14, 12
BUILD_MS = 200
_made: list[tuple[Member, str, str]] = []


def fill(*, scale: float, members: Mapping[str, Member]) -> None:
    """Held meetings of thirty years with twelve items each; forty items that are still open; one meeting to come."""
    by, now = members["secretary"], timezone.now()
    body = bodies.body(BODY, timezone.localdate(now))
    count = max(3, round(YEARS * A_YEAR * scale))
    with acting_as(by):
        made = Meeting.objects.bulk_create(
            Meeting(
                compartment_id=body.compartment_id, body=BODY, year=1990 + nth // A_YEAR, number=10 + nth % A_YEAR,
                reference=f"{body.prefix}-{1990 + nth // A_YEAR}-{10 + nth % A_YEAR}", state="held",
                begins_at=now - timedelta(days=26 * (count - nth) + 30),
                ends_at=now - timedelta(days=26 * (count - nth) + 30, hours=-2), convened_at=now, held_at=now,
                agenda_set_at=now, created_at=now, created_by=by.person_id,
            )
            for nth in range(count)
        )  # fmt: skip
        items = Item.objects.bulk_create(
            (_item(by, body.compartment_id, nth, "closed") for nth in range(count * ITEMS)), batch_size=1000
        )
        Point.objects.bulk_create(
            (
                Point(
                    compartment_id=body.compartment_id, meeting=made[nth // ITEMS], item=item, position=nth % ITEMS + 1,
                    section="proposed", outcome="noted", settled_at=now, added_at=now,
                )
                for nth, item in enumerate(items)
            ),
            batch_size=1000,
        )  # fmt: skip
        Item.objects.bulk_create(_item(by, body.compartment_id, nth, "open") for nth in range(40))
        row = services.plan(by=by, body_code=BODY, begins_at=now + timedelta(days=9), minutes=120, at=now)
        services.convene(by=by, reference=row.reference, at=now)
    _made[:] = [(by, row.reference, items[0].reference)]


def _item(by: Member, wall: UUID, nth: int, state: str) -> Item:
    now = timezone.now()
    title = f"Measured {state} item {nth}"
    return Item(
        compartment_id=wall, body=BODY, reference=new_reference("I"), title=title, aim="decision", state=state,
        closed_at=now if state == "closed" else None, unit_id=by.unit_id, proposed_at=now - timedelta(hours=nth),
        proposed_by=by.person_id, words=queries.searchable(title, "training circular forms"),
    )  # fmt: skip


def pages() -> Sequence[tuple[str, str, str]]:
    """The lists, the month, the search, the meeting with forty items and its editor, an item with its history."""
    _by, reference, item = _made[0]
    return (
        ("List of meetings", "secretary", "/meetings/"),
        ("My meetings", "secretary", "/meetings/mine/"),
        ("Calendar of a month", "secretary", "/meetings/calendar/"),
        ("Cadence over thirty years", "secretary", f"/meetings/cadence/{BODY}/"),
        ("Items, by words", "secretary", "/meetings/items/?text=measured+training"),
        ("Meeting with its agenda", "secretary", f"/meetings/{reference}/"),
        ("Agenda editor", "secretary", f"/meetings/{reference}/agenda/"),
        ("Item with its history", "secretary", f"/meetings/items/{item}/"),
    )


def others(*, scale: float) -> Iterator[Result]:
    """An agenda built from forty open items and what is due, on an empty meeting each time."""
    by, _reference, _item_reference = _made[0]
    found, now = list[float](), timezone.now()
    with acting_as(by):
        services.cancel(by=by, reference=_reference, why="Measured.", at=now)
        for nth in range(max(3, round(10 * scale))):
            row = services.plan(
                by=by, body_code=BODY, begins_at=now + timedelta(days=40 + nth), minutes=120, at=now
            )
            started = perf_counter()
            built = services.build(by=by, reference=row.reference, at=now)
            found.append(1000 * (perf_counter() - started))
            services.cancel(by=by, reference=row.reference, why="Measured.", at=now)
    note = f"{built.placed} points, median {Times(found).middle:.0f} ms"
    yield Result("Building an agenda, p95", Times(found).p95, "ms", most=BUILD_MS, note=note)
