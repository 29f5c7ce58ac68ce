"""After the session: the draft goes round, remarks are answered, a later meeting approves it, addenda follow."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fanal.access import queries as access
from fanal.access.rules import Member
from fanal.bodies import queries as bodies
from fanal.country import queries as country
from fanal.country.rules import due_on
from fanal.directory import queries as directory
from fanal.errors import Invalid, Refusal
from fanal.meetings import queries as meetings
from fanal.meetings import services as meeting_services
from fanal.meetings.queries import Sight
from fanal.minutes import queries
from fanal.minutes.models import Addendum, Minutes, Note, Remark
from fanal.minutes.rules import merging, states
from fanal.minutes.rules.states import Act
from fanal.minutes.services.common import demand, prepared, trace, words
from fanal.notify import services as notify


@transaction.atomic
def circulate(*, by: Member, reference: str, until: date | None = None, at: datetime) -> Minutes:
    """Give the draft round: the seats have until `until` (by default the country's term) for remarks, and its approval
    stands on the next agenda by itself. Given round again, the seats have their time again.

    Refused: `NotFound`; `NotAllowed`; `Refusal` `not_now`, `two_versions`; `Invalid` `until`.
    """
    row, eye = prepared(reference, Act.CIRCULATE, by, at)
    _demand_one_version(row, eye)
    law = country.law(eye.on)
    until = until or due_on(law.term("minutes_remarks"), eye.on, law.calendar)
    if until <= eye.on:
        raise Invalid("until", _("Give the seats at least until tomorrow."), field="until")
    if row.approval is None:
        row.approval = _on_the_next_agenda(row, by, at)
    row.state, row.circulated_at, row.remarks_until = "circulated", at, until
    row.version += 1
    row.save(update_fields=["state", "circulated_at", "remarks_until", "approval", "version"])
    trace("circulate", row, by=by, at=at, until=until.isoformat())
    notify.tell(
        unit_ids=sorted(_everybody(row, eye) - {by.unit_id}),
        kind="minutes.circulated",
        reference=row.reference,
        at=at,
    )
    return row


def _on_the_next_agenda(row: Minutes, by: Member, at: datetime) -> UUID:
    item = meeting_services.propose(
        by=by,
        body_code=row.body,
        title=_approval(row),
        titles={code: _approval(row, code) for code, _name in settings.LANGUAGES},
        aim="decision",
        minutes=5,
        at=at,
    )
    return item.id


def _approval(row: Minutes, language: str | None = None) -> str:
    """The title of the item that approves minutes, in a language or in the one in force."""
    with translation.override(language or translation.get_language()):
        return _("Approval of the minutes of %(meeting)s") % {"meeting": row.reference}


def _everybody(row: Minutes, eye: Sight) -> set[int]:
    return {unit for seat in bodies.seats(row.body, eye.on) for unit in seat.unit_ids}


def _demand_one_version(row: Minutes, eye: Sight) -> None:
    for note in queries.rows(Note, eye).filter(minutes=row):
        if merging.open_marks(note.text):
            raise Refusal(
                "two_versions",
                _("Somewhere two versions of one passage stand side by side between marks. Choose first."),
            )


@transaction.atomic
def remark(*, by: Member, reference: str, text: str, item_id: UUID | None = None, at: datetime) -> Remark:
    """What a seat says of minutes that were given round, on one item or on the whole, until the last day.

    Refused: `NotFound`; `Refusal` `not_now`, `remarks_over`; `Invalid` `empty`, `too_long`.
    """
    eye = queries.sight(by, at)
    row = queries.minutes(reference, eye, lock=True)
    demand(row, Act.REMARK)
    assert row.remarks_until is not None
    if eye.on > row.remarks_until:
        raise Refusal("remarks_over", _("The time for remarks is over: raise it at the meeting."))
    compartment = row.compartment_id
    if item_id is not None:
        compartment = queries.line(meetings.meeting(reference, eye), item_id, eye).compartment_id
    made = Remark.objects.create(
        compartment_id=compartment,
        minutes=row,
        item=item_id,
        seat=eye.seats[row.body].id,
        text=words(text, "text", longest=5000),
        at=at,
        by=by.person_id,
    )
    trace("remark", row, by=by, at=at, compartment_id=compartment, objects=(made.id,))
    return made


@transaction.atomic
def answer_remark(
    *, by: Member, reference: str, remark_id: UUID, taken: bool, answer: str = "", at: datetime
) -> Remark:
    """Take a remark over, or say why not. Twice changes nothing. Refused: `NotFound`; `NotAllowed`; `Refusal`
    `not_now`; `Invalid` `empty` (a remark is not left aside without a word)."""
    row, eye = prepared(reference, Act.ANSWER, by, at)
    found = queries.remark(remark_id, row, eye)
    if found.taken is not None:
        return found
    found.taken, found.answered_at, found.answered_by = taken, at, by.person_id
    found.answer = answer.strip()[:5000] if taken else words(answer, "answer", longest=5000)
    found.save(update_fields=["taken", "answer", "answered_at", "answered_by"])
    trace(
        "answer_remark",
        row,
        by=by,
        at=at,
        compartment_id=found.compartment_id,
        objects=(found.id,),
        taken=taken,
    )
    return found


@transaction.atomic
def approve(*, by: Member, reference: str, meeting: str, at: datetime) -> Minutes:
    """Approve minutes at a later meeting of the body (its reference). From then on the database refuses every change.

    Twice changes nothing. Refused: `NotFound`; `NotAllowed`; `Refusal` `not_now`, `remarks_running`, `remarks_open`,
    `two_versions`; `Invalid` `meeting`.
    """
    eye = queries.sight(by, at)
    if queries.minutes(reference, eye).state == states.State.APPROVED:
        return queries.minutes(reference, eye)
    row, eye = prepared(reference, Act.APPROVE, by, at)
    later = queries.rows(Minutes, eye).filter(reference=meeting.upper(), body=row.body).first()
    if later is None or later.held_on <= row.held_on:
        raise Invalid(
            "meeting", _("Minutes are approved at a later meeting of the same body."), field="meeting"
        )
    assert row.circulated_at is not None
    assert row.remarks_until is not None
    if not states.approvable(timezone.localdate(row.circulated_at), row.remarks_until, eye.on):
        raise Refusal("remarks_running", _("The seats still have time for remarks."))
    if queries.rows(Remark, eye).filter(minutes=row, taken=None).exists():
        raise Refusal("remarks_open", _("A remark waits for an answer: answer it first."))
    _demand_one_version(row, eye)
    row.state, row.approved_at, row.approved_by = "approved", at, by.person_id
    row.approved_in, row.version = later.reference, row.version + 1
    row.save(update_fields=["state", "approved_at", "approved_by", "approved_in", "version"])
    trace("approve", row, by=by, at=at)
    return row


@transaction.atomic
def add_addendum(
    *, by: Member, reference: str, text: str, item_id: UUID | None = None, at: datetime
) -> Addendum:
    """Correct approved minutes: an addendum with its number, day and signature. What was approved stays as it is.

    Refused: `NotFound`; `NotAllowed`; `Refusal` `not_now`; `Invalid` `empty`, `too_long`.
    """
    row, eye = prepared(reference, Act.ADD, by, at)
    compartment = row.compartment_id
    if item_id is not None:
        compartment = queries.line(meetings.meeting(reference, eye), item_id, eye).compartment_id
    name = access.names_of({by.person_id}).get(by.person_id, "")
    unit = directory.unit(by.unit_id).label(by.language)
    made = Addendum.objects.create(
        compartment_id=compartment,
        minutes=row,
        item=item_id,
        number=queries.rows(Addendum, eye).filter(minutes=row, compartment_id=compartment).count() + 1,
        text=words(text, "text", longest=10_000),
        signed=f"{name}, {unit}"[:200],
        at=at,
        by=by.person_id,
    )
    trace(
        "add_addendum", row, by=by, at=at, compartment_id=compartment, objects=(made.id,), number=made.number
    )
    return made
