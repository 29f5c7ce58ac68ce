"""Reading plans: the list, a plan by chapters, a measure, versions and what changed, the public pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Permission
from fanal.country import queries as country
from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.plans import queries
from fanal.plans.forms import FindForm
from fanal.plans.rules import State


@require_safe
@requires(Permission.PLAN_READ)
def plans(request: MemberRequest) -> HttpResponse:
    """Every plan: in force, to come, drafts, closed; and when none is in force, that."""
    writes = queries.writes(request.member)
    found = queries.plans(timezone.localdate(), drafts=writes)
    order = (State.IN_FORCE, State.TO_COME, State.DRAFT, State.CLOSED)
    groups = [(state, [each for each in found if each.state is state]) for state in order]
    context = {
        "groups": [(state, rows) for state, rows in groups if rows],
        "none": not any(each.state is State.IN_FORCE for each in found),
        "writes": writes,
        "form": FindForm(),
        "law": country.law(timezone.localdate()),
    }
    return render(request, "plans/list.html", context)


@require_safe
@requires(Permission.PLAN_READ)
def find(request: MemberRequest) -> HttpResponse:
    """Measures by their words, in every plan or in one (`?plan=`)."""
    form = FindForm(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.find_measures(typed, timezone.localdate(), plan_code=request.GET.get("plan", "")[:40])
    context = {"form": form, "typed": typed, "found": found, **_names(request)}
    return render(request, "plans/find.html", context)


def _names(request: HttpRequest) -> dict[str, object]:
    titles = {each.code: each for each in queries.plans(timezone.localdate())}
    return {"titles": titles, "language": request.LANGUAGE_CODE}


@require_safe
@requires(Permission.PLAN_READ)
def plan(request: MemberRequest, plan: str) -> HttpResponse:
    """A plan by chapters, as it counts today; `?version=`: as another version says."""
    member, on = request.member, timezone.localdate()
    writes = queries.writes(member)
    held = queries.plan(plan, on, drafts=writes)
    row = _chosen(request, plan, held.version.number)
    context = {
        "plan": held,
        "outline": queries.outline(row, request.LANGUAGE_CODE),
        "other": row.number != held.version.number,
        "writes": writes,
        "several": len(queries.version_lines(plan, drafts=writes)) > 1,
        "language": request.LANGUAGE_CODE,
    }
    return render(request, "plans/plan.html", context)


def _chosen(request: MemberRequest, plan: str, counted: int) -> queries.Version:
    said = request.GET.get("version", "")
    if said and not (said.isdigit() and len(said) < 5):
        raise NotFound
    return queries.version(plan, int(said or counted), request.member)


@require_safe
@requires(Permission.PLAN_READ)
def measure(request: MemberRequest, key: str) -> HttpResponse:
    """A measure with all one needs."""
    sheet = queries.sheet(key, timezone.localdate(), request.LANGUAGE_CODE)
    context = {"sheet": sheet, "line": sheet.line, "language": request.LANGUAGE_CODE}
    return render(request, "plans/measure.html", context)


@require_safe
@requires(Permission.PLAN_READ)
def versions(request: MemberRequest, plan: str) -> HttpResponse:
    """The versions of a plan, and what changed between two (`?before=` and `?after=`; else the last two)."""
    writes = queries.writes(request.member)
    held = queries.plan(plan, timezone.localdate(), drafts=writes)
    found = queries.version_lines(plan, drafts=writes)
    numbers = [each.number for each in found]
    after = _number(request.GET.get("after", ""), numbers[-1])
    before = _number(request.GET.get("before", ""), max((n for n in numbers if n < after), default=after))
    context = {
        "plan": held,
        "versions": found,
        "before": before,
        "after": after,
        "difference": queries.compared(plan, before, after, drafts=writes) if len(numbers) > 1 else None,
        "language": request.LANGUAGE_CODE,
        "institutions": directory.institution_names(request.LANGUAGE_CODE),
    }
    return render(request, "plans/versions.html", context)


def _number(said: str, otherwise: int) -> int:
    return int(said) if said.isdigit() and len(said) < 5 else otherwise


# Public


@require_safe
@public("what was adopted is public; it names institutions and nobody")
def public_plans(request: HttpRequest) -> HttpResponse:
    """The adopted plans, for everybody."""
    found = queries.plans(timezone.localdate())
    none = not any(each.state is State.IN_FORCE for each in found)
    return render(
        request, "plans/public_list.html", {"plans": found, "none": none, "language": request.LANGUAGE_CODE}
    )


@require_safe
@public("what was adopted is public; it names institutions and nobody")
def public_plan(request: HttpRequest, plan: str) -> HttpResponse:
    """An adopted plan by chapters, for everybody. Budgets and contact points are not shown here."""
    held = queries.plan(plan, timezone.localdate())
    row = queries.version(plan, held.version.number, None)
    context = {
        "plan": held,
        "outline": queries.outline(row, request.LANGUAGE_CODE),
        "language": request.LANGUAGE_CODE,
    }
    return render(request, "plans/public_plan.html", context)
