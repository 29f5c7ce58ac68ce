"""What waits: proposals to answer, answers awaited, exceptions to review."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.queries import visible
from fanal.access.rules import Member, Permission
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.referrals.models import Referral, State
from fanal.referrals.queries.matters import exceptions
from fanal.web.waiting import Waiting

MOST = 200
"""Lines of one kind on a home page; whoever has more opens the list."""
SOON = timedelta(days=7)


def waiting(by: Member, at: datetime) -> tuple[Waiting, ...]:
    """What the member's unit must answer or review, and which answers it waits for, in the member's language."""
    law = country.law(timezone.localdate(at))
    return (*_proposals(by, at, law), *_reviews(by, at, law))


def _proposals(by: Member, at: datetime, law: Law) -> Iterator[Waiting]:
    rows = visible(Referral, by).filter(state=State.PROPOSED).select_related("from_unit", "to_unit")
    for row in rows.order_by("due_at", "id")[:MOST]:
        mine = row.to_unit_id == by.unit_id
        if mine and not by.may(Permission.REFERRAL_ANSWER):
            continue
        other = (row.from_unit if mine else row.to_unit).label(by.language)
        purpose = purpose_label(law, row.purpose, by.language)
        yield Waiting(
            reference=row.reference,
            url=reverse("referrals:referral", args=[row.reference]),
            act=_("Answer a proposal") if mine else _("Answer awaited from %(unit)s") % {"unit": other},
            due_at=row.due_at,
            reason=(_("From %(unit)s, for: %(purpose)s") if mine else _("To %(unit)s, for: %(purpose)s"))
            % {"unit": other, "purpose": purpose},
            state="late" if row.due_at < at else "week" if mine else "waiting",
        )


def _reviews(by: Member, at: datetime, law: Law) -> Iterator[Waiting]:
    soon = timezone.localdate(at) + SOON
    for row in exceptions(by).filter(review_due__lte=soon).order_by("review_due", "id")[:MOST]:
        if row.review_due is None:
            continue
        due_at = datetime.combine(row.review_due, time.max, tzinfo=timezone.get_current_timezone())
        ground = law.label("consent_ground", row.ground).get(by.language)
        yield Waiting(
            reference=row.matter.reference,
            url=reverse("referrals:exceptions"),
            act=_("Review a ground"),
            due_at=due_at,
            reason=_("Sent without consent to %(unit)s: %(ground)s")
            % {"unit": row.to_unit.label(by.language), "ground": ground},
            state="late" if due_at < at else "week",
        )


def purpose_label(law: Law, code: str, language: str) -> str:
    """The words of a purpose; the code itself when the law no longer has it."""
    return (
        law.label("referral_purpose", code).get(language) if law.has_code("referral_purpose", code) else code
    )
