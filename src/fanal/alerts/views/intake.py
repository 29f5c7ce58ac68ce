"""The guided intake: four short steps and a last look, each saved as it is typed, without a line of script."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.alerts import queries, services
from fanal.alerts.forms import DoneForm, PersonForm, StepForm, WhatForm, WhereForm
from fanal.alerts.rules import Report, perhaps_names
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.directory import queries as directory
from fanal.errors import NotFound, Refusal
from fanal.web.acts import require_form
from fanal.web.components import Phase, Stand

STEPS = ("what", "where", "who", "done", "check")
TITLES = {
    "what": gettext_lazy("What was seen"),
    "where": gettext_lazy("Where and when"),
    "who": gettext_lazy("Who"),
    "done": gettext_lazy("Already done"),
    "check": gettext_lazy("A last look"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a step needs: the draft, the law of the day, the reader."""

    request: MemberRequest
    draft: queries.Begun
    law: Law
    now: datetime

    @property
    def typed(self) -> dict[str, Any]:
        return self.draft.typed

    def options(self) -> dict[str, Any]:
        return {"law": self.law, "language": self.request.LANGUAGE_CODE, "now": self.now}

    def what(self) -> WhatForm:
        return WhatForm(self.typed.get("what", {}), **self.options())

    def where(self) -> WhereForm:
        return WhereForm(self.typed.get("where", {}), **self.options())

    def done(self) -> DoneForm:
        return DoneForm(self.typed.get("done", {}), unit_kind=self.request.member.unit_kind, **self.options())

    def persons(self) -> dict[str, PersonForm]:
        """The persons of the draft by their number."""
        return {key: PersonForm(typed, **self.options()) for key, typed in self.typed.get("who", {}).items()}

    def save(self, step: str, typed: Mapping[str, Any]) -> None:
        services.save(by=self.request.member, draft=self.draft.id, typed=dict(typed), step=step, at=self.now)


def _desk(request: MemberRequest, draft_id: UUID) -> Desk:
    now = timezone.now()
    return Desk(request, queries.draft(draft_id, request.member), country.law(timezone.localdate(now)), now)


def _rail(step: str) -> list[Phase]:
    at = STEPS.index(step)
    stands = [Stand.PAST if n < at else Stand.NOW if n == at else Stand.NEXT for n in range(len(STEPS))]
    return [Phase(str(TITLES[name]), "", stand) for name, stand in zip(STEPS, stands, strict=True)]


def _typed(request: MemberRequest) -> dict[str, list[str]]:
    """What was posted, word for word: right or wrong, it is kept."""
    return {name: [str(v) for v in values] for name, values in request.POST.lists() if name not in _OURS}


_OURS = {"csrfmiddlewaretoken", "go", "version"}


@require_form
@requires(Permission.ALERT_RECORD)
def new(request: MemberRequest) -> HttpResponse:
    """Begin an alert, or go on with one that was begun."""
    if request.method == "POST":
        draft = services.start(by=request.member, typed={}, step="what", at=timezone.now())
        return redirect("alerts:step", draft, "what")
    drafts = [
        {"id": row.id, "step": row.step, "title": TITLES[row.step], "updated_at": row.updated_at}
        for row in queries.drafts(request.member)
    ]
    return render(request, "alerts/new.html", {"drafts": drafts})


@require_POST
@requires(Permission.ALERT_RECORD)
def discard(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Throw a draft away; it was never an alert."""
    services.discard(by=request.member, draft=draft_id)
    messages.success(request, _("The draft is gone. Nothing was recorded."))
    return redirect("alerts:new")


@require_safe
@requires(Permission.ALERT_RECORD)
def places(request: MemberRequest) -> HttpResponse:
    """Municipalities that begin with what is being typed, as options of the field."""
    found = directory.search_municipalities(
        request.GET.get("place", "")[:100], timezone.localdate(), request.LANGUAGE_CODE
    )
    return render(request, "alerts/places.html", {"found": found})


@require_form
@requires(Permission.ALERT_RECORD)
def step(request: MemberRequest, draft_id: UUID, name: str) -> HttpResponse:
    """One step of the intake. Whatever is pressed, what was typed is saved first."""
    if name not in STEPS:
        raise NotFound
    if name == "check" and request.method == "POST":
        return _send(request, draft_id)
    desk = _desk(request, draft_id)
    if name == "check":
        return _check(desk)
    if name == "who":
        return _who(desk)
    return _fields(desk, name)


def _fields(desk: Desk, name: str) -> HttpResponse:
    """The steps that are one form: what, where, done."""
    request, go = desk.request, desk.request.POST.get("go", "next")
    if request.method == "POST":
        desk.draft.typed[name] = _typed(request)
        desk.save(name, desk.typed)
        if go in ("back", "later"):
            return _leave(desk, name, go)
    form: StepForm = getattr(desk, name)()
    if name not in desk.typed:
        form.is_bound = False
    if request.method == "POST" and go == "next" and form.is_valid():
        return redirect("alerts:step", desk.draft.id, STEPS[STEPS.index(name) + 1])
    context = {"form": form, "draft": desk.draft, "name": name, "rail": _rail(name), "title": TITLES[name]}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, f"alerts/intake/{name}.html", context, status=status)


def _leave(desk: Desk, name: str, go: str) -> HttpResponse:
    if go == "back" and name != STEPS[0]:
        return redirect("alerts:step", desk.draft.id, STEPS[STEPS.index(name) - 1])
    messages.success(desk.request, _("Kept. You find it here when you come back."))
    return redirect("alerts:new")


# Who


def _who(desk: Desk) -> HttpResponse:
    """The persons so far, perhaps already known, and a way to add one."""
    request, go = desk.request, desk.request.POST.get("go", "")
    persons = dict(desk.typed.get("who", {}))
    if request.method == "POST":
        if go.startswith("remove-"):
            persons.pop(go.removeprefix("remove-"), None)
        desk.save("who", {**desk.typed, "who": persons})
        if go == "add":
            key = str(max((int(key) for key in persons), default=0) + 1)
            return redirect("alerts:person", desk.draft.id, key)
        if go in ("back", "later"):
            return _leave(desk, "who", go)
        if go == "next":
            return redirect("alerts:step", desk.draft.id, "done")
        return redirect("alerts:step", desk.draft.id, "who")
    forms = desk.persons()
    readable = {key: form.person() for key, form in forms.items() if form.is_valid()}
    known = services.match(
        by=request.member, identities=[person.identity for person in readable.values()], at=desk.now
    )
    context = {
        "persons": [(key, form, readable.get(key)) for key, form in forms.items()],
        "known": [(key, found) for key, found in zip(readable, known, strict=True) if found],
        "draft": desk.draft,
        "law": desk.law,
        "rail": _rail("who"),
        "title": TITLES["who"],
    }
    return render(request, "alerts/intake/who.html", context)


@require_form
@requires(Permission.ALERT_RECORD)
def person(request: MemberRequest, draft_id: UUID, key: int) -> HttpResponse:
    """One person of the draft."""
    desk = _desk(request, draft_id)
    persons = dict(desk.typed.get("who", {}))
    if request.method == "POST":
        persons[str(key)] = _typed(request)
        desk.save("who", {**desk.typed, "who": persons})
    form = PersonForm(persons.get(str(key)), **desk.options())
    if request.method == "POST" and (request.POST.get("go") == "later" or form.is_valid()):
        return redirect("alerts:step", draft_id, "who")
    context = {
        "form": form,
        "draft": desk.draft,
        "key": key,
        "rail": _rail("who"),
        "title": _("Person %(n)d") % {"n": key},
        "cancel_url": reverse("alerts:step", args=[draft_id, "who"]),
    }
    return render(
        request, "alerts/intake/person.html", context, status=422 if form.is_bound and form.errors else 200
    )


# The last look


def _check(desk: Desk) -> HttpResponse:
    """Everything once more, who will be told and why, and what looks like a name."""
    wrong = _wrong(desk)
    refusal: Refusal | None = None
    plan: services.Plan | None = None
    report = _report(desk) if not wrong else None
    if report is not None:
        try:
            plan = services.plan(by=desk.request.member, report=report, at=desk.now)
        except Refusal as found:
            refusal = found
    identities = tuple(p.identity for p in report.persons) if report else ()
    context = {
        "draft": desk.draft,
        "law": desk.law,
        "report": report,
        "place": plan.place if plan else None,
        "plan": plan,
        "wrong": wrong,
        "refusal": refusal,
        "names": perhaps_names(report.narrative, identities) if report else (),
        "rail": _rail("check"),
        "title": TITLES["check"],
        "now": desk.now,
    }
    return render(desk.request, "alerts/intake/check.html", context, status=422 if wrong or refusal else 200)


def _wrong(desk: Desk) -> list[tuple[str, str]]:
    """The steps that have something to correct: (title, address)."""
    steps: list[tuple[str, StepForm, str]] = [
        (str(TITLES[name]), form, reverse("alerts:step", args=[desk.draft.id, name]))
        for name, form in (("what", desk.what()), ("where", desk.where()), ("done", desk.done()))
    ]
    steps += [
        (_("Person %(n)s") % {"n": key}, form, reverse("alerts:person", args=[desk.draft.id, int(key)]))
        for key, form in desk.persons().items()
    ]
    return [(title, url) for title, form, url in steps if not form.is_valid()]


def _report(desk: Desk) -> Report:
    """The report that the valid steps of a draft make."""
    what, where, done, persons = desk.what(), desk.where(), desk.done(), desk.persons()
    for form in (what, where, done, *persons.values()):
        form.is_valid()
    return Report(
        **what.values(),
        **where.values(),
        done=done.done(),
        persons=tuple(form.person() for form in persons.values()),
    )


def _send(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Record the alert, once: the draft is its key, so that a second click finds the first one's alert."""
    sent = services.already(by=request.member, idempotency_key=str(draft_id))
    if sent is None:
        desk = _desk(request, draft_id)
        if request.POST.get("go") in ("back", "later"):
            return _leave(desk, "check", request.POST["go"])
        if _wrong(desk):
            return _check(desk)
        try:
            sent = services.record(
                by=request.member, report=_report(desk), at=desk.now, idempotency_key=str(draft_id)
            )
        except Refusal as refusal:
            request.refusal_in_form = refusal  # type: ignore[attr-defined]
            return _check(desk)
        services.discard(by=request.member, draft=draft_id)
    return redirect(reverse("alerts:alert", args=[sent.reference]) + "?recorded=1")
