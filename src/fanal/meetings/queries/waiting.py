"""What waits for a member about meetings."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.rules import Member, Permission
from fanal.meetings.models import Meeting
from fanal.meetings.models.meetings import State
from fanal.meetings.queries.items import items
from fanal.meetings.queries.meetings import coming_each, replies_of
from fanal.meetings.queries.sights import Sight, sight
from fanal.web.waiting import Waiting

MOST = 20


def waiting(by: Member, at: datetime) -> Iterable[Waiting]:
    """Invitations without an answer; for who prepares: drafts to convene, agendas to set, late items for the chair."""
    eye = sight(by, timezone.localdate(at))
    if not eye.seats:
        return ()
    rows = coming_each(eye, at, most=MOST)
    answered = replies_of(rows, eye)
    return (
        *(_invitation(row) for row in rows if row.state == State.CONVENED and row.id not in answered),
        *(_prepared(rows, eye) if by.may(Permission.MEETING_PREPARE) else ()),
        *(_late(eye) if by.may(Permission.MEETING_PREPARE) else ()),
    )


def _invitation(row: Meeting) -> Waiting:
    return Waiting(
        reference=row.reference,
        url=f"{reverse('meetings:meeting', args=[row.reference])}#reply",
        act=_("Answer an invitation"),
        due_at=row.begins_at,
        reason=_("The chair has to know whether the body can decide."),
        state="week",
    )


def _prepared(rows: Iterable[Meeting], eye: Sight) -> Iterator[Waiting]:
    """The next meeting of each body: convened in good time, its agenda set before it begins."""
    seen = set[str]()
    for row in rows:
        if row.body in seen or not eye.seats[row.body].prepares:
            continue
        seen.add(row.body)
        if row.state == State.DRAFT:
            yield Waiting(
                reference=row.reference,
                url=reverse("meetings:convene", args=[row.reference]),
                act=_("Convene the meeting"),
                due_at=row.begins_at,
                reason=_("It is planned, and nobody is invited yet."),
                state="week",
            )
        elif row.agenda_set_at is None:
            yield Waiting(
                reference=row.reference,
                url=reverse("meetings:agenda", args=[row.reference]),
                act=_("Set the agenda"),
                due_at=row.begins_at,
                reason=_("Those who come have to know what is asked of them."),
                state="week",
            )


def _late(eye: Sight) -> Iterator[Waiting]:
    chaired = [code for code, seat in eye.seats.items() if seat.kind == "chair"]
    rows = items(eye, state="open").filter(body__in=chaired, late_for__state="convened")
    for row in rows.select_related("late_for").order_by("proposed_at", "id")[:MOST]:
        assert row.late_for is not None
        yield Waiting(
            reference=row.reference,
            url=reverse("meetings:item", args=[row.reference]),
            act=_("Take a late item, or leave it"),
            due_at=row.late_for.begins_at,
            reason=_("It came after the agenda was set: the chair decides."),
            state="week",
        )
