"""Who owes what, what changed, what is due for an agenda, and what waits for a member."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fanal.access.rules import Member, Permission
from fanal.bodies.rules import Due
from fanal.directory import queries as directory
from fanal.plans import queries as plans
from fanal.plans.rules import LANGUAGES, MeasureLine, PlanLine
from fanal.progress.models import Report
from fanal.progress.queries.history import unreviewed
from fanal.progress.queries.standing import Standing, end_of, in_force, led_by, of_plan
from fanal.progress.queries.words import STATES, period_words, reason_words
from fanal.progress.rules import Code, Period
from fanal.web.waiting import Waiting

REVIEWED_WITHIN = timedelta(days=400)
"""Older reports are history: the review looks at those of the last year and a month."""


def house_of(by: Member) -> str:
    """The code of the institution that a member's unit belongs to."""
    return directory.unit(by.unit_id).institution_id


def counts(standings: Sequence[Standing]) -> list[tuple[Code, int]]:
    """How many measures are in each state, the worst first; states without any are left out."""
    found = Counter(each.state.code for each in standings)
    return [(code, found[code]) for code in STATES if found[code]]


# Who owes what


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """An institution in a plan: how many measures it leads, in which states, and whose reports are missing."""

    code: str
    name: str
    standings: Sequence[Standing]
    counts: Mapping[Code, int]
    late: Sequence[Standing]

    @property
    def missing(self) -> int:
        """Reports past their day."""
        return sum(len(each.state.missing) for each in self.standings)


def owing(standings: Sequence[Standing]) -> list[Owing]:
    """Institutions by what they owe, the most missing reports first. One statement."""
    names = directory.institution_names(get_language() or "en")
    by_lead: dict[str, list[Standing]] = {}
    for each in standings:
        by_lead.setdefault(each.line.lead, []).append(each)
    found = [
        Owing(
            code=code,
            name=names.get(code, code) or _("no lead named"),
            standings=rows,
            counts=Counter(row.state.code for row in rows),
            late=[row for row in rows if row.state.missing or row.state.code in (Code.LATE, Code.BLOCKED)],
        )
        for code, rows in by_lead.items()
    ]
    return sorted(found, key=lambda each: (-each.missing, -len(each.late), each.name))


# What changed since a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A measure that moved or was reported on between two days; `before` is None where it was not in the plan."""

    now: Standing
    before: Standing | None
    reports: int

    @property
    def moved(self) -> bool:
        return self.before is None or self.before.state.code != self.now.state.code


def changes(plan: PlanLine, since: date, on: date) -> list[Change]:
    """What changed in a plan since the end of a day: states first, then measures with new reports only."""
    before = {each.line.key: each for each in of_plan(plan, since)}
    sent = Report.objects.filter(plan=plan.code, sent_at__gt=end_of(since), sent_at__lte=end_of(on))
    lately = dict(sent.values_list("measure").annotate(n=Count("pk")).order_by())
    found = [
        Change(now=each, before=before.get(each.line.key), reports=lately.get(each.line.key, 0))
        for each in of_plan(plan, on)
    ]
    return sorted((each for each in found if each.moved or each.reports), key=lambda each: not each.moved)


# For an agenda


def due(
    by: Member, on: date, until: date, *, most: int | None = None, keys: Collection[str] = ()
) -> list[Due]:
    """The measures that a body has to look at: late, blocked or without a report on a day, and those with a benchmark
    or their end by `until`. The worst first, then by day. The statements do not grow with measures or reports.

    `most`: the first so many, and of the others those of `keys`.
    """
    if not by.may(Permission.PLAN_READ):
        return []
    order = list(STATES)
    found = [(each, day) for each in in_force(on) for day in [_day(each, on, until)] if _is_due(each, day)]
    found.sort(key=lambda pair: (order.index(pair[0].state.code), pair[1] or date.max, pair[0].line.number))
    asked = found[:most] + [pair for pair in found[len(found[:most]) :] if pair[0].line.key in keys]
    return [_due(each, day, by.language) for each, day in asked]


def _is_due(each: Standing, day: date | None) -> bool:
    if each.state.code in (Code.DONE, Code.DROPPED):
        return False
    return day is not None or each.state.code in (Code.LATE, Code.BLOCKED, Code.NO_REPORT)


def _day(each: Standing, on: date, until: date) -> date | None:
    """The next benchmark, target or end of a measure by a day."""
    days = [mark.on for aim in each.task.aims for mark in aim.marks]
    days += [each.line.ends_on]
    return min((day for day in days if on <= day <= until), default=None)


def _named(line: MeasureLine, language: str) -> str:
    """With its plan before its number: several plans have a 1.1."""
    return f"{line.plan_code} {line.number} {line.title(language)}"


def _due(each: Standing, day: date | None, language: str) -> Due:
    return Due(
        kind="measure",
        key=each.line.key,
        title=_named(each.line, language),
        titles={code: _named(each.line, code) for code in LANGUAGES},
        url=reverse("progress:measure", args=[each.line.key]),
        due_on=day,
        reason=f"{STATES[each.state.code]}: "
        f"{reason_words(each.state.reason, each.line, each.task.rhythm.months)}",
    )


# For the home page


def waiting(by: Member, at: datetime) -> tuple[Waiting, ...]:
    """Reports that a lead owes, a line for each period, and reports that wait for the review."""
    if by.may(Permission.PROGRESS_REPORT):
        return tuple(_waiting_reports(by, at))
    if by.may(Permission.PROGRESS_REVIEW):
        return tuple(_waiting_reviews(at))
    return ()


def _waiting_reports(by: Member, at: datetime) -> list[Waiting]:
    on = timezone.localdate(at)
    owed: dict[Period, list[Standing]] = {}
    for each in led_by(house_of(by), on):
        if each.owed:
            owed.setdefault(each.owed[-1], []).append(each)
    found = []
    for period, rows in sorted(owed.items()):
        due_on = period.due_on(rows[0].task.rhythm)
        only = rows[0].line if len(rows) == 1 else None
        words = ngettext("Report on %(count)d measure", "Report on %(count)d measures", len(rows))
        found.append(
            Waiting(
                reference=only.number if only else period.code,
                url=reverse("progress:report", args=[only.key]) if only else reverse("progress:mine"),
                act=words % {"count": len(rows)},
                due_at=end_of(due_on),
                reason=_("The progress of %(period)s is expected from your institution, which leads.")
                % {"period": period_words(period)},
                state="late" if due_on < on else "week",
            )
        )
    return found


def _waiting_reviews(at: datetime) -> list[Waiting]:
    codes = [plan.code for plan in plans.in_force(timezone.localdate(at))]
    count = unreviewed(codes, at - REVIEWED_WITHIN).count()
    if not count:
        return []
    return [
        Waiting(
            reference="",
            url=reverse("progress:reviews"),
            act=ngettext("Review %(count)d progress report", "Review %(count)d progress reports", count)
            % {"count": count},
            due_at=None,
            reason=_("Leads reported on their measures; the Bureau agrees or says why not."),
            state="week",
        )
    ]
