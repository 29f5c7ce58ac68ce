"""Pages that people look at: a plan at a glance, a measure and its curves, who owes what, what changed, the public."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Permission
from fanal.directory import queries as directory
from fanal.plans import queries as plans
from fanal.plans.rules import HeadingLine, PlanLine, State
from fanal.progress import queries, services
from fanal.progress.forms import GlanceForm, SinceForm
from fanal.progress.queries import Standing
from fanal.progress.rules import Code
from fanal.web.components import Bar, Chart
from fanal.web.cursors import page


def _chart(standings: Sequence[Standing], title: str) -> Chart:
    """How many measures are in each state, with the sentence that says what one sees."""
    found = queries.counts(standings)
    bars = [
        Bar(f"{queries.SIGNS[code]} {queries.STATES[code]}", count, queries.TONES[code])
        for code, count in found
    ]
    done = dict(found).get(Code.DONE, 0)
    behind = sum(count for code, count in found if code in (Code.LATE, Code.BLOCKED))
    sentence = _("Of %(all)d measures %(done)d are done and %(late)d late or blocked.") % {
        "all": len(standings), "done": done, "late": behind,
    }  # fmt: skip
    return Chart(title, sentence, bars, _("State"), _("Measures"))


@require_safe
@requires(Permission.PLAN_READ)
def index(request: MemberRequest) -> HttpResponse:
    """The plans and where they stand; that none is in force is said out loud."""
    on = timezone.localdate()
    every = plans.plans(on)
    charts = [(plan, _chart(found, _("Measures by state"))) for plan, found in queries.by_plan(on)]
    context = {
        "charts": charts,
        "others": [plan for plan in every if plan.state is not State.IN_FORCE],
        "may_report": request.member.may(Permission.PROGRESS_REPORT),
        "may_review": request.member.may(Permission.PROGRESS_REVIEW),
        "on": on,
    }
    return render(request, "progress/index.html", context)


Block = tuple[HeadingLine, list[Standing]]


def _blocks(plan: PlanLine, standings: Sequence[Standing]) -> list[Block]:
    """Measures under their chapters, in the order of the plan; chapters without any are left out."""
    chapters = {
        each.anchor: each for each in plans.headings(plan.code, plan.version.number) if not each.parent
    }
    found: dict[str, list[Standing]] = {anchor: [] for anchor in chapters}
    for each in standings:
        found.setdefault(each.line.chapter, []).append(each)
    return [(chapters[anchor], rows) for anchor, rows in found.items() if rows and anchor in chapters]


@require_safe
@requires(Permission.PLAN_READ)
def glance(request: MemberRequest, plan: str) -> HttpResponse:
    """One cell for each measure: its number, a sign and a word."""
    on = timezone.localdate()
    found = plans.plan(plan, on)
    standings = queries.of_plan(found, on)
    names = directory.institution_names(request.LANGUAGE_CODE)
    leads = sorted(
        {each.line.lead for each in standings if each.line.lead}, key=lambda code: names.get(code, code)
    )
    form = GlanceForm(request.GET or None, leads=[(code, names.get(code, code)) for code in leads])
    wanted = form.cleaned_data if form.is_valid() else {}
    shown = [
        each
        for each in standings
        if wanted.get("state", "") in ("", each.state.code) and wanted.get("lead", "") in ("", each.line.lead)
    ]
    context = {
        "plan": found,
        "blocks": _blocks(found, shown),
        "chart": _chart(standings, _("Measures by state")),
        "shown": len(shown),
        "form": form,
        "names": names,
        "evaluated": _evaluations(standings),
        "on": on,
    }
    return render(request, "progress/plan.html", context)


def _evaluations(standings: Sequence[Standing]) -> list[tuple[str, int]]:
    """How many measures of a plan that is over were realised, partly or not; empty before its end."""
    every = [each.evaluation for each in standings]
    found = [(str(word), every.count(value)) for value, word in queries.EVALUATIONS.items()]
    unknown = (_("not known, nothing was reported"), every.count(None))
    return [*found, unknown] if any(every) else []


@require_safe
@requires(Permission.PLAN_READ)
def measure(request: MemberRequest, key: str) -> HttpResponse:
    """One measure: state and reason, curves, and what the lead and the review said, side by side."""
    on, member = timezone.localdate(), request.member
    standing = queries.standing(key, on)
    names = directory.institution_names(request.LANGUAGE_CODE)
    house = queries.house_of(member)
    context = {
        "standing": standing,
        "line": standing.line,
        "plan": plans.plan(standing.line.plan_code, on),
        "curves": queries.curves(standing.line, on),
        "page": queries.reports(standing.line, cursor=request.GET.get("cursor", "")),
        "rulings": queries.rulings(key),
        "lead": names.get(standing.line.lead, standing.line.lead),
        "co_leads": [names.get(code, code) for code in standing.line.co_leads],
        "may_report": services.may_report(member, standing.line, house),
        "may_remark": services.may_remark(member, standing.line, house),
        "may_review": member.may(Permission.PROGRESS_REVIEW),
        "dropped": standing.state.code is Code.DROPPED,
    }
    return render(request, "progress/measure.html", context)


@require_safe
@requires(Permission.PROGRESS_REPORT)
def mine(request: MemberRequest) -> HttpResponse:
    """The measures that the member's institution leads: what is due first."""
    on = timezone.localdate()
    house = queries.house_of(request.member)
    standings = queries.led_by(house, on)
    due = sorted((each for each in standings if each.owed), key=lambda each: (each.owed[0], each.line.number))
    context = {
        "house": directory.institution_names(request.LANGUAGE_CODE).get(house, house),
        "due": due,
        "others": [each for each in standings if not each.owed],
        "any_plan": bool(standings) or bool(plans.in_force(on)),
        "on": on,
    }
    return render(request, "progress/mine.html", context)


@require_safe
@requires(Permission.PROGRESS_REVIEW)
def reviews(request: MemberRequest) -> HttpResponse:
    """The reports that wait for the review, the oldest first."""
    now = timezone.now()
    on = timezone.localdate(now)
    codes = [plan.code for plan in plans.in_force(on)]
    found = page(
        queries.unreviewed(codes, now - queries.REVIEWED_WITHIN).select_related("unit"),
        cursor=request.GET.get("cursor", ""),
        order="sent_at",
    )
    lines = plans.lines({row.measure for row in found.items}, on)
    rows = [(row, lines.get(row.measure)) for row in found.items]
    return render(request, "progress/reviews.html", {"page": found, "rows": rows})


@require_safe
@requires(Permission.PLAN_READ)
def owes(request: MemberRequest, plan: str) -> HttpResponse:
    """Who owes what: by institution, how its measures stand and which reports are missing."""
    on = timezone.localdate()
    found = plans.plan(plan, on)
    owing = queries.owing(queries.of_plan(found, on))
    return render(request, "progress/owes.html", {"plan": found, "owing": owing, "states": queries.STATES})


@require_safe
@requires(Permission.PLAN_READ)
def changed(request: MemberRequest, plan: str) -> HttpResponse:
    """What changed since the end of a day, such as that of the last meeting; `?since=24.11.2026`."""
    on = timezone.localdate()
    found = plans.plan(plan, on)
    form = SinceForm(request.GET if "since" in request.GET else None)
    since = (form.cleaned_data["since"] if form.is_valid() else None) or on - timedelta(days=31)
    since = min(since, on)
    context = {
        "plan": found,
        "form": form,
        "since": since,
        "changes": queries.changes(found, since, on) if not form.errors else [],
    }
    return render(request, "progress/changes.html", context, status=422 if form.errors else 200)


# For everybody


@require_safe
@public("what was adopted and reviewed is for everybody to read")
def public_index(request: HttpRequest) -> HttpResponse:
    """The plans for the public: those in force, or that there is none."""
    on = timezone.localdate()
    every = plans.plans(on)
    context = {
        "running": [plan for plan in every if plan.state is State.IN_FORCE],
        "closed": [plan for plan in every if plan.state is State.CLOSED],
        "on": on,
    }
    return render(request, "progress/public.html", context)


@require_safe
@public("what was adopted and reviewed is for everybody to read")
def public_plan(request: HttpRequest, plan: str) -> HttpResponse:
    """A plan for the public: states and figures from reports that were reviewed, and nothing else."""
    on = timezone.localdate()
    found = plans.plan(plan, on)
    standings = queries.of_plan(found, on, reviewed_only=True)
    context = {
        "plan": found,
        "blocks": _blocks(found, standings),
        "chart": _chart(standings, _("Measures by state")),
        "names": directory.institution_names(request.LANGUAGE_CODE),
        "last": _last_reviewed(standings),
        "on": on,
    }
    return render(request, "progress/public_plan.html", context)


def _last_reviewed(standings: Sequence[Standing]) -> date | None:
    """The last day of the latest period that was reviewed."""
    return max((each.record.last.period for each in standings if each.record.last), default=None)
