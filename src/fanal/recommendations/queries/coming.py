"""What comes due: for the agenda of a body, and for the home page of who answers."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fanal.access.rules import Member, Permission
from fanal.bodies.rules import Due
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.directory import queries as directory
from fanal.recommendations.models import Draft, Recommendation
from fanal.recommendations.rules import Answerer
from fanal.recommendations.rules.saying import said
from fanal.web.waiting import Waiting

MOST = 20
SOON = timedelta(days=60)
_DAY = "d.m.Y"


def answerer(by: Member) -> Answerer:
    """For whom the member would speak: her institution, and the whole government when she coordinates."""
    coordinates = by.may(Permission.RECOMMENDATION_EDIT)
    return Answerer("" if coordinates else directory.unit(by.unit_id).institution_id, coordinates)


def due(
    by: Member, on: date, until: date, *, most: int | None = None, keys: Collection[str] | None = None
) -> list[Due]:
    """The recommendations to which a reply is due by that day and on which no position is stated, the oldest first.

    `most`: the first so many; `keys`: of these alone. In the reader's language; two statements.
    """
    rows = _to_reply().filter(reply_due__lte=until).order_by("reply_due", "id")
    if keys is not None:
        rows = rows.filter(number__in=keys)
    law = country.law(on)
    return [
        Due(
            kind="recommendation",
            key=row.number,
            title=said(row.words, by.language)[0],
            titles=row.words,
            url=reverse("recommendations:recommendation", args=[row.number]),
            due_on=row.reply_due,
            reason=_("%(body)s, %(document)s: reply due on %(day)s, no position yet")
            % {
                "body": body_label(law, row.body, by.language),
                "document": row.document,
                "day": date_format(row.reply_due, _DAY) if row.reply_due else "",
            },
        )
        for row in rows[:most]
    ]


def body_label(law: Law, code: str, language: str) -> str:
    """The name of a body; its code where the list no longer has it."""
    known = law.has_code("recommendation_body", code)
    return law.label("recommendation_body", code).get(language) if known else code


def waiting(by: Member, at: datetime) -> Iterator[Waiting]:
    """What the member's service has to say: replies due, its own drafts, and how many positions are missing."""
    if by.may(Permission.RECOMMENDATION_ANSWER):
        on = timezone.localdate(at)
        law = country.law(on)
        yield from _replies(by, on, law)
        yield from _drafts(by)
        yield from _missing(by)


def _to_reply(by: Member | None = None) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.filter(position="", closed_by="")
    who = answerer(by) if by is not None else Answerer("", True)
    return (
        rows if who.coordinates else rows.filter(Q(addressees=[]) | Q(addressees__contains=[who.institution]))
    )


def _replies(by: Member, on: date, law: Law) -> Iterator[Waiting]:
    rows = _to_reply(by).filter(reply_due__lte=on + SOON).order_by("reply_due", "id")[:MOST]
    for row in rows:
        assert row.reply_due is not None
        yield Waiting(
            reference=row.number,
            url=reverse("recommendations:recommendation", args=[row.number]),
            act=_("State a position"),
            due_at=datetime.combine(row.reply_due, time.max, tzinfo=timezone.get_current_timezone()),
            reason=_("%(body)s, %(document)s: reply due on %(day)s, no position yet")
            % {
                "body": body_label(law, row.body, by.language),
                "document": row.document,
                "day": date_format(row.reply_due, _DAY),
            },
            state="late" if row.reply_due < on else "week",
        )


def _drafts(by: Member) -> Iterator[Waiting]:
    rows = (
        Draft.objects.filter(unit_id=by.unit_id).select_related("recommendation").order_by("changed_at", "id")
    )
    for row in rows[:MOST]:
        yield Waiting(
            reference=row.recommendation.number,
            url=reverse("recommendations:position", args=[row.recommendation.number]),
            act=_("State the position you drafted"),
            due_at=None,
            reason=_("A draft of your service since %(day)s; only your service sees it")
            % {"day": date_format(timezone.localtime(row.changed_at), _DAY)},
            state="week",
        )


def _missing(by: Member) -> Iterator[Waiting]:
    found = _to_reply(by).aggregate(count=Count("pk"), since=Min("issued_on"))
    if found["count"]:
        words = ngettext(
            "%(count)d recommendation without a position, the oldest of %(year)d",
            "%(count)d recommendations without a position, the oldest of %(year)d",
            found["count"],
        )
        yield Waiting(
            reference="REC",
            url=f"{reverse('recommendations:list')}?{urlencode({'position': 'none'})}",
            act=_("Look at what waits for a position"),
            due_at=None,
            reason=words % {"count": found["count"], "year": found["since"].year},
            state="week",
        )
