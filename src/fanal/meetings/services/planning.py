"""Planning meetings: one, a series of them; changing, convening, cancelling and holding them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.country import queries as country
from fanal.errors import Invalid, Refusal
from fanal.meetings import queries
from fanal.meetings.models import Meeting, Series
from fanal.meetings.models.meetings import State
from fanal.meetings.rules.series import Day, Rule, days
from fanal.meetings.services import inviting
from fanal.meetings.services.writing import changed, demand_to_come, sight, to_prepare, trace

LONGEST = timedelta(hours=24)
"""A meeting does not last longer: a house rule that catches a wrong day."""
FARTHEST = timedelta(days=3 * 366)
"""So far ahead a series plans."""


@transaction.atomic
def plan(
    *, by: Member, body_code: str, begins_at: datetime, minutes: int, place: str = "", words: str = "",
    proposals_until: datetime | None = None, request_id: UUID | None = None, at: datetime,
) -> Meeting:  # fmt: skip
    """Plan a meeting as a draft that only who prepares it sees, and give it its reference.

    `minutes`: its planned length. Refused: `NotFound` without a seat, `NotAllowed` (`seat_does_not_prepare`),
    `Invalid` (`length`, `proposals_after_meeting`).
    """
    on = timezone.localdate(at)
    bodies.demand_prepares(body_code, by, on)
    ends_at = _ends(begins_at, minutes)
    _demand_before(proposals_until, begins_at)
    if request_id is not None and bodies.request(request_id, by, on).body.code != body_code:
        raise Invalid("other_body", _("This request is one to another body."), field="body_code")
    row = _Book.of(body_code, on).meeting(begins_at)
    row.ends_at, row.place, row.words = ends_at, place.strip(), words.strip()
    row.proposals_until, row.request_id = proposals_until, request_id
    row.created_at, row.created_by = at, by.person_id
    row.save(force_insert=True)
    trace(row, "plan", by=by, at=at, verb=Verb.COLLECT)
    return row


def _ends(begins_at: datetime, minutes: int) -> datetime:
    length = timedelta(minutes=minutes)
    if not timedelta(0) < length <= LONGEST:
        raise Invalid(
            "length", _("Give the length in minutes, between one and a whole day."), field="minutes"
        )
    return begins_at + length


def _demand_before(proposals_until: datetime | None, begins_at: datetime) -> None:
    if proposals_until is not None and proposals_until >= begins_at:
        raise Invalid(
            "proposals_after_meeting",
            _("Items are proposed before the meeting begins: choose an earlier moment."),
            field="proposals_until",
        )


@dataclass(slots=True)
class _Book:
    """The numbers of a body: who writes in it waits for who wrote before, so that two do not get the same."""

    compartment_id: UUID
    code: str
    prefix: str
    last: dict[int, int]

    @classmethod
    def of(cls, body_code: str, on: date) -> "_Book":
        body = bodies.body(body_code, on)
        with connection.cursor() as cursor:
            key = int.from_bytes(body.compartment_id.bytes[8:], signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
        return cls(body.compartment_id, body.code, body.prefix, {})

    def meeting(self, begins_at: datetime) -> Meeting:
        """A meeting with the next number of its year, not saved yet."""
        year = timezone.localtime(begins_at).year
        if year not in self.last:
            rows = Meeting.objects.filter(body=self.code, year=year)
            self.last[year] = rows.aggregate(last=Max("number"))["last"] or 0
        self.last[year] += 1
        return Meeting(
            compartment_id=self.compartment_id,
            body=self.code,
            year=year,
            number=self.last[year],
            reference=f"{self.prefix}-{year}-{self.last[year]:02}",
            begins_at=begins_at,
        )


@transaction.atomic
def plan_series(
    *, by: Member, body_code: str, rule: Rule, begins: time, minutes: int, place: str = "", at: datetime
) -> tuple[Series, list[Meeting]]:
    """Plan a series: drafts on the days of the rule, on working days only, none on a day that has a meeting already.

    Refused: as `plan`; `Invalid` (`series_backwards`, `series_too_long`, `series_empty`).
    """
    on = timezone.localdate(at)
    bodies.demand_prepares(body_code, by, on)
    wanted, book = _days(rule, on), _Book.of(body_code, on)
    row = Series.objects.create(
        compartment_id=book.compartment_id, body=body_code, every_months=rule.every_months, nth=rule.nth,
        weekday=rule.weekday, begins=begins, minutes=minutes, place=place.strip(), valid_from=rule.begins,
        valid_to=rule.until, created_at=at, created_by=by.person_id,
    )  # fmt: skip
    taken = {
        timezone.localdate(meeting.begins_at)
        for meeting in queries.between(sight(by, at), rule.begins, rule.until + timedelta(days=31))
        if meeting.body == body_code and meeting.state != State.CANCELLED
    }
    made = []
    for day in wanted:
        if day.on in taken:
            continue
        begins_at = datetime.combine(day.on, begins, timezone.get_current_timezone())
        meeting = book.meeting(begins_at)
        meeting.series, meeting.ends_at, meeting.place = row, _ends(begins_at, minutes), place.strip()
        meeting.created_at, meeting.created_by = at, by.person_id
        made.append(meeting)
    Meeting.objects.bulk_create(made)
    for meeting in made:
        trace(meeting, "plan", by=by, at=at, verb=Verb.COLLECT, facts={"series": str(row.id)})
    return row, made


def _days(rule: Rule, on: date) -> list[Day]:
    if rule.until < rule.begins:
        raise Invalid(
            "series_backwards", _("The last day of the series comes before its first."), field="until"
        )
    if rule.until - rule.begins > FARTHEST:
        raise Invalid("series_too_long", _("Plan at most three years at once."), field="until")
    found = list(days(rule, country.law(on).calendar))
    if not found:
        raise Invalid("series_empty", _("No day fits this rule. Choose a longer period."), field="until")
    return found


@transaction.atomic
def end_series(*, by: Member, series_id: UUID, at: datetime) -> int:
    """End a series: its drafts still to come are cancelled; returns how many. Twice changes nothing. `NotFound`."""
    eye = sight(by, at)
    row = queries.one_series(series_id, eye)
    if row.ended_at is not None:
        return 0
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    drafts = list(queries.meetings(eye).filter(series=row, state=State.DRAFT, begins_at__gt=at))
    for draft in drafts:
        _cancel(draft, by, _("The series was ended."), at)
    return len(drafts)


@transaction.atomic
def change(
    *, by: Member, reference: str, begins_at: datetime, minutes: int, place: str = "", words: str = "",
    proposals_until: datetime | None = None, at: datetime, version: int | None = None,
) -> Meeting:  # fmt: skip
    """Change when and where a meeting takes place; whoever was invited gets it anew. Its reference stays.

    Refused: as `plan`; `Stale`; `Refusal` (`meeting_over`).
    """
    row = to_prepare(reference, sight(by, at), version=version)
    demand_to_come(row)
    _demand_before(proposals_until, begins_at)
    ends_at = _ends(begins_at, minutes)
    moved = (row.begins_at, row.ends_at, row.place) != (begins_at, ends_at, place.strip())
    row.begins_at, row.ends_at, row.place, row.words = begins_at, ends_at, place.strip(), words.strip()
    row.proposals_until = proposals_until
    row.sequence += moved and row.state == State.CONVENED
    changed(row, "begins_at", "ends_at", "place", "words", "proposals_until", "sequence")
    trace(row, "change", by=by, at=at)
    if moved and row.state == State.CONVENED:
        inviting.invite(row, "changed", at)
    return row


@transaction.atomic
def cancel(*, by: Member, reference: str, why: str, at: datetime) -> Meeting:
    """Cancel a meeting: its items are open for the next one, who was invited is told. Twice changes nothing.

    Refused: `NotFound`; `NotAllowed`; `Invalid` (`why`); `Refusal` (`meeting_over`) once it was held.
    """
    row = to_prepare(reference, sight(by, at))
    if row.state == State.CANCELLED:
        return row
    demand_to_come(row)
    if not why.strip():
        raise Invalid("why", _("Say why: everybody who was invited reads it."), field="why")
    return _cancel(row, by, why, at)


def _cancel(row: Meeting, by: Member, why: str, at: datetime) -> Meeting:
    told = row.state == State.CONVENED
    row.state, row.cancelled_at, row.why_cancelled = State.CANCELLED, at, why.strip()
    row.sequence += 1
    changed(row, "state", "cancelled_at", "why_cancelled", "sequence")
    trace(row, "cancel", by=by, at=at)
    if told:
        inviting.invite(row, "cancelled", at)
    return row


@transaction.atomic
def record_held(
    *, by: Member, body_code: str, begins_at: datetime, minutes: int = 120, place: str = "", at: datetime
) -> Meeting:
    """Record a meeting that was held before it could be convened here: its day counts for how often a body met.

    Nobody is invited and nothing stands on its agenda. Refused: as `plan`; `Refusal` (`not_begun`).
    """
    if begins_at > at:
        raise Refusal("not_begun", _("This meeting is still to come."))
    row = plan(by=by, body_code=body_code, begins_at=begins_at, minutes=minutes, place=place, at=at)
    row.state, row.convened_at, row.held_at = State.HELD, begins_at, row.ends_at
    changed(row, "state", "convened_at", "held_at")
    trace(row, "record_held", by=by, at=at)
    return row


@transaction.atomic
def hold(*, by: Member, reference: str, at: datetime) -> Meeting:
    """Note that a meeting took place. What is open on its agenda is free for the next one. Twice changes nothing.

    Refused: `NotFound`; `NotAllowed`; `Refusal` (`not_convened`, `not_begun`) for a draft, a cancelled meeting, or one
    that begins later.
    """
    row = to_prepare(reference, sight(by, at))
    if row.state == State.HELD:
        return row
    if row.state != State.CONVENED:
        raise Refusal("not_convened", _("Only a meeting that was convened can be held."))
    if timezone.localdate(at) < timezone.localdate(row.begins_at):
        raise Refusal("not_begun", _("This meeting is still to come."))
    row.state, row.held_at = State.HELD, at
    changed(row, "state", "held_at")
    trace(row, "hold", by=by, at=at)
    return row
