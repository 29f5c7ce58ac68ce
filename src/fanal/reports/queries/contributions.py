"""Contributions: behind the wall of their department and of the editor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fanal.access import queries as access
from fanal.access.queries import visible
from fanal.access.rules import Member, Permission
from fanal.reports import rules
from fanal.reports.models import Contribution, Draft, Report, State, Step
from fanal.reports.queries import reports
from fanal.reports.rules import Act
from fanal.web.waiting import Waiting

MOST = 50


def _rows(by: Member) -> QuerySet[Contribution]:
    return visible(Contribution, by).select_related("report", "report__unit", "section", "unit")


def contribution(contribution_id: UUID, by: Member, *, lock: bool = False) -> Contribution:
    """A contribution of the member's unit, or to a report that it edits; `NotFound`."""
    return access.one(_rows(by), contribution_id, lock=lock)


def mine(row: Report, by: Member) -> list[Contribution]:
    """The contributions to a report that the member may see, those no longer asked left out."""
    return list(_rows(by).filter(report=row).exclude(state=State.WITHDRAWN).order_by("asked_at", "id"))


def last_draft(row: Contribution, by: Member) -> Draft | None:
    """The text that counts; None before the first one."""
    return visible(Draft, by).filter(contribution=row, number=row.number).first()


def remarks(row: Contribution, by: Member) -> Sequence[Step]:
    """What was done to a contribution, the latest first."""
    return list(visible(Step, by).filter(contribution=row).select_related("unit").order_by("-at", "-id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One contribution as its page shows it; `acts`: what this reader may do now."""

    row: Contribution
    number: str
    draft: Draft | None
    drafts: Sequence[Draft]
    steps: Sequence[Step]
    acts: frozenset[Act]
    is_mine: bool


def sheet(contribution_id: UUID, by: Member) -> Sheet:
    """A contribution with its texts and its way; `NotFound`."""
    row = contribution(contribution_id, by)
    place = reports.places(row.report).get(row.section_id)
    drafts = list(visible(Draft, by).filter(contribution=row).order_by("-number"))
    return Sheet(
        row=row,
        number=place.number if place else "",
        draft=drafts[0] if drafts else None,
        drafts=drafts,
        steps=remarks(row, by),
        acts=acts(row, by),
        is_mine=row.unit_id == by.unit_id,
    )


def acts(row: Contribution, by: Member) -> frozenset[Act]:
    """What the member may do to a contribution now."""
    if row.report.frozen_at is not None:
        return frozenset()
    may = set()
    if row.unit_id == by.unit_id and by.may(Permission.REPORT_CONTRIBUTE):
        may |= {Act.WRITE, Act.SEND}
    if row.unit_id == by.unit_id and by.may(Permission.REPORT_SIGN):
        may |= {Act.SIGN}
    if reports.edits(row.report, by):
        may |= {Act.RETURN, Act.ACCEPT, Act.WITHDRAW}
    return rules.allowed(rules.State(row.state)) & may


_ACTS = {
    State.ASKED: gettext_lazy("Write a contribution"),
    State.DRAFTED: gettext_lazy("Finish and send a contribution"),
    State.RETURNED: gettext_lazy("Change a contribution that was sent back"),
    State.ACCEPTED: gettext_lazy("Sign a contribution"),
    State.SENT: gettext_lazy("Review a contribution"),
}


def waiting(by: Member, at: datetime) -> tuple[Waiting, ...]:
    """What the member's unit owes to a report, has to sign or to review, and what its own report waits for."""
    wanted = Q()
    if by.may(Permission.REPORT_CONTRIBUTE):
        wanted |= Q(unit_id=by.unit_id, state__in=[state.value for state in rules.OPEN])
    if by.may(Permission.REPORT_SIGN):
        wanted |= Q(unit_id=by.unit_id, state=State.ACCEPTED)
    if by.may(Permission.REPORT_EDIT):
        open_ones = [*(state.value for state in rules.OPEN), State.SENT.value]
        wanted |= Q(report__unit_id=by.unit_id, state__in=open_ones)
    if not wanted:
        return ()
    on = timezone.localdate(at)
    rows = _rows(by).filter(wanted, report__frozen_at=None).order_by("due_on", "id")[:MOST]
    theirs: dict[tuple[str, date], list[Contribution]] = {}
    lines = []
    for row in rows:
        if row.unit_id != by.unit_id and row.state in {state.value for state in rules.OPEN}:
            theirs.setdefault((row.report.reference, row.due_on), []).append(row)
        else:
            lines.append(_line(row, by, on))
    return (*lines, *(_awaited(found, by, on) for found in theirs.values()))


def _awaited(rows: Sequence[Contribution], by: Member, on: date) -> Waiting:
    """What a report waits for on one day, from other departments, in one line."""
    first = rows[0]
    units = sorted({row.unit.short(by.language) for row in rows})
    words = ngettext("A contribution is awaited", "%(count)d contributions are awaited", len(rows))
    return Waiting(
        reference=first.report.reference,
        url=reverse("reports:report", args=[first.report.reference]),
        act=words % {"count": len(rows)},
        due_at=_end(first.due_on),
        reason=_("From %(units)s.") % {"units": ", ".join(units)},
        state="late" if first.due_on < on else "waiting",
    )


def _end(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.max.time()))


def _line(row: Contribution, by: Member, on: date) -> Waiting:
    title = row.section.titles.get(by.language[:2]) or row.section.titles.get("en", "")
    reason = _("Section “%(title)s”, by %(unit)s.") % {"title": title, "unit": row.unit.label(by.language)}
    return Waiting(
        reference=row.report.reference,
        url=reverse("reports:contribution", args=[row.id]),
        act=str(_ACTS[State(row.state)]),
        due_at=_end(row.due_on),
        reason=reason,
        state="late" if row.due_on < on else "week",
    )
