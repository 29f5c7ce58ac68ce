"""The life of a draft: started, amended, shown to its writers, adopted or discarded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.country import queries as country
from fanal.directory import queries as directory
from fanal.errors import Refusal
from fanal.plans import queries, rules, services
from fanal.plans.forms import (
    AdoptForm,
    FrameForm,
    StartForm,
    spread,
)
from fanal.plans.views.acts import act, editor, read_id
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.etags import demand_match, form_version
from fanal.web.forms import Form, respond


@require_form
@requires(Permission.PLAN_EDIT)
def start(request: MemberRequest) -> HttpResponse:
    """Start a plan."""
    law = country.law(timezone.localdate())
    phenomena = [(code.code, code.label.get(request.LANGUAGE_CODE)) for code in law.codes("phenomenon")]
    form = StartForm(posted(request), phenomena=phenomena)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            services.start(
                by=request.member, code=data["code"], titles=form.said(), phenomena=data["phenomena"],
                starts_on=data["starts_on"], ends_on=data["ends_on"], at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("The draft is open. Add chapters and measures, or import a table."))
            return redirect("plans:draft", data["code"])
    return respond(
        request,
        "plans/act.html",
        form,
        cancel_url=reverse("plans:list"),
        heading=_("Start a plan"),
        reference="",
    )


@require_form
@requires(Permission.PLAN_EDIT)
def amend(request: MemberRequest, plan: str) -> HttpResponse:
    """Open the next version of a plan."""
    held = queries.plan(plan, timezone.localdate(), drafts=True)
    return act(
        request, Form(posted(request)), plan,
        do=lambda: services.amend(by=request.member, plan_code=plan, at=timezone.now()),
        done=_("The draft is open. What is in force stays in force until you adopt it."),
        back=editor(plan) if request.method == "POST" else reverse("plans:plan", args=[plan]),
        template="web/confirm.html", act=_("Amend this plan"),
        consequences=[
            _("The next version opens as a draft: everything that version %(n)d says.")
            % {"n": held.version.number},
            _("Only those who write plans see the draft."),
        ],
    )  # fmt: skip


@require_safe
@requires(Permission.PLAN_EDIT)
def draft(request: MemberRequest, plan: str) -> HttpResponse:
    """The editor: the draft by chapters, with the acts on each of its parts."""
    row = queries.draft(plan, request.member)
    outline = queries.outline(row, request.LANGUAGE_CODE, indicators=True)
    frame = queries.frame(row, timezone.now())
    faulty = {}
    for line in outline.measures:
        found = rules.faults(queries.values_of(line), frame)
        if found:
            faulty[line.key] = [services.said(each) for each in found]
    context = {
        "row": row,
        "plan": queries.plan(plan, timezone.localdate(), drafts=True),
        "outline": outline,
        "faulty": faulty,
        "language": request.LANGUAGE_CODE,
    }
    return render(request, "plans/draft.html", context)


@require_form
@requires(Permission.PLAN_EDIT)
def reframe(request: MemberRequest, plan: str) -> HttpResponse:
    """Change the title, the days and the note of a draft."""
    row = queries.draft(plan, request.member)
    initial = {
        **spread("title", row.plan.titles), **spread("note", row.notes),
        "starts_on": row.starts_on, "ends_on": row.ends_on,
    }  # fmt: skip
    form = FrameForm(posted(request), initial=initial)

    def do() -> None:
        demand_match(request, row.edition)
        services.reframe(
            by=request.member, plan_code=plan, titles=form.said(), notes=form.said("note"), at=timezone.now(),
            starts_on=form.cleaned_data["starts_on"], ends_on=form.cleaned_data["ends_on"], edition=row.edition,
        )  # fmt: skip

    return act(
        request, form, plan, do=do, done=_("Saved."), back=editor(plan), version=form_version(row.edition),
        heading=_("Title, days and note"),
    )  # fmt: skip


@require_form
@requires(Permission.PLAN_EDIT)
def adopt(request: MemberRequest, plan: str) -> HttpResponse:
    """Make the draft the version in force."""
    row = queries.draft(plan, request.member)
    form = AdoptForm(posted(request))
    waiting = [each for each in queries.returns(row, timezone.localdate()) if each.row.carried is None]
    return act(
        request, form, plan,
        do=lambda: services.adopt(by=request.member, plan_code=plan, at=timezone.now(), **form.cleaned_data),
        done=_("Adopted. From now on this version is never changed."), back=reverse("plans:plan", args=[plan]),
        heading=_("Adopt version %(n)d") % {"n": row.number}, waiting=waiting,
        lead=_("By a decision of the Cell. What is adopted is never changed: an amendment is the next version."),
    )  # fmt: skip


@require_form
@requires(Permission.PLAN_EDIT)
def discard(request: MemberRequest, plan: str) -> HttpResponse:
    """Throw the draft away."""
    row = queries.draft(plan, request.member)
    back = reverse("plans:list") if request.method == "POST" else editor(plan)
    return act(
        request, Form(posted(request)), plan,
        do=lambda: services.discard(by=request.member, plan_code=plan, at=timezone.now()),
        done=_("The draft is gone."), back=back, template="web/confirm.html", dangerous=True,
        act=_("Discard the draft, version %(n)d") % {"n": row.number},
        consequences=[_("What is written in it is lost. Versions that were adopted stay.")],
    )  # fmt: skip


@require_form
@requires(Permission.PLAN_EDIT)
def returns(request: MemberRequest, plan: str) -> HttpResponse:
    """Measures that may come back from an older plan: look for them, say which ones do."""
    held = queries.plan(plan, timezone.localdate(), drafts=True)
    row = queries.version(plan, queries.version_lines(plan, drafts=True)[-1].number, request.member)
    if request.method == "POST":
        now, chosen = timezone.now(), request.POST.get("carry", "")
        try:
            if chosen:
                carried = request.POST.get("verdict") == "carried"
                services.judge(by=request.member, carry_id=read_id(chosen), carried=carried, at=now)
            else:
                found = services.find_returns(by=request.member, plan_code=plan, at=now)
                messages.success(request, _("Compared. Likenesses to judge: %(n)d.") % {"n": found})
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        return redirect("plans:returns", plan)
    context = {
        "plan": held,
        "row": row,
        "found": queries.returns(row, timezone.localdate()),
        "institutions": directory.institution_names(request.LANGUAGE_CODE),
    }
    return render(request, "plans/returns.html", context)
