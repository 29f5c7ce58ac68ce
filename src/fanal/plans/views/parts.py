"""The parts of a draft: chapters and objectives, measures, indicators."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.directory import queries as directory
from fanal.plans import queries, rules, services
from fanal.plans.forms import (
    Choices,
    HeadingForm,
    IndicatorForm,
    MeasureForm,
    heading_choices,
    spread,
)
from fanal.plans.views.acts import act, editor, read_id
from fanal.web.acts import posted, require_form
from fanal.web.etags import demand_match, form_version
from fanal.web.forms import Form

# Headings


@require_form
@requires(Permission.PLAN_EDIT)
def add_heading(request: MemberRequest, plan: str) -> HttpResponse:
    """Add a chapter, or an objective to the chapter that `?chapter=` names."""
    queries.draft(plan, request.member)
    said = request.GET.get("chapter", "")
    chapter = queries.draft_heading(plan, read_id(said), request.member) if said else None
    form = HeadingForm(posted(request))
    return act(
        request, form, plan,
        do=lambda: services.put_heading(
            by=request.member, plan_code=plan, number=form.cleaned_data["number"], titles=form.said(),
            chapter=chapter.anchor if chapter else None, at=timezone.now(),
        ),
        done=_("Added."), back=editor(plan),
        heading=_("Add an objective to chapter %(n)s") % {"n": chapter.number} if chapter else _("Add a chapter"),
    )  # fmt: skip


@require_form
@requires(Permission.PLAN_EDIT)
def change_heading(request: MemberRequest, plan: str, anchor: UUID) -> HttpResponse:
    """Change the number or the title of a chapter or objective."""
    row = queries.draft_heading(plan, anchor, request.member)
    form = HeadingForm(posted(request), initial={"number": row.number, **spread("title", row.titles)})
    return act(
        request, form, plan,
        do=lambda: services.put_heading(
            by=request.member, plan_code=plan, anchor=anchor, number=form.cleaned_data["number"],
            titles=form.said(), at=timezone.now(),
        ),
        done=_("Saved."), back=editor(plan), heading=_("Change %(n)s") % {"n": row.number},
    )  # fmt: skip


@require_form
@requires(Permission.PLAN_EDIT)
def remove_heading(request: MemberRequest, plan: str, anchor: UUID) -> HttpResponse:
    """Take an empty chapter or objective out."""
    row = queries.draft_heading(plan, anchor, request.member)
    return act(
        request, Form(posted(request)), plan,
        do=lambda: services.remove_heading(by=request.member, plan_code=plan, anchor=anchor, at=timezone.now()),
        done=_("Taken out."), back=editor(plan), template="web/confirm.html",
        act=_("Take %(n)s out of the draft") % {"n": row.number},
        consequences=[_("Only what is empty can be taken out. Versions that were adopted keep it.")],
    )  # fmt: skip


# Measures


@require_form
@requires(Permission.PLAN_EDIT)
def add_measure(request: MemberRequest, plan: str) -> HttpResponse:
    """Add a measure to the heading that `?heading=` names."""
    row = queries.draft(plan, request.member)
    initial = {"starts_on": row.starts_on, "ends_on": row.ends_on, "heading": request.GET.get("heading", "")}
    return _measure(request, row, "", initial, 0)


@require_form
@requires(Permission.PLAN_EDIT)
def change_measure(request: MemberRequest, plan: str, key: str) -> HttpResponse:
    """Change a measure of the draft."""
    measure = queries.draft_measure(plan, key, request.member)
    names = (
        "number",
        "lead",
        "co_leads",
        "contacts",
        "starts_on",
        "ends_on",
        "funding",
        "sdgs",
        "objectives",
    )
    initial: dict[str, object] = {
        **spread("title", measure.titles),
        **spread("text", measure.texts),
        **{name: getattr(measure, name) for name in (*names, "principles", "sisters")},
        "budget": measure.budget_cents,
        "heading": str(measure.heading.anchor),
    }
    return _measure(request, measure.version, key, initial, measure.edition)


def _measure(
    request: MemberRequest, row: queries.Version, key: str, initial: Mapping[str, object], edition: int
) -> HttpResponse:
    plan, now = row.plan_id, timezone.now()
    form = MeasureForm(posted(request), initial=initial, choices=_choices(request, row))
    if form.is_bound and form.is_valid():
        form.tell(rules.faults(form.values(key), queries.frame(row, now)), services.said)

    def do() -> None:
        if key:
            demand_match(request, edition)
        services.put_measure(
            by=request.member, plan_code=plan, values=form.values(key), heading=form.place(), at=now
        )

    return act(
        request, form, plan, do=do, done=_("Saved."), back=f"{editor(plan)}#{key}",
        template="plans/measure_form.html", key=key, version=form_version(edition) if key else None,
        heading=_("Change measure %(n)s") % {"n": initial["number"]} if key else _("Add a measure"),
        opened={name for name in _FOLDED if initial.get(name)},
    )  # fmt: skip


_FOLDED = ("co_leads", "contacts", "sdgs", "objectives", "principles", "sisters")


def _choices(request: MemberRequest, row: queries.Version) -> dict[str, Choices]:
    language, on = request.LANGUAGE_CODE, timezone.localdate()
    institutions = [(each.code, each.label(language)) for each in directory.institutions(on)]
    goals = {
        name: [(goal.code, goal.title(language)) for goal in rules.goals(kind).values()]
        for name, kind in (("sdgs", "sdg"), ("objectives", "objective"), ("principles", "principle"))
    }
    return {
        "heading": [("", "—"), *heading_choices(queries.headings(row.plan_id, row.number), language)],
        "lead": [("", "—"), *institutions],
        "co_leads": institutions,
        "contacts": list(queries.contacts(on, language).items()),
        "sisters": list(queries.sister_titles(timezone.now(), language).items()),
        **goals,
    }


@require_form
@requires(Permission.PLAN_EDIT)
def remove_measure(request: MemberRequest, plan: str, key: str) -> HttpResponse:
    """Take a measure out of the draft."""
    measure = queries.draft_measure(plan, key, request.member)
    return act(
        request, Form(posted(request)), plan,
        do=lambda: services.remove_measure(by=request.member, plan_code=plan, key=key, at=timezone.now()),
        done=_("Taken out."), back=editor(plan), template="web/confirm.html", dangerous=True,
        act=_("Take measure %(n)s out of the draft") % {"n": measure.number},
        consequences=[_("Its indicators go with it. Versions that were adopted keep both.")],
    )  # fmt: skip


@require_POST
@requires(Permission.PLAN_EDIT)
def move_measure(request: MemberRequest, plan: str, key: str) -> HttpResponse:
    """One place up or down inside its heading."""
    services.move_measure(
        by=request.member, plan_code=plan, key=key, up=request.POST.get("to") == "up", at=timezone.now()
    )
    return redirect(f"{editor(plan)}#{key}")


# Indicators


@require_form
@requires(Permission.PLAN_EDIT)
def add_indicator(request: MemberRequest, plan: str, key: str) -> HttpResponse:
    """Add an indicator to a measure of the draft."""
    return _indicator(request, plan, key, "", {})


@require_form
@requires(Permission.PLAN_EDIT)
def change_indicator(request: MemberRequest, plan: str, key: str, nth: int) -> HttpResponse:
    """Change an indicator of a measure of the draft."""
    measure = queries.draft_measure(plan, key, request.member)
    values = queries.indicator_values(queries.draft_indicator(measure, f"{key}.{nth}"))
    names = ("unit", "baseline", "baseline_on", "target", "target_on", "benchmarks")
    initial = {**spread("title", values.titles), **{name: getattr(values, name) for name in names}}
    return _indicator(request, plan, key, values.key, initial)


def _indicator(
    request: MemberRequest, plan: str, key: str, indicator: str, initial: Mapping[str, object]
) -> HttpResponse:
    measure = queries.draft_measure(plan, key, request.member)
    form = IndicatorForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        frame = queries.frame(measure.version, timezone.now())
        form.tell(rules.indicator_faults(form.values(indicator), frame), services.said)

    def do() -> None:
        demand_match(request, measure.edition)
        services.put_indicator(
            by=request.member, plan_code=plan, key=key, values=form.values(indicator), at=timezone.now()
        )

    return act(
        request, form, plan, do=do, done=_("Saved."), back=f"{editor(plan)}#{key}",
        version=form_version(measure.edition),
        heading=_("Indicator of measure %(n)s") % {"n": measure.number},
    )  # fmt: skip


@require_form
@requires(Permission.PLAN_EDIT)
def remove_indicator(request: MemberRequest, plan: str, key: str, nth: int) -> HttpResponse:
    """Take an indicator out."""
    measure = queries.draft_measure(plan, key, request.member)
    indicator = queries.draft_indicator(measure, f"{key}.{nth}")
    return act(
        request, Form(posted(request)), plan,
        do=lambda: services.remove_indicator(
            by=request.member, plan_code=plan, key=key, indicator=indicator.key, at=timezone.now()
        ),
        done=_("Taken out."), back=f"{editor(plan)}#{key}", template="web/confirm.html",
        act=_("Take this indicator out of measure %(n)s") % {"n": measure.number},
        consequences=[rules.words(indicator.titles, request.LANGUAGE_CODE)],
    )  # fmt: skip
