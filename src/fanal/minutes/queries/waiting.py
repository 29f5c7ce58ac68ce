"""What waits for a member: minutes to write, to approve, remarks to give and to answer, votes and answers."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.meetings import queries as meetings
from fanal.meetings.queries import Sight
from fanal.minutes.models import Answer, Ballot, Minutes, Procedure, Remark
from fanal.minutes.models.session import State
from fanal.minutes.queries import lists
from fanal.minutes.queries.sessions import rows, sight
from fanal.web.waiting import Waiting

MOST = 50


def waiting(by: Member, at: datetime) -> tuple[Waiting, ...]:
    """Everything of minutes and written procedures that waits for the member's seats; nothing without a seat."""
    eye = sight(by, at)
    if not eye.seats:
        return ()
    found = lists.every(eye).exclude(state=State.APPROVED).order_by("held_on", "id")[:MOST]
    voting = [code for code, seat in eye.seats.items() if seat.votes]
    return (
        *_of_meetings(eye, at),
        *_of_minutes(list(found), eye, at),
        *_of_ballots(eye, voting),
        *_of_procedures(eye, voting, at),
        *_of_actions(eye, at),
    )


def _of_meetings(eye: Sight, at: datetime) -> Iterator[Waiting]:
    """Meetings of today and before whose session was not opened."""
    end = timezone.make_aware(datetime.combine(timezone.localdate(at), time.max))
    opened = rows(Minutes, eye).values("meeting")
    due = meetings.meetings(eye, state="convened").filter(begins_at__lte=end, body__in=eye.prepares)
    for row in due.exclude(pk__in=opened).order_by("begins_at", "id")[:MOST]:
        yield Waiting(
            reference=row.reference,
            url=reverse("minutes:open_session", args=[row.reference]),
            act=_("Open the session"),
            due_at=row.begins_at,
            reason=_("The meeting was convened for this moment."),
            state="late" if row.begins_at < at else "week",
        )


def _of_minutes(found: list[Minutes], eye: Sight, at: datetime) -> Iterator[Waiting]:
    mine = {row.minutes_id for row in rows(Remark, eye).filter(minutes__in=found, by=eye.by.person_id)}
    unanswered = {row.minutes_id for row in rows(Remark, eye).filter(minutes__in=found, taken=None)}
    for row in found:
        url = reverse("minutes:session", args=[row.reference])
        prepares = eye.seats[row.body].prepares
        if prepares and row.state in (State.SESSION, State.DRAFT):
            act = (
                _("Close the session")
                if row.state == State.SESSION
                else _("Finish the minutes and give them round")
            )
            reason = _("The meeting was held on %(day)s.") % {"day": f"{row.held_on:%d.%m.%Y}"}
            yield _line(row.reference, url, act, None, reason, at)
        elif prepares and row.id in unanswered:
            reason = _("Minutes are approved once every remark is answered.")
            yield _line(row.reference, url, _("Answer the remarks on the minutes"), None, reason, at)
        elif not prepares and row.id not in mine and row.remarks_until and eye.on <= row.remarks_until:
            act, reason = (
                _("Read the minutes and say what is wrong"),
                _("The draft was given round for remarks."),
            )
            yield _line(row.reference, url, act, row.remarks_until, reason, at)


def _of_ballots(eye: Sight, voting: list[str]) -> Iterator[Waiting]:
    found = (
        rows(Ballot, eye).filter(closed_at=None, minutes__state=State.SESSION, minutes__body__in=voting)
    ).select_related("minutes")
    for row in found.exclude(votes__seat__in=[eye.seats[code].id for code in voting])[:MOST]:
        yield Waiting(
            reference=row.minutes.reference,
            url=reverse("minutes:vote", args=[row.minutes.reference, row.id]),
            act=_("Vote"),
            due_at=None,
            reason=_("A vote is open in the meeting."),
            state="week",
        )


def _of_procedures(eye: Sight, voting: list[str], at: datetime) -> Iterator[Waiting]:
    found = list(
        rows(Procedure, eye).filter(closed_at=None, withdrawn_at=None, body__in=list(eye.seats))[:MOST]
    )
    answered = {(each.procedure_id, each.seat) for each in rows(Answer, eye).filter(procedure__in=found)}
    for row in found:
        url, seat = reverse("minutes:written", args=[row.reference]), eye.seats[row.body]
        if row.deadline < at:
            if seat.prepares:
                reason = _("Its time is over: what was decided enters the register.")
                yield _line(row.reference, url, _("Close the written procedure"), None, reason, at)
        elif row.body in voting and (row.id, seat.id) not in answered:
            reason = _("A text is put to the seats in writing.")
            yield Waiting(
                reference=row.reference, url=url, act=_("Answer in writing"), due_at=row.deadline, reason=reason,
                state="week",
            )  # fmt: skip


def _of_actions(eye: Sight, at: datetime) -> Iterator[Waiting]:
    for row in lists.open_actions(eye)[:MOST]:
        url = f"{reverse('minutes:session', args=[row.minutes.reference])}#action-{row.id}"
        reason = _("An action point of the minutes.")
        yield _line(row.minutes.reference, url, _("Do what was agreed"), row.due_on, reason, at)


def _line(reference: str, url: str, act: str, due_on: date | None, reason: str, at: datetime) -> Waiting:
    due_at = timezone.make_aware(datetime.combine(due_on, time.max)) if due_on else None
    late = due_at is not None and due_at < at
    return Waiting(
        reference=reference, url=url, act=act, due_at=due_at, reason=reason, state="late" if late else "week"
    )
