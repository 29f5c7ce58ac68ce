"""Thirty years of minutes, and one session in which two people write: its pages, a saving, the minutes as a PDF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from uuid import UUID

from django.utils import timezone

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.config.bench.results import Result, Times
from fanal.ids import new_id
from fanal.meetings import services as meeting_services
from fanal.minutes import services
from fanal.minutes.queries import Minutes, Note
from fanal.minutes.rules.attendance import State

BODY, YEARS, A_YEAR, ITEMS = "bureau", 30, 14, 20
LINES = "\n".join(
    f"- line {n} of what was said about the forms, the circular and the training" for n in range(40)
)
SAVE_MS, PDF_MS = 150, 2000


@dataclass(frozen=True)
class _Session:
    by: Member
    reference: str
    item: UUID


_made: list[_Session] = []


def fill(*, scale: float, members: Mapping[str, Member]) -> None:
    """Approved minutes of thirty years with ten notes each, and a session of twenty items with what was said."""
    by, now = members["secretary"], timezone.now()
    body = bodies.body(BODY, timezone.localdate(now))
    count = max(5, round(YEARS * A_YEAR * scale))
    with acting_as(by):
        rows = Minutes.objects.bulk_create(
            Minutes(
                compartment_id=body.compartment_id, meeting=new_id(), body=BODY, opened_at=now, opened_by=by.person_id,
                reference=f"{body.prefix}-{1990 + nth // A_YEAR}-{50 + nth % A_YEAR}", closed_at=now,
                held_on=timezone.localdate(now) - timedelta(days=26 * (nth + 2)), state="circulated",
                circulated_at=now, remarks_until=timezone.localdate(now),
            )
            for nth in range(count)
        )  # fmt: skip
        Note.objects.bulk_create(
            (
                Note(
                    compartment_id=body.compartment_id, minutes=row, item=new_id(), text=LINES, version=1, at=now,
                    by=by.person_id, words=f" circular forms item{nth} training",
                )
                for row in rows
                for nth in range(10)
            ),
            batch_size=1000,
        )  # fmt: skip
        _made[:] = [_session(by)]


def _session(by: Member) -> _Session:
    now = timezone.now()
    before, begins = now - timedelta(days=20), now - timedelta(hours=1)
    items = [
        meeting_services.propose(by=by, body_code=BODY, title=f"Measured item {n}", aim="decision", at=before)
        for n in range(ITEMS)
    ]
    row = meeting_services.plan(by=by, body_code=BODY, begins_at=begins, minutes=120, at=before)
    meeting_services.convene(by=by, reference=row.reference, at=before)
    services.open_session(by=by, reference=row.reference, at=begins)
    seats = bodies.seats(BODY, timezone.localdate(begins))
    seen = [services.Seen(seat.id, State.PRESENT, "Somebody") for seat in seats]
    services.note_attendance(by=by, reference=row.reference, seen=seen, at=begins)
    for item in items:
        services.save_note(by=by, reference=row.reference, item_id=item.id, words=LINES, base=0, at=begins)
    return _Session(by, row.reference, items[0].id)


def pages() -> Sequence[tuple[str, str, str]]:
    """The list, searched, the session of twenty items, one of them as the secretary writes it, and the room's view."""
    session = _made[0]
    base = f"/minutes/{session.reference}/"
    return (
        ("List of minutes", "secretary", "/minutes/"),
        ("Minutes, by words", "secretary", "/minutes/?q=circular+training"),
        ("Session of twenty items", "secretary", base),
        ("Item in session", "secretary", f"{base}items/{session.item}/"),
        ("Attendance", "secretary", f"{base}attendance/"),
        ("What the room sees", "secretary", f"{base}room/"),
        ("Written procedures", "secretary", "/minutes/written/"),
    )


def others(*, scale: float) -> Iterator[Result]:
    """A saving while somebody else writes too (each is merged), and the minutes as a PDF."""
    session, savings = _made[0], []
    rounds = max(5, round(40 * scale))
    for nth in range(rounds):
        words = f"{LINES}\nby one, {nth}" if nth % 2 else f"by another, {nth}\n{LINES}"
        started = perf_counter()
        with acting_as(session.by):
            services.save_note(
                by=session.by, reference=session.reference, item_id=session.item, words=words, base=1,
                window=f"w{nth}", at=timezone.now(),
            )  # fmt: skip
        savings.append(1000 * (perf_counter() - started))
    note = f"median {Times(savings).middle:.1f} ms, merged each time, {rounds} times"
    yield Result(
        "Saving minutes that two people write, p95", Times(savings).p95, "ms", most=SAVE_MS, note=note
    )
    started = perf_counter()
    with acting_as(session.by):
        services.paper(by=session.by, reference=session.reference, format="pdf", at=timezone.now())
    yield Result("Minutes of twenty items as PDF", 1000 * (perf_counter() - started), "ms", most=PDF_MS)
