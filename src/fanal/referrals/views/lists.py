"""Lists: referrals in and out, exceptions to review, and the file one takes along."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.alerts.rules import code_label
from fanal.country.schema import Law
from fanal.errors import NotFound
from fanal.referrals import queries, services
from fanal.referrals.forms import FilterForm
from fanal.referrals.views.common import law_now
from fanal.web.components import Line, urgency
from fanal.web.cursors import page
from fanal.web.export import csv_file, xlsx_file

FILES = {"csv": csv_file, "xlsx": xlsx_file}
ORDER = "-proposed_at"


@require_safe
@requires(Permission.REFERRAL_READ)
def referrals(request: MemberRequest) -> HttpResponse:
    """What was sent to us and by us, filtered in the URL."""
    now = timezone.now()
    law = law_now(now)
    form = FilterForm(request.GET, law=law, language=request.LANGUAGE_CODE)
    rows = queries.referrals(request.member, form.narrowed(now))
    context = {
        "filter_form": form,
        "page": page(rows, cursor=request.GET.get("cursor", ""), order=ORDER),
        "law": law,
        "now": now,
        "may_propose": request.member.may(Permission.REFERRAL_PROPOSE),
        "may_export": request.member.may(Permission.EXPORT),
        "may_see_places": request.member.may(Permission.CAPACITY_READ),
    }
    return render(request, "referrals/list.html", context)


@require_safe
@requires(Permission.EXPORT)
def export(request: MemberRequest, kind: str) -> HttpResponse:
    """The filtered list as a spreadsheet: no person stands in it, and taking it along is traced."""
    if kind not in FILES:
        raise NotFound
    now = timezone.now()
    law = law_now(now)
    form = FilterForm(request.GET, law=law, language=request.LANGUAGE_CODE)
    rows = services.export(by=request.member, narrowed=form.narrowed(now), kind=kind, at=now)
    head = [
        _("Reference"),
        _("Proposed"),
        _("From"),
        _("To"),
        _("Purpose"),
        _("State"),
        _("Answer by"),
        _("Reason"),
    ]
    return FILES[kind]("referrals", head, list(_cells(rows, law, request.LANGUAGE_CODE)))


def _cells(rows: Sequence[queries.Referral], law: Law, language: str) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.reference,
            row.proposed_at,
            row.from_unit.label(language),
            row.to_unit.label(language),
            code_label(law, "referral_purpose", row.purpose, language),
            row.get_state_display(),
            row.due_at,
            code_label(law, "referral_refusal", row.refusal, language) if row.refusal else "",
        ]


@require_safe
@requires(Permission.CONSENT_RECORD)
def exceptions(request: MemberRequest) -> HttpResponse:
    """What our service sends without the person's consent: on what ground, why, and when it is looked at again."""
    now = timezone.now()
    found = page(queries.exceptions(request.member), cursor=request.GET.get("cursor", ""), order="review_due")
    law = law_now(now)
    grounds = services.read_grounds(by=request.member, rows=found.items, at=now)
    lines = [_to_review(ground, law, request.LANGUAGE_CODE, now) for ground in grounds]
    return render(request, "referrals/exceptions.html", {"page": found, "lines": lines})


def _to_review(ground: queries.Ground, law: Law, language: str, now: datetime) -> Line:
    row = ground.row
    due = row.review_due or timezone.localdate(now)
    words = [
        code_label(law, "consent_ground", row.ground, language), ground.article, ground.why,
        _("Review on %(day)s") % {"day": date_format(due, "d.m.Y")},
    ]  # fmt: skip
    return Line(
        title=_("%(reference)s, sent to %(unit)s: %(purpose)s")
        % {
            "reference": row.matter.reference,
            "unit": row.to_unit.label(language),
            "purpose": code_label(law, "referral_purpose", row.purpose, language),
        },
        url=reverse("referrals:review", args=[row.id]),
        why=". ".join(word.rstrip(".") for word in words if word),
        tag=urgency(due, now),
    )
