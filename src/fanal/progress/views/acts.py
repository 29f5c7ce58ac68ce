"""Reporting, remarking, reviewing, ruling: each one form."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.errors import NotAllowed, Refusal
from fanal.progress import queries, rules, services
from fanal.progress.forms import RemarkForm, ReportForm, ReviewForm, RuleForm
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond

# Where a refusal speaks of something that the form calls otherwise.
_PLACES = {"figures": "measured_on"}


def _keep(
    request: MemberRequest,
    form: Form,
    back: str,
    *,
    do: Callable[[], object],
    done: str,
    template: str = "progress/act.html",
    **context: object,
) -> HttpResponse:
    """Show the form of an act, or do it, say so and go back."""
    if form.is_bound and form.is_valid():
        try:
            do()
        except Refusal as refusal:
            refusal.field = _PLACES.get(refusal.field, refusal.field)
            into_form(request, form, refusal)
        else:
            messages.success(request, done)
            return redirect(back)
    return respond(request, template, form, cancel_url=back, **context)


@require_form
@requires(Permission.PROGRESS_REPORT)
def report(request: MemberRequest, key: str) -> HttpResponse:
    """The lead reports on a measure, on one page."""
    now = timezone.now()
    on, member = timezone.localdate(now), request.member
    standing = queries.standing(key, on)
    if not services.may_report(member, standing.line, queries.house_of(member)):
        raise NotAllowed("not_lead", _("Only the institution that leads a measure reports on it."))
    task = standing.task
    periods = rules.reportable(starts_on=task.starts_on, until=task.until, months=task.rhythm.months, on=on)
    form = ReportForm(
        posted(request), standing=standing, periods=periods, language=request.LANGUAGE_CODE, on=on
    )
    return _keep(
        request, form, reverse("progress:measure", args=[key]), template="progress/report.html",
        do=lambda: services.report(
            by=member, key=key, draft=form.draft(), submission=str(form.cleaned_data["submission"] or ""), at=now
        ),
        done=_("Sent. The state of the measure follows from it."), standing=standing, periods=periods,
        line=standing.line,
    )  # fmt: skip


@require_form
@requires(Permission.PROGRESS_REVIEW)
def review(request: MemberRequest, report_id: UUID) -> HttpResponse:
    """The Bureau agrees with a report, or says why not."""
    said, line = queries.report(report_id)
    form = ReviewForm(posted(request))
    return _keep(
        request, form, reverse("progress:measure", args=[line.key]),
        do=lambda: services.review(
            by=request.member, report_id=report_id, agrees=form.cleaned_data["agrees"] == "yes",
            reason=form.cleaned_data["reason"], at=timezone.now(),
        ),
        done=_("The review stands beside the report."), heading=_("Review this report"), said=said, line=line,
    )  # fmt: skip


@require_form
@requires(Permission.PROGRESS_REPORT)
def remark(request: MemberRequest, report_id: UUID) -> HttpResponse:
    """A co-responsible institution adds to the report of the lead."""
    said, line = queries.report(report_id)
    if not services.may_remark(request.member, line, queries.house_of(request.member)):
        raise NotAllowed("not_co_lead", _("Only who shares the responsibility for a measure remarks on it."))
    form = RemarkForm(posted(request))
    return _keep(
        request, form, reverse("progress:measure", args=[line.key]),
        do=lambda: services.remark(
            by=request.member, report_id=report_id, words=form.cleaned_data["words"], at=timezone.now()
        ),
        done=_("Your remark stands beside the report."), heading=_("Remark on this report"), said=said, line=line,
    )  # fmt: skip


@require_form
@requires(Permission.PROGRESS_REVIEW)
def drop(request: MemberRequest, key: str) -> HttpResponse:
    """Enter the decision that drops a measure."""
    return _rule(
        request, key, dropped=True, heading=_("Drop this measure"), done=_("The measure is dropped."),
        lead=_("Only a decision of the register drops a measure. What was reported stays."),
    )  # fmt: skip


@require_form
@requires(Permission.PROGRESS_REVIEW)
def resume(request: MemberRequest, key: str) -> HttpResponse:
    """Enter the decision that takes a dropped measure up again."""
    return _rule(
        request, key, dropped=False, heading=_("Take this measure up again"),
        done=_("The measure is taken up again."), lead=_("Its state follows from its reports again."),
    )  # fmt: skip


def _rule(
    request: MemberRequest, key: str, *, dropped: bool, heading: str, done: str, lead: str
) -> HttpResponse:
    now = timezone.now()
    standing = queries.standing(key, timezone.localdate(now))
    form = RuleForm(posted(request))
    return _keep(
        request, form, reverse("progress:measure", args=[key]),
        do=lambda: services.rule(
            by=request.member, key=key, dropped=dropped, decision=form.cleaned_data["decision"], at=now
        ),
        done=done, heading=heading, lead=lead, line=standing.line,
    )  # fmt: skip
