"""One recommendation, everything side by side: positions, answers, the rapporteur, who asks the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fanal.access.rules import Member, Permission
from fanal.errors import NotFound
from fanal.plans import queries as plans
from fanal.plans.rules import MeasureLine
from fanal.recommendations.models import Answer, Assessment, Draft, Kind, Position, Recommendation
from fanal.recommendations.queries.listing import Row, row_of
from fanal.recommendations.queries.registers import titles_of_decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What answers it: the row, and the title of the measure or decision in the reader's language."""

    row: Answer
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything of one recommendation that this reader may see. `mine`: her own service's draft of a position."""

    line: Row
    positions: Sequence[Position]
    assessments: Sequence[Assessment]
    measures: Sequence[Answered]
    decisions: Sequence[Answered]
    evidence: Sequence[Answered]
    closing: Answered | None
    same: Sequence[Row]
    mine: Draft | None


def one(number: str, *, lock: bool = False) -> Recommendation:
    """A recommendation by its number; `NotFound`."""
    rows = Recommendation.objects.select_related("cluster")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def answer(answer_id: UUID) -> Answer:
    """Something that answers a recommendation, with it; `NotFound`. The closing decision is not one."""
    rows = Answer.objects.select_related("recommendation").exclude(kind=Kind.CLOSING)
    found = rows.filter(pk=answer_id).first()
    if found is None:
        raise NotFound
    return found


def draft(row: Recommendation, by: Member) -> Draft | None:
    """The position that the member's own service writes and has not stated; None for who writes none."""
    if not by.may(Permission.RECOMMENDATION_ANSWER):
        return None
    return Draft.objects.filter(recommendation=row, unit_id=by.unit_id).first()


def sheet(number: str, by: Member, on: date) -> Sheet:
    """One recommendation; `NotFound`. A decision that the reader may not see is not named."""
    row = one(number)
    answers = list(row.answers.filter(removed_at=None).select_related("unit").order_by("on", "id"))
    found = answered(answers, by, on)
    kinds: dict[str, list[Answered]] = {
        kind: [each for each in found if each.row.kind == kind] for kind in Kind
    }
    same = (
        [row_of(each, by.language, on) for each in row.cluster.members.order_by("issued_on", "id")]
        if row.cluster is not None
        else []
    )
    return Sheet(
        line=row_of(row, by.language, on),
        positions=list(row.positions.select_related("unit").order_by("-stated_on", "-stated_at")),
        assessments=list(row.assessments.select_related("unit").order_by("-assessed_at")),
        measures=kinds[Kind.MEASURE],
        decisions=kinds[Kind.DECISION],
        evidence=kinds[Kind.EVIDENCE],
        closing=next(iter(kinds[Kind.CLOSING]), None),
        same=same,
        mine=draft(row, by),
    )


def answered(answers: Sequence[Answer], by: Member, on: date) -> list[Answered]:
    """These answers with their titles, in four statements; decisions that the reader may not see are left out."""
    measures = plans.lines({each.key for each in answers if each.kind == Kind.MEASURE}, on)
    numbers = {each.key for each in answers if each.kind in (Kind.DECISION, Kind.CLOSING)}
    decisions = titles_of_decisions(numbers, by, on)
    return [
        found for each in answers if (found := _answered(each, measures, decisions, by.language)) is not None
    ]


def _answered(
    row: Answer,
    measures: Mapping[str, MeasureLine],
    decisions: Mapping[str, tuple[str, str]],
    language: str,
) -> Answered | None:
    if row.kind == Kind.EVIDENCE:
        return Answered(row=row, title=row.words, url=row.link)
    if row.kind == Kind.MEASURE:
        line = measures.get(row.key)
        return Answered(row=row, title=line.title(language) if line else row.key, url="")
    if row.key not in decisions:
        return None
    title, url = decisions[row.key]
    return Answered(row=row, title=title, url=url)
