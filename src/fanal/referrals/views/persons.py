"""The persons our service refers: prepared here, seen by nobody else, and who could take them now."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.alerts import queries as alerts
from fanal.alerts import services as alert_services
from fanal.errors import NotFound, Refusal
from fanal.referrals import queries, services
from fanal.referrals.forms import AlertForm, FromAlertForm, PersonForm
from fanal.referrals.rules.capacity import Answer, Needs
from fanal.referrals.rules.content import Item
from fanal.referrals.views.common import law_now
from fanal.web.acts import keep, posted, require_form
from fanal.web.components import Line, Tag, Tone
from fanal.web.cursors import page
from fanal.web.errors import into_form
from fanal.web.etags import form_version
from fanal.web.forms import respond

_TONES = {Answer.YES: Tone.OK, Answer.UNKNOWN: Tone.SOON, Answer.NO: Tone.LATE}


@require_safe
@requires(Permission.REFERRAL_PROPOSE)
def persons(request: MemberRequest) -> HttpResponse:
    """The persons our service refers, by reference."""
    found = page(queries.matters(request.member), cursor=request.GET.get("cursor", ""), order="-changed_at")
    return render(request, "referrals/persons.html", {"page": found})


@require_form
@requires(Permission.REFERRAL_PROPOSE)
def new(request: MemberRequest) -> HttpResponse:
    """Begin: with a person of an alert, or without an alert."""
    form = AlertForm(posted(request))
    found: tuple[alerts.Handoff, ...] | None = None
    if form.is_valid():
        found = alert_services.hand_off(
            by=request.member, reference=form.cleaned_data["alert"], at=timezone.now()
        )
        if not found:
            form.add_error("alert", _("No person stands in an alert with this reference that you may see."))
    context = {
        "found": found,
        "alert": form.cleaned_data.get("alert", "") if form.is_bound else "",
        "draft": False,
    }
    return respond(request, "referrals/new.html", form, **context)


@require_form
@requires(Permission.REFERRAL_PROPOSE)
def alone(request: MemberRequest) -> HttpResponse:
    """Write down a person who stands in no alert."""
    now = timezone.now()
    form = PersonForm(posted(request), law=law_now(now), language=request.LANGUAGE_CODE)
    return _prepare(request, form, now)


@require_form
@requires(Permission.REFERRAL_PROPOSE)
def from_alert(request: MemberRequest, alert: str, person_id: UUID) -> HttpResponse:
    """Write down a person of an alert: what the alert says is filled in."""
    now = timezone.now()
    there = queries.matters(request.member).filter(person=person_id).first()
    if there:
        return redirect("referrals:person", there.reference)
    alert_services.hand_off(by=request.member, reference=alert, person_id=person_id, at=now)
    start = queries.from_alert(alert, person_id, request.member)
    form = FromAlertForm(posted(request), law=law_now(now), language=request.LANGUAGE_CODE, start=start)
    return _prepare(request, form, now, alert=alert, person_id=person_id)


def _prepare(
    request: MemberRequest, form: PersonForm, now: datetime, *, alert: str = "", person_id: UUID | None = None
) -> HttpResponse:
    """`submission` travels with the form: sent twice, it makes one person."""
    submission = _uuid(request.POST.get("submission", "")) or uuid4()
    if form.is_valid():
        copy = {name: form.cleaned_data.get(name, "") for name in ("identity_for", "file_reference")}
        try:
            row = services.prepare(
                by=request.member, about=form.about(), alert=alert, person_id=person_id, submission=submission,
                at=now, **copy,
            )  # fmt: skip
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return redirect("referrals:person", row.reference)
    context = {"alert": alert, "submission": submission, "cancel_url": reverse("referrals:persons")}
    return respond(request, "referrals/person_form.html", form, **context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_safe
@requires(Permission.REFERRAL_PROPOSE)
def person(request: MemberRequest, reference: str) -> HttpResponse:
    """One person in preparation: who could take her now, on what grounds we may send, what was proposed."""
    now = timezone.now()
    found = services.read_matter(by=request.member, reference=reference, at=now)
    law = law_now(now)
    options = _options(found.needs, request, found.matter.reference, now)
    context = {
        "found": found,
        "matter": found.matter,
        "law": law,
        "now": now,
        "told": queries.told(found.about, law, request.LANGUAGE_CODE),
        "has_identity": Item.IDENTITY in found.held,
        "options": options,
        "main": next((line for line in options[:1] if line.tag and line.tag.tone is Tone.OK), None),
        "may_consent": request.member.may(Permission.CONSENT_RECORD),
        "may_see_who_looked": request.member.may(Permission.TRACE_READ),
    }
    return render(request, "referrals/person.html", context)


def _options(wanted: Needs, request: MemberRequest, reference: str, now: datetime) -> list[Line]:
    """Each service that may be asked, those with room first: its answer, and why."""
    rows = queries.options(wanted, request.member, at=now, on=timezone.localdate(now))
    return [_line(row, reference, request.LANGUAGE_CODE) for row in rows]


def _line(row: queries.Option, reference: str, language: str) -> Line:
    why = "; ".join(queries.because(row.fit))
    if row.capacity:
        published = date_format(timezone.localtime(row.capacity.published_at), "d.m.Y H:i")
        why = _("%(why)s. Figures of %(moment)s.") % {"why": why, "moment": published}
    return Line(
        title=_("Propose to %(unit)s") % {"unit": row.unit.label(language)},
        url=reverse("referrals:propose", args=[reference, row.unit.code]),
        why=why,
        tag=Tag(str(queries.ANSWERS[row.fit.answer]), _TONES[row.fit.answer]),
    )


@require_form
@requires(Permission.REFERRAL_PROPOSE)
def amend(request: MemberRequest, reference: str) -> HttpResponse:
    """Correct what our service holds of the person."""
    now = timezone.now()
    found = services.read_matter(by=request.member, reference=reference, with_identity=True, at=now)
    form = PersonForm(posted(request), law=law_now(now), language=request.LANGUAGE_CODE, start=found.about)
    version = _version(request, found.matter.version)
    return keep(
        request, form, "referrals/person_form.html",
        do=lambda: services.amend(
            by=request.member, reference=reference, about=form.about(), version=version, at=now
        ),
        done=_("Saved."), back=reverse("referrals:person", args=[found.matter.reference]),
        matter=found.matter, version=form_version(version),
    )  # fmt: skip


def _version(request: MemberRequest, shown: int) -> int:
    """The version that was read when the form was opened; a form without one is not ours."""
    if request.method != "POST":
        return shown
    typed = request.POST.get("version", "")
    if not typed.isdecimal():
        raise NotFound
    return int(typed)
