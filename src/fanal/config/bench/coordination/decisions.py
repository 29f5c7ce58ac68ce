"""Three thousand decisions of thirty years in the register, and its pages."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.decisions.queries import Decision, State, Step
from fanal.decisions.services.recording import words_of

DECISIONS, YEARS = 3000, 30
BODY = "bureau"
_WORDS = (
    "leaflet", "circular", "training", "centre", "district", "magistrate",
    "inspection", "report", "figures", "translation", "visit", "form",
)  # fmt: skip


def fill(*, scale: float, members: Mapping[str, Member]) -> None:
    """Decisions of one body over thirty years, two steps each, one in fifty still open."""
    by, now = members["chair"], timezone.now()
    on = timezone.localdate(now)
    body = bodies.body(BODY, on)
    owners = sorted({unit for seat in bodies.seats(BODY, on) for unit in seat.unit_ids})
    count = max(20, round(DECISIONS * scale))
    each = max(1, count // YEARS)
    rows = []
    for nth in range(count):
        year, number = on.year - YEARS + nth // each, nth % each + 1
        title = f"Decision {nth} about the {_WORDS[nth % 12]} and the {_WORDS[nth // 12 % 12]}"
        is_open = nth % 50 == 0
        taken = min(date(min(year, on.year), 1, 1) + timedelta(days=number * 365 // (each + 1)), on)
        rows.append(
            Decision(
                number=f"{body.prefix}-{year}-{9000 + number}",
                compartment_id=body.compartment_id,
                body=body,
                title=title,
                text="A text of some length. " * 20,
                words=words_of(title, "a text of some length"),
                taken_on=taken,
                due_on=taken + timedelta(days=90),
                owners=[owners[nth % len(owners)]],
                state=State.OPEN if is_open else State.DONE,
                recorded_at=now,
                recorded_by=by.person_id,
                synthetic=True,
            )
        )
    with acting_as(by):
        Decision.objects.bulk_create(rows, batch_size=1000)
        Step.objects.bulk_create(
            (
                Step(
                    compartment_id=row.compartment_id, decision=row, act=act, at=now, by=by.person_id,
                    unit_id=by.unit_id, state=row.state,
                )
                for row in rows
                for act in (Step.Act.RECORDED, Step.Act.FOLLOWED)
            ),
            batch_size=2000,
        )  # fmt: skip


def pages() -> Sequence[tuple[str, str, str]]:
    """The register, searched, filtered and opened."""
    on = timezone.localdate()
    some = f"{bodies.body(BODY, on).prefix}-{on.year - YEARS}-9001"
    return (
        ("Register of decisions", "chair", "/decisions/"),
        ("Register, by words", "chair", "/decisions/?words=leaflet+magistrate"),
        ("Register, overdue", "chair", "/decisions/?state=overdue"),
        ("One decision", "chair", f"/decisions/{some}/"),
        ("Composition of a body", "chair", f"/bodies/{BODY}/"),
    )
