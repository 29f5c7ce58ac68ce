"""The answer of a seat to an invitation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.errors import Invalid, Refusal
from fanal.meetings import queries
from fanal.meetings.models import Reply
from fanal.meetings.models.meetings import Answer, State
from fanal.meetings.services.writing import sight, trace


@transaction.atomic
def reply(*, by: Member, reference: str, answer: str, note: str = "", at: datetime) -> Reply:
    """Answer an invitation for the member's seat; the last answer counts.

    `substitute` needs a note: who sits in. Refused: `NotFound`; `Refusal` (`not_convened`) for a meeting that is not
    to come; `Invalid` (`unknown_answer`, `note`).
    """
    eye = sight(by, at)
    meeting = queries.meeting(reference, eye)
    if meeting.state != State.CONVENED:
        raise Refusal("not_convened", _("This meeting does not wait for an answer."))
    if answer not in Answer.values:
        raise Invalid("unknown_answer", _("Choose one of the answers."), field="answer")
    if answer == Answer.SUBSTITUTE and not note.strip():
        raise Invalid("note", _("Say who sits in for you."), field="note")
    row, _new = Reply.objects.update_or_create(
        meeting=meeting,
        seat=eye.seats[meeting.body].id,
        defaults={
            "compartment_id": meeting.compartment_id,
            "answer": answer,
            "note": note.strip()[:200],
            "at": at,
            "by": by.person_id,
            "unit_id": by.unit_id,
        },
    )
    trace(meeting, "reply", by=by, at=at, objects=[row.id], facts={"answer": answer})
    return row
