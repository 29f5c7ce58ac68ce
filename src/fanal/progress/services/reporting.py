"""A lead reports on its measure; who shares the measure remarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.rules import Member, Permission
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.decisions import queries as decisions
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.plans.rules import MeasureLine
from fanal.progress import queries, rules
from fanal.progress.models import Evidence, EvidenceKind, Remark, Report, Stage, Value
from fanal.progress.queries import Standing

MOST_PIECES = 20
"""Pieces of evidence of one report; a house rule."""
_is_url = URLValidator(schemes=["https", "http"])


@dataclass(frozen=True, slots=True)
class Figure:
    """What an indicator was on a day."""

    value: Decimal
    measured_on: date


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: `link` (an address), `note` (the reference of a document), `decision` (a number)."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a lead says of a measure for one period; `figures` by the key of the indicator."""

    period: str
    stage: str
    words: str
    blocked_by: str = ""
    next_step: str = ""
    next_on: date | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    evidence: Sequence[Piece] = ()


def may_report(by: Member, line: MeasureLine, house: str) -> bool:
    """Whether a member of an institution reports on a measure: her institution leads it."""
    return by.may(Permission.PROGRESS_REPORT) and bool(line.lead) and line.lead == house


def may_remark(by: Member, line: MeasureLine, house: str) -> bool:
    """Whether she remarks on the reports of its lead: her institution is co-responsible."""
    return by.may(Permission.PROGRESS_REPORT) and house in line.co_leads


@transaction.atomic
def report(*, by: Member, key: str, draft: Draft, submission: str = "", at: datetime) -> Report:
    """Report on a measure for a period. The same `submission` of the same person again is the report that is there.

    A report of a period that has one already corrects it: both stay, the later one counts. Refused: `not_lead`,
    `measure_dropped`, `period_unfit`, and what `demand_sound` refuses. `NotFound` for an unknown measure.
    """
    if submission:
        sent = Report.objects.filter(sent_by=by.person_id, submission=submission).first()
        if sent is not None:
            return sent
    on = timezone.localdate(at)
    standing = queries.standing(key, on)
    if not may_report(by, standing.line, queries.house_of(by)):
        raise NotAllowed("not_lead", _("Only the institution that leads a measure reports on it."))
    period = demand_sound(by=by, standing=standing, draft=draft, on=on)
    row = _write(by, standing.line, period, draft, submission, at)
    audit.record(
        by=by, verb=Verb.COLLECT, act="progress.report", at=at, object_ids=[row.pk], reference=key,
        facts={"period": period.code.lower(), "stage": draft.stage, "figures": len(draft.figures)},
    )  # fmt: skip
    return row


def demand_sound(*, by: Member, standing: Standing, draft: Draft, on: date) -> rules.Period:
    """The period of a report that can be written as it stands. Refused, each on its field: `measure_dropped`,
    `period_unfit`, `stage_unknown`, `words_missing`, `indicator_unknown`, `measured_later`, `measured_before`,
    `link_unreadable`, `decision_unknown`, `evidence_many`."""
    if standing.state.code is rules.Code.DROPPED:
        raise Refusal("measure_dropped", _("A decision dropped this measure: there is nothing to report."))
    period = _period(standing, draft.period, on)
    if draft.stage not in Stage.values:
        raise Invalid("stage_unknown", _("Say where the work stands."), field="stage")
    if not draft.words.strip():
        raise Invalid("words_missing", _("Say in words what was done."), field="words")
    known = {indicator.key for indicator in standing.line.indicators}
    for key, figure in draft.figures.items():
        if key not in known:
            raise Invalid("indicator_unknown", _("This measure has no such indicator."), field="figures")
        if figure.measured_on > on:
            raise Invalid("measured_later", _("A figure is measured today or before."), field="measured_on")
        if figure.measured_on.year < standing.line.starts_on.year - 1:
            raise Invalid("measured_before", _("That day lies long before the measure."), field="measured_on")
    _demand_evidence(by, draft.evidence, on)
    return period


def _period(standing: Standing, code: str, on: date) -> rules.Period:
    task = standing.task
    open_now = rules.reportable(
        starts_on=task.starts_on, until=task.until, months=task.rhythm.months, on=on, most=10_000
    )
    found = rules.period_of(code)
    if found is None or found not in open_now:
        raise Invalid("period_unfit", _("Choose a period of this measure that has begun."), field="period")
    return found


def _demand_evidence(by: Member, pieces: Sequence[Piece], on: date) -> None:
    if len(pieces) > MOST_PIECES:
        raise Invalid(
            "evidence_many", _("At most %(most)d pieces of evidence.") % {"most": MOST_PIECES}, field="links"
        )
    for piece in pieces:
        if piece.kind == EvidenceKind.LINK:
            _demand_address(piece.value)
        elif piece.kind == EvidenceKind.DECISION:
            demand_decision(by, piece.value, on, field="decisions")
        elif piece.kind != EvidenceKind.NOTE or not piece.value.strip():
            raise Invalid("evidence_unknown", _("Say what kind of evidence this is."), field="notes")


def _demand_address(value: str) -> None:
    try:
        _is_url(value)
    except ValidationError as unreadable:
        words = _("%(value)s is no web address. Write it like https://example.org/page.")
        raise Invalid("link_unreadable", words % {"value": value[:80]}, field="links") from unreadable


def demand_decision(by: Member, number: str, on: date, *, field: str) -> tuple[str, date]:
    """Number and day of a decision of the register that the member may see; refused: `decision_unknown`."""
    try:
        found = decisions.get(number, by, on=on)
    except NotFound as unknown:
        words = _("There is no decision %(number)s in the register.") % {"number": number[:40]}
        raise Invalid("decision_unknown", words, field=field) from unknown
    return found.number, found.taken_on


def _write(
    by: Member, line: MeasureLine, period: rules.Period, draft: Draft, submission: str, at: datetime
) -> Report:
    row = Report(
        measure=line.key,
        plan=line.plan_code,
        period=period.last,
        period_code=period.code,
        stage=draft.stage,
        words=draft.words.strip(),
        blocked_by=draft.blocked_by.strip(),
        next_step=draft.next_step.strip(),
        next_on=draft.next_on,
        evidence=len(draft.evidence),
        submission=submission,
        unit_id=by.unit_id,
        sent_by=by.person_id,
        sent_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same form, sent twice at once
        return Report.objects.get(sent_by=by.person_id, submission=submission)
    Value.objects.bulk_create(
        Value(report=row, indicator=key, value=each.value, measured_on=each.measured_on, sent_at=at)
        for key, each in draft.figures.items()
    )
    Evidence.objects.bulk_create(
        Evidence(report=row, kind=piece.kind, value=piece.value.strip(), position=number)
        for number, piece in enumerate(draft.evidence)
    )
    return row


@transaction.atomic
def remark(*, by: Member, report_id: UUID, words: str, at: datetime) -> Remark:
    """Add to a report of the lead what a co-responsible institution has to say. The same words again are one remark.

    Refused: `not_co_lead`, `words_missing`. `NotFound` for an unknown report.
    """
    said, line = queries.report(report_id)
    if not may_remark(by, line, queries.house_of(by)):
        raise NotAllowed("not_co_lead", _("Only who shares the responsibility for a measure remarks on it."))
    if not words.strip():
        raise Invalid("words_missing", _("Write what you want to add."), field="words")
    row, is_new = Remark.objects.get_or_create(
        report=said.row,
        unit_id=by.unit_id,
        words=words.strip(),
        defaults={"made_by": by.person_id, "at": at},
    )
    if is_new:
        audit.record(
            by=by, verb=Verb.COLLECT, act="progress.remark", at=at, object_ids=[said.row.pk], reference=line.key
        )  # fmt: skip
    return row
