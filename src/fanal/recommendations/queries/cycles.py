"""A body's cycle: everything that one of its documents asked, with what is held to answer it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from fanal.access.rules import Member
from fanal.errors import NotFound
from fanal.recommendations.models import Answer, Assessment, Kind, Position, Recommendation
from fanal.recommendations.queries.listing import Row, row_of
from fanal.recommendations.queries.sheet import Answered, answered
from fanal.web.cursors import SIZE, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One document of a body: when, how much it asks, how much of it has a position, and when the reply is due."""

    body: str
    document: str
    issued_on: date
    count: int
    stated: int
    proven: int
    reply_due: date | None

    @property
    def missing(self) -> int:
        """How many have no position yet."""
        return self.count - self.stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One recommendation of a cycle with its position in force and what answers it."""

    line: Row
    position: Position | None
    answers: Sequence[Answered]


def cycles(*, cursor: str = "", size: int = SIZE) -> Page[Cycle]:
    """The documents there are, the latest first, page by page. One statement."""
    first = int(cursor) if cursor.isdecimal() and len(cursor) < 7 else 0
    rows = (
        Recommendation.objects.values("body", "document")
        .annotate(
            issued_on=Max("issued_on"),
            count=Count("pk"),
            stated=Count("pk", filter=~Q(position="")),
            proven=Count("pk", filter=Q(has_evidence=True)),
            reply_due=Min("reply_due"),
        )
        .order_by("-issued_on", "body", "document")
    )
    found = list(rows[first : first + size + 1])
    return Page([Cycle(**row) for row in found[:size]], str(first + size) if len(found) > size else "")


def cycle(body: str, document: str, by: Member, on: date) -> list[Entry]:
    """What one document asks, by theme and paragraph, with everything held; `NotFound` without any."""
    rows = list(
        Recommendation.objects.select_related("cluster")
        .filter(body=body, document=document)
        .order_by("theme", "paragraph", "number")
    )
    if not rows:
        raise NotFound
    ids = [row.pk for row in rows]
    latest: dict[object, Position] = {}
    for position in Position.objects.filter(recommendation__in=ids).order_by("stated_on", "stated_at"):
        latest[position.recommendation_id] = position
    answers = Answer.objects.filter(recommendation__in=ids, removed_at=None).exclude(kind=Kind.CLOSING)
    found = answered(list(answers.select_related("unit").order_by("kind", "on", "id")), by, on)
    return [
        Entry(
            line=row_of(row, by.language, on),
            position=latest.get(row.pk),
            answers=[each for each in found if each.row.recommendation_id == row.pk],
        )
        for row in rows
    ]


def public_assessments(ids: Collection[UUID]) -> dict[UUID, Assessment]:
    """{recommendation: the latest assessment, where the rapporteur shows it}. One statement."""
    rows = (
        Assessment.objects.filter(recommendation__in=ids).select_related("unit").order_by("assessed_at", "id")
    )
    latest = {row.recommendation_id: row for row in rows}
    return {key: row for key, row in latest.items() if row.public}
