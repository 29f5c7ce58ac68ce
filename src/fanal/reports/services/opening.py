"""Opening a report with the outline of its kind, and asking departments for their contributions."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access import services as access
from fanal.access.models import Kind, Level
from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import LANGUAGES, Law, ReportKind, ReportSection, Text
from fanal.directory import queries as directory
from fanal.documents import prose
from fanal.errors import Invalid, Stale
from fanal.notify import services as notify
from fanal.reports import queries, rules
from fanal.reports.models import Contribution, Report, Section, Step
from fanal.reports.rules import Act, State

PURPOSE = "report"
GROUND = "contribution"


@transaction.atomic
def open_report(
    *,
    by: Member,
    kind: str,
    starts_on: date,
    ends_on: date,
    contributions_due_on: date,
    due_on: date,
    at: datetime,
    subject: str = "",
    synthetic: bool = False,
) -> Report:
    """Open a report of a kind for a period, with the outline that the country gives it; the member's unit edits it.

    The departments that the outline names are asked at once. Refused with `Invalid`: `unknown_code`, `period`,
    `calendar` (contributions after the report, or days already past).
    """
    on = timezone.localdate(at)
    law = country.law(on)
    if not law.has(ReportKind, kind):
        raise Invalid("unknown_code", _("Choose a kind of report from the list."), field="kind")
    if starts_on > ends_on:
        raise Invalid("period", _("The period ends before it begins."), field="ends_on")
    _demand_calendar(contributions_due_on, due_on, on)
    row = _create(
        by,
        law.get(ReportKind, kind),
        starts_on,
        ends_on,
        contributions_due_on,
        due_on,
        at,
        subject,
        synthetic,
    )
    for section, asked in _outline(row, law):
        units = [unit.id for unit in directory.units(on=on) if unit.code in asked] if asked else []
        for unit_id in units:
            _ask(by, row, section, unit_id, contributions_due_on, "", at)
    facts = {"kind": kind, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    audit.record(
        by=by,
        verb=Verb.COLLECT,
        act="reports.open",
        at=at,
        object_ids=[row.id],
        reference=row.reference,
        facts=facts,
    )
    return row


def _demand_calendar(contributions_due_on: date, due_on: date, on: date) -> None:
    if contributions_due_on > due_on:
        words = _("The contributions come before the report itself.")
        raise Invalid("calendar", words, field="contributions_due_on")
    if contributions_due_on < on:
        raise Invalid("calendar", _("This day has passed."), field="contributions_due_on")


def _create(
    by: Member,
    kind: ReportKind,
    starts_on: date,
    ends_on: date,
    contributions_due_on: date,
    due_on: date,
    at: datetime,
    subject: str,
    synthetic: bool,
) -> Report:
    year = timezone.localdate(at).year
    taken = set(
        Report.objects.filter(reference__startswith=f"{kind.prefix}-{year}-").values_list(
            "reference", flat=True
        )
    )
    reference = next(
        name for n in range(1, len(taken) + 2) if (name := f"{kind.prefix}-{year}-{n}") not in taken
    )
    try:
        with transaction.atomic():
            return Report.objects.create(
                reference=reference, kind=kind.code, unit_id=by.unit_id, subject=subject.strip(), starts_on=starts_on,
                ends_on=ends_on, contributions_due_on=contributions_due_on, due_on=due_on, opened_at=at,
                opened_by=by.person_id, synthetic=synthetic,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Stale("stale", _("Somebody opened a report at this moment. Try once more.")) from twice


def _outline(row: Report, law: Law) -> Sequence[tuple[Section, tuple[str, ...]]]:
    made: dict[str, Section] = {}
    found = []
    for position, fact in enumerate(each for each in law.of(ReportSection) if each.kind == row.kind):
        made[fact.code] = section = Section(
            report=row,
            parent=made.get(fact.parent),
            position=position,
            titles=_texts(fact.title),
            words={language: prose.clean(html) for language, html in _texts(fact.words).items()},
            assembles=fact.assembles,
            source=fact.source if fact.words else "",
        )
        section.save(force_insert=True)
        found.append((section, fact.asked))
    return found


def _texts(text: Text | None) -> dict[str, str]:
    return {language: text.get(language) for language in LANGUAGES} if text else {}


@transaction.atomic
def ask(
    *, by: Member, section_id: UUID, unit_ids: Sequence[int], due_on: date, words: str = "", at: datetime
) -> list[Contribution]:
    """Ask departments for a contribution to a section, with what is wanted; each is told at once.

    Refused: `NotFound`; `Refusal` of a frozen report; `Invalid` `units` (none), `due_on` (past, or after the report),
    `already_asked`.
    """
    section = queries.section(section_id, by)
    row = queries.edited(section.report.reference, by, lock=True)
    if not unit_ids:
        raise Invalid("units", _("Choose at least one department."), field="units")
    if not timezone.localdate(at) <= due_on <= row.due_on:
        words_ = _("Choose a day from today to %(day)s, when the report is due.")
        raise Invalid("due_on", words_ % {"day": f"{row.due_on:%d.%m.%Y}"}, field="due_on")
    standing = Contribution.objects.filter(section=section, unit_id__in=unit_ids)
    if standing.exclude(state=State.WITHDRAWN.value).exists():
        raise Invalid("already_asked", _("One of them is asked already."), field="units")
    return [_ask(by, row, section, unit_id, due_on, words, at) for unit_id in unit_ids]


def _ask(
    by: Member, row: Report, section: Section, unit_id: int, due_on: date, words: str, at: datetime
) -> Contribution:
    wall = access.open_compartment(by=by, kind=Kind.BODY, at=at)
    if unit_id != by.unit_id:
        access.grant(
            by=by,
            compartment=wall,
            openings=[access.Opening(unit_id, Level.CONTRIBUTE, PURPOSE, GROUND)],
            at=at,
        )
    made = Contribution.objects.create(
        compartment_id=wall.id,
        report=row,
        section=section,
        unit_id=unit_id,
        due_on=due_on,
        asked_at=at,
        changed_at=at,
    )
    step(made, "ask", words, by, at)
    notify.tell(unit_ids=[unit_id], kind="reports.asked", reference=row.reference, at=at)
    return made


@transaction.atomic
def withdraw(*, by: Member, contribution_id: UUID, why: str, at: datetime) -> Contribution:
    """No longer ask a department; what it wrote is kept and not printed. Refused: `NotFound`, `Invalid` `why`."""
    row = queries.contribution(contribution_id, by, lock=True)
    queries.edited(row.report.reference, by)
    if not why.strip():
        raise Invalid("why", _("Say why: the department may have begun."), field="words")
    return moved(row, Act.WITHDRAW, why, by, at)


def moved(row: Contribution, act: Act, words: str, by: Member, at: datetime) -> Contribution:
    """Bring a contribution, locked by the caller, to the state after an act; `Refusal` where the state forbids it."""
    then = rules.after(act, State(row.state))
    if then is None:
        raise Stale("contribution_moved", _("This contribution is in another state now. Look at it again."))
    row.state, row.changed_at = then.value, at
    row.signed_at = at if act is Act.SIGN else None
    if then in rules.OPEN:
        row.reminded_on = None
    row.save(update_fields=["state", "changed_at", "signed_at", "reminded_on"])
    step(row, act.value, words, by, at)
    audit.record(
        by=by, verb=Verb.ALTER, act=f"reports.{act.value}", at=at, compartment_id=row.compartment_id,
        object_ids=[row.id], reference=row.report.reference, facts={"state": row.state, "text": row.number},
    )  # fmt: skip
    return row


def step(row: Contribution, act: str, words: str, by: Member, at: datetime) -> None:
    """Note what was done, beside the contribution and behind its wall."""
    Step.objects.create(
        compartment_id=row.compartment_id, contribution=row, act=act, words=words.strip(), at=at, by=by.person_id,
        unit_id=by.unit_id,
    )  # fmt: skip
