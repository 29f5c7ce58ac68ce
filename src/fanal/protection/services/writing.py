"""What every act on a procedure shares: the lock, the fact that is appended, and the clocks that follow from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import services as access
from fanal.access import vault
from fanal.access.models import Grant
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.rules import end_of_day
from fanal.country.schema import Law
from fanal.errors import Invalid, Stale
from fanal.ids import new_id
from fanal.notify import services as notify
from fanal.protection.models import Deadline, Fact, Procedure, QuestionSet, Reply
from fanal.protection.queries import files
from fanal.protection.rules.deadlines import Due, Party, dues
from fanal.protection.rules.facts import DECISIONS, File, Kind, Status, status

ZONE = ZoneInfo(settings.TIME_ZONE)
"""Days begin and end where the country is, whatever the reader's own time zone."""


@dataclass
class Act:
    """A procedure under the lock, with what is known of it, for one act of one member on one day."""

    row: Procedure
    by: Member
    at: datetime
    on: date
    law: Law
    file: File
    told: set[int] = field(default_factory=set)
    appended: int = 0

    @property
    def stand(self) -> Status:
        """Where the procedure stood before the act."""
        return status(self.file)

    @property
    def owns(self) -> bool:
        """Whether the member's unit is the one that decides."""
        return self.by.unit_id == self.row.office_unit_id


def begin(
    *, by: Member, reference: str, on: date | None, at: datetime, version: int | None, back: bool = False
) -> Act:
    """Lock a procedure for an act of the day `on` (None: today), under the law of that day (R-ORDER).

    `back`: the act tells of something that may be older than the last decision (a statement, an event). Refused:
    `NotFound`; `Stale` when somebody acted since `version` was read; `Invalid` `day_to_come` and `day_before_last`.
    """
    row = files.procedure(reference, by, lock=True)
    demand_version(row.version, version)
    today = timezone.localdate(at)
    day = on or today
    if day > today:
        raise Invalid("day_to_come", _("This day is still to come."), field="on")
    file = files.load(row, by)
    last = max((fact.on for fact in file.facts if fact.kind in DECISIONS), default=row.opened_on)
    if not back and day < last:
        raise Invalid(
            "day_before_last", _("An act cannot be older than the last decision in this file."), field="on"
        )
    return Act(row, by, at, day, country.law(day), file)


def demand_version(current: int, read: int | None) -> None:
    """Refuse with `Stale` what was decided on a version that somebody changed since; None: nothing was read before."""
    if read is not None and current != read:
        raise Stale(
            "stale", _("Somebody changed this since you opened it. Look at it again, then repeat your act.")
        )


def append(
    act: Act,
    kind: Kind,
    *,
    code: str = "",
    phase: str = "",
    basis: str = "",
    on: date | None = None,
    data: Mapping[str, Any] | None = None,
    words: str = "",
    best_interests: str = "",
) -> Fact:
    """Append a fact. R-MIN-2: `Invalid` `best_interests` when a decision on a child does not note them (Belgian
    Aliens Act art. 61/2 §2: taken into account during the whole procedure)."""
    row, fact_id = act.row, new_id()
    if kind in DECISIONS and row.minor and not best_interests.strip():
        raise Invalid(
            "best_interests",
            _("Say how the best interests of the child were taken into account."),
            field="best_interests",
        )
    act.appended += 1
    return Fact.objects.create(
        id=fact_id,
        compartment_id=row.compartment_id,
        procedure=row,
        number=len(act.file.facts) + act.appended,
        kind=kind,
        code=code,
        phase=phase,
        on=on or act.on,
        at=act.at,
        acted_by=act.by.person_id,
        unit_id=act.by.unit_id,
        basis=basis,
        data=dict(data or {}),
        minor=row.minor,
        words=_sealed(fact_id, words),
        best_interests=_sealed(fact_id, best_interests),
    )


def finish(
    act: Act, name: str, *, verb: Verb = Verb.ALTER, facts: Mapping[str, object] | None = None
) -> Procedure:
    """Compute anew where the procedure stands, keep its clocks in step, trace the act and tell those concerned."""
    row = act.row
    file = files.load(row, act.by)
    stand = status(file)
    law = country.law(timezone.localdate(act.at))
    running = set_clocks(
        row.compartment_id,
        row.id,
        row.reference,
        dues(file, law, ZONE),
        parties(row),
        act.at,
        row.office_unit_id,
    )
    row.phase = stand.phase
    row.document = stand.paper.kind if stand.paper else ""
    row.valid_until = stand.paper.until if stand.paper else None
    row.ended_on = stand.ended.on if stand.ended else None
    row.next_due_on = min((due.due_on for due in running), default=None)
    row.version += 1
    row.save()
    audit.record(
        by=act.by,
        verb=verb,
        act=name,
        at=act.at,
        compartment_id=row.compartment_id,
        owner_unit_id=row.office_unit_id,
        object_ids=[row.id],
        purpose=purpose_of(row, act.by),
        reference=row.reference,
        facts={"on": act.on.isoformat(), **(facts or {})},
    )
    others = {row.office_unit_id, row.centre_unit_id, row.guardian_unit_id} | act.told
    notify.tell(
        unit_ids=sorted(unit for unit in others if unit and unit != act.by.unit_id),
        kind=name,
        reference=row.reference,
        at=act.at,
    )
    return row


def purpose_of(row: Procedure, by: Member) -> str:
    """Why the member's unit has a seat in this file: a code of `reading_purpose`."""
    if by.unit_id == row.office_unit_id and by.unit_id != row.centre_unit_id:
        return "decide_residence"
    return "accompany" if by.unit_id == row.centre_unit_id else "guardianship"


def parties(row: Procedure) -> dict[Party, int]:
    """Whom the clocks of a procedure wait for."""
    return {Party.OFFICE: row.office_unit_id, Party.CENTRE: row.centre_unit_id}


def set_clocks(
    compartment_id: UUID,
    matter_id: UUID,
    reference: str,
    wanted: Iterable[Due],
    units: Mapping[Party, int],
    at: datetime,
    watched_by: int,
) -> list[Deadline]:
    """Make the running clocks of a matter those that are wanted: what still runs stays, what changed is closed and
    started anew, so that a reminder belongs to one date."""
    rows = Deadline.objects.filter(matter_id=matter_id, done_at=None)
    running = {(row.clock, row.due_on, row.about, row.waiting_for_id): row for row in rows}
    keys = {(due.clock.value, due.on, due.about, units[due.waits_for]): due for due in wanted}
    kept = {key: row for key, row in running.items() if key in keys}
    over = [row.pk for key, row in running.items() if key not in keys]
    if over:
        Deadline.objects.filter(pk__in=over).update(done_at=at)
    new = [
        Deadline(
            compartment_id=compartment_id,
            matter_id=matter_id,
            reference=reference,
            clock=due.clock,
            due_on=due.on,
            due_at=due.at or end_of_day(due.on, ZONE),
            about=due.about,
            basis=due.basis,
            law_on=timezone.localdate(at),
            waiting_for_id=units[due.waits_for],
            watched_by_id=watched_by,
            started_at=at,
        )
        for key, due in keys.items()
        if key not in kept
    ]
    return [*kept.values(), *Deadline.objects.bulk_create(new)]


def close_clocks(matter_id: UUID, by: Member, at: datetime) -> None:
    """The clocks of a matter that the member's unit may know of are done."""
    visible(Deadline, by).filter(matter_id=matter_id, done_at=None).update(done_at=at)


def unanswered(act: Act) -> list[QuestionSet]:
    """The questions about a procedure that wait for an answer."""
    rows = visible(QuestionSet, act.by).filter(matter_id=act.row.id, withdrawn_at=None)
    answered = visible(Reply, act.by).filter(question_set__in=rows).values("question_set_id")
    return list(rows.exclude(pk__in=answered))


def withdraw_questions(act: Act) -> None:
    """Questions that wait are withdrawn and their clocks stop: nobody needs that answer any more, and the unit that
    was asked loses sight of them."""
    for row in unanswered(act):
        row.withdrawn_at = act.at
        row.save(update_fields=["withdrawn_at"])
        close_clocks(row.id, act.by, act.at)
        for seat in visible(Grant, act.by).filter(compartment_id=row.compartment_id, revoked_at=None):
            access.revoke(by=act.by, grant=seat, at=act.at)
        act.told.add(row.magistrate_unit_id)


def _sealed(subject: UUID, words: str) -> bytes | None:
    return vault.seal(subject, words.strip()) if words.strip() else None
