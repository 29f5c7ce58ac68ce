"""The Bureau reviews what was reported, and decisions drop a measure or take it up again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.notify import services as notify
from fanal.plans import queries as plans
from fanal.progress.models import Report, Review, Ruling
from fanal.progress.services.reporting import demand_decision


@transaction.atomic
def review(*, by: Member, report_id: UUID, agrees: bool, reason: str, at: datetime) -> Review:
    """Say that a report is right, or that it is not and why; both stand side by side, and the lead is told of a no.

    The same review again is the one that is there; another one later counts and the first stays. Refused:
    `reason_missing`, `own_report` (nobody reviews what she sent herself). `NotFound` for an unknown report.
    """
    report = Report.objects.filter(pk=report_id).first()
    if report is None:
        raise NotFound
    if report.sent_by == by.person_id:
        raise NotAllowed("own_report", _("Somebody else reviews what you reported yourself."))
    if not agrees and not reason.strip():
        raise Invalid("reason_missing", _("Say why the review does not agree."), field="reason")
    last = Review.objects.filter(report=report).order_by("-at", "-id").first()
    if last is not None and (last.agrees, last.reason) == (agrees, reason.strip()):
        return last
    row = Review.objects.create(
        report=report,
        measure=report.measure,
        period=report.period,
        agrees=agrees,
        reason=reason.strip(),
        unit_id=by.unit_id,
        made_by=by.person_id,
        at=at,
    )
    if not agrees:
        notify.tell(unit_ids=[report.unit_id], kind="progress.disputed", reference=report.period_code, at=at)
    audit.record(
        by=by, verb=Verb.COLLECT, act="progress.review", at=at, object_ids=[report.pk], reference=report.measure,
        facts={"agrees": agrees},
    )  # fmt: skip
    return row


@transaction.atomic
def rule(*, by: Member, key: str, dropped: bool, decision: str, at: datetime) -> Ruling:
    """Enter that a decision of the register drops a measure, or takes a dropped one up again.

    The same again is the ruling that is there. Refused: `decision_unknown`, `not_dropped` (nothing to take up again).
    `NotFound` for an unknown measure.
    """
    on = timezone.localdate(at)
    line = plans.measure(key, on)
    number, taken_on = demand_decision(by, decision.strip(), on, field="decision")
    last = Ruling.objects.filter(measure=key).order_by("-at", "-id").first()
    if last is not None and (last.dropped, last.decision) == (dropped, number):
        return last
    if not dropped and (last is None or not last.dropped):
        raise Refusal("not_dropped", _("This measure is not dropped."))
    row = Ruling.objects.create(
        measure=line.key, dropped=dropped, decision=number, on=taken_on, made_by=by.person_id, at=at
    )  # fmt: skip
    audit.record(
        by=by, verb=Verb.ALTER, act="progress.rule", at=at, object_ids=[row.pk], reference=key,
        facts={"dropped": dropped},
    )  # fmt: skip
    return row
