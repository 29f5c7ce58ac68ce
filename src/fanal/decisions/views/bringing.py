"""Older decisions from a table: the file, every problem by row, and only then the register."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.decisions import services
from fanal.decisions.forms import TableForm
from fanal.decisions.rules.bringing import COLUMNS, NEEDED, Plan, Problem
from fanal.errors import Refusal
from fanal.web.errors import into_form
from fanal.web.forms import respond

_SALT = "fanal.decisions.table"
_KEPT = 3600
"""Seconds for which a preview may be confirmed."""
SHOWN = 200
NAMES: Mapping[str, Any] = {
    "body": gettext_lazy("Body"),
    "title": gettext_lazy("Title"),
    "text": gettext_lazy("Text"),
    "taken_on": gettext_lazy("Decided on"),
    "due_on": gettext_lazy("Due on"),
    "owners": gettext_lazy("Answers for it"),
    "state": gettext_lazy("State"),
    "origin": gettext_lazy("Source"),
    "origin_url": gettext_lazy("Link"),
}
_WRONG: Mapping[str, Any] = {
    "missing": gettext_lazy("%(column)s: nothing stands there."),
    "too_long": gettext_lazy("%(column)s: %(value)s characters are too many."),
    "unknown": gettext_lazy("%(column)s: “%(value)s” is not known here."),
    "unreadable": gettext_lazy("%(column)s: “%(value)s” cannot be read as a day. Write it like 24.11.1998."),
    "in_future": gettext_lazy("%(column)s: %(value)s has not come yet."),
    "before_taken": gettext_lazy("%(column)s: %(value)s comes before the day of the decision."),
    "no_address": gettext_lazy("%(column)s: “%(value)s” does not begin with https://."),
    "without_seat": gettext_lazy("%(column)s: “%(value)s” holds no seat in this body today."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEETING_PREPARE)
def bring_in(request: MemberRequest) -> HttpResponse:
    """Read a table, show what it would write and every problem by row, then write what stands."""
    if "content" in request.POST:
        return _write(request)
    form = TableForm(request.POST or None, request.FILES or None)
    plan, kept = None, ""
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            plan = services.preview(by=request.member, content=content, at=timezone.now())
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            kept = signing.dumps(base64.b64encode(content).decode(), salt=_salt(request), compress=True)
    columns = [(COLUMNS[name], NAMES[name], name in NEEDED) for name in COLUMNS]
    return respond(request, "decisions/import.html", form, content=kept, columns=columns, **_shown(plan))


def _shown(plan: Plan | None) -> dict[str, object]:
    if plan is None:
        return {"plan": None}
    problems = [(row, [problem_words(each) for each in found]) for row, found in plan.problems.items()]
    return {
        "plan": plan,
        "problems": problems[:SHOWN],
        "more": max(len(problems) - SHOWN, 0),
        "entries": plan.entries[:SHOWN],
        "known": plan.known[:SHOWN],
    }


def problem_words(found: Problem) -> str:
    """A problem in words that say which column and what stands there."""
    return str(_WRONG[found.code]) % {"column": NAMES[found.column], "value": found.value}


def _write(request: MemberRequest) -> HttpResponse:
    try:
        text = signing.loads(request.POST["content"], salt=_salt(request), max_age=_KEPT)
        content = base64.b64decode(text)
    except (signing.BadSignature, binascii.Error):
        messages.warning(request, _("This preview is too old. Choose the file again."))
        return redirect("decisions:bring_in")
    count = services.bring_in(by=request.member, content=content, at=timezone.now())
    done = ngettext("%(n)d decision was entered.", "%(n)d decisions were entered.", count)
    messages.success(request, done % {"n": count})
    return redirect("decisions:list")


def _salt(request: MemberRequest) -> str:
    """A preview is for who asked for it."""
    return f"{_SALT}:{request.member.membership_id}"
