"""The coordination at a glance: what meets, what is in force, what was decided, what was asked and reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.country import queries as country
from fanal.country.schema import Law, ReportKind
from fanal.decisions import queries as decisions
from fanal.meetings import queries as meetings
from fanal.plans import queries as plans
from fanal.plans.rules import PlanLine
from fanal.progress import queries as progress
from fanal.recommendations import queries as recommendations
from fanal.reports import queries as reports
from fanal.web.components import Line, Tag

_MOST = 5
_SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Running:
    """A plan in force: how many measures are in each state, the worst first, and since when to look for changes."""

    plan: PlanLine
    counts: Sequence[tuple[Tag, int]]
    since: date | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows; each part only what this reader may see. No plan at all is said out loud."""

    meetings: Sequence[Line]
    plans: Sequence[Running]
    decisions: Sequence[Line]
    recommendations: Sequence[Line]
    reports: Sequence[Line]


def overview(by: Member, at: datetime) -> Overview:
    """The coordination as this member sees it now. The statements grow with her bodies and nothing else."""
    on = localdate(at)
    eye, law = meetings.sight(by, on), country.law(on)
    last = max((day for code in eye.seats for day in meetings.held_on(code, eye)[-1:]), default=None)
    return Overview(
        meetings=[
            Line(
                f"{row.reference} · {date_format(localdate(row.begins_at), 'l j F')}",
                reverse("meetings:meeting", args=[row.reference]),
                " · ".join(filter(None, (str(row.get_state_display()), row.place))),
            )
            for row in meetings.coming_each(eye, at, most=_MOST)
        ],
        plans=_running(on, last),
        decisions=[
            Line(
                f"{row.number} · {row.title}",
                reverse("decisions:decision", args=[row.number]),
                date_format(row.taken_on, "j F Y"),
            )
            for row in decisions.find(decisions.Search(), by, on)[:_MOST]
        ],
        recommendations=[
            Line(f"{due.key} · {due.title}", due.url, due.reason)
            for due in recommendations.due(by, on, on + _SOON, most=_MOST)
        ],
        reports=[
            Line(
                _named(line.row.reference, line.row.kind, law, by.language),
                reverse("reports:report", args=[line.row.reference]),
                _("frozen") if line.frozen else _("in preparation"),
            )
            for line in reports.listed(by, size=_MOST).items
        ],
    )


def _running(on: date, since: date | None) -> list[Running]:
    return [
        Running(
            plan, [(progress.state_tag(code), number) for code, number in progress.counts(standings)], since
        )
        for plan, standings in progress.by_plan(on)
    ]


def _named(reference: str, kind: str, law: Law, language: str) -> str:
    label = next((known.label.get(language) for known in law.of(ReportKind) if known.code == kind), kind)
    return f"{reference} · {label}"


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody may read: plans in force, extracts of decisions, editions of reports."""

    plans: Sequence[PlanLine]
    decisions: Sequence[Line]
    reports: Sequence[Line]


def published(on: date, language: str) -> Published:
    """The coordination for anybody. Four statements."""
    law = country.law(on)
    return Published(
        plans=plans.in_force(on),
        decisions=[
            Line(
                row.title, reverse("decisions:extract", args=[row.number]), date_format(row.taken_on, "j F Y")
            )
            for row in decisions.extracts()[:_MOST]
        ],
        reports=[
            Line(
                _named(row.report.reference, row.report.kind, law, language),
                reverse("reports:public", args=[row.report.reference, row.number]),
                date_format(localdate(row.published_at), "j F Y"),
            )
            for row in reports.published()[:_MOST]
        ],
    )
