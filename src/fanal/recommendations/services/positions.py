"""What the government says: drafted where only the service that writes it sees it, then stated for everybody."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member, Permission
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid, NotAllowed
from fanal.recommendations import queries
from fanal.recommendations.models import Draft, Position, Recommendation
from fanal.recommendations.queries.coming import answerer
from fanal.recommendations.rules import may_answer


@transaction.atomic
def draft_position(*, by: Member, number: str, position: str = "", reason: str = "", at: datetime) -> Draft:
    """Keep what the member's service would say; it may be unfinished, and nobody else sees it.

    Refused: `NotFound`; `NotAllowed` `not_addressed`; `Invalid` `unknown_code`.
    """
    row = queries.one(number)
    demand_answerer(by, row)
    if position:
        _demand_position(position, timezone.localdate(at))
    draft, _new = Draft.objects.update_or_create(
        recommendation=row,
        unit_id=by.unit_id,
        defaults={
            "position": position,
            "reason": reason.strip(),
            "changed_at": at,
            "changed_by": by.person_id,
        },
    )
    _trace(by, "recommendations.draft_position", row, at)
    return draft


@transaction.atomic
def discard_draft(*, by: Member, number: str, at: datetime) -> None:
    """Throw the draft of the member's service away; without one nothing happens."""
    row = queries.one(number)
    demand_answerer(by, row)
    gone, _rows = Draft.objects.filter(recommendation=row, unit_id=by.unit_id).delete()
    if gone:
        _trace(by, "recommendations.discard_draft", row, at)


@transaction.atomic
def state_position(
    *,
    by: Member,
    number: str,
    position: str,
    reason: str,
    stated_on: date,
    synthetic: bool = False,
    at: datetime,
) -> Position:
    """State for the government what it says, with its reason. What was stated before stays as history.

    The same position and reason twice add one. Refused: `NotFound`; `NotAllowed` `not_addressed`; `Invalid`
    `unknown_code`, `reason`, `stated_on` (after today, before the recommendation, or before the last position).
    """
    row = queries.one(number, lock=True)
    demand_answerer(by, row)
    on = timezone.localdate(at)
    _demand_position(position, on)
    if not reason.strip():
        raise Invalid("reason", _("Say why, in words that the body that asked may read."), field="reason")
    last = row.positions.order_by("-stated_on", "-stated_at").first()
    if last is not None and (last.position, last.reason) == (position, reason.strip()):
        return last
    if not (max(row.issued_on, last.stated_on if last else row.issued_on) <= stated_on <= on):
        raise Invalid(
            "stated_on",
            _("The day lies between the recommendation, or the position before, and today."),
            field="stated_on",
        )
    made = Position.objects.create(
        recommendation=row, position=position, reason=reason.strip(), stated_on=stated_on, unit_id=by.unit_id,
        stated_by=by.person_id, stated_at=at, synthetic=synthetic,
    )  # fmt: skip
    Recommendation.objects.filter(pk=row.pk).update(position=position)
    Draft.objects.filter(recommendation=row, unit_id=by.unit_id).delete()
    audit.record(
        by=by, verb=Verb.ALTER, act="recommendations.state_position", at=at, object_ids=[row.id, made.id],
        reference=number, facts={"position": position},
    )  # fmt: skip
    return made


def demand_answerer(by: Member, row: Recommendation) -> None:
    """Refused with `NotAllowed` for who does not answer for the government on this recommendation."""
    if not by.may(Permission.RECOMMENDATION_ANSWER):
        raise NotAllowed("not_allowed", _("Your function does not include this act."))
    if not may_answer(row.addressees, answerer(by)):
        raise NotAllowed("not_addressed", _("This recommendation is addressed to another department."))


def _demand_position(position: str, on: date) -> None:
    if not country.law(on).has_code("recommendation_position", position):
        raise Invalid("unknown_code", _("Choose one from the list."), field="position")


def _trace(by: Member, act: str, row: Recommendation, at: datetime) -> None:
    audit.record(by=by, verb=Verb.ALTER, act=act, at=at, object_ids=[row.id], reference=row.number)
