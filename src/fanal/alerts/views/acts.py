"""The acts on one alert, each a page with its form and a way back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.alerts import queries, services
from fanal.alerts.forms import CloseForm, DutyForm, IdentityForm, SendForm
from fanal.alerts.queries import Line
from fanal.country import queries as country
from fanal.directory import queries as directory
from fanal.errors import NotFound, Refusal
from fanal.web.acts import require_form
from fanal.web.errors import into_form
from fanal.web.etags import demand_match, form_version
from fanal.web.forms import Form, respond


@require_form
@requires(Permission.ALERT_ACKNOWLEDGE)
def receipt(request: MemberRequest, reference: str) -> HttpResponse:
    """Say that the unit has the alert, also where it may know of it and not read it."""
    sent = queries.receipt(reference, request.member)
    if request.method == "POST":
        services.acknowledge(by=request.member, reference=reference, at=timezone.now())
        messages.success(request, _("Receipt confirmed."))
        return redirect("alerts:alert", reference) if sent.may_read else redirect("/")
    context = {
        "act": _("Confirm that you have this alert"),
        "reference": reference,
        "consequences": [
            _("Your service has it from now on, and %(unit)s knows it.") % {"unit": sent.sender},
            _("The reminders stop."),
        ],
        "basis": sent.ground,
        "form": Form(),
        "cancel_url": _back(reference) if sent.may_read else "/",
    }
    return render(request, "web/confirm.html", context)


@require_form
@requires(Permission.ALERT_RECORD)
def tick_duty(request: MemberRequest, reference: str, code: str) -> HttpResponse:
    """Note that a duty at detection was fulfilled, when and how."""
    now = timezone.now()
    line = queries.owned_line(reference, request.member)
    law = country.law(timezone.localdate(line.recorded_at))
    duty = next((found for found in law.duties() if found.code == code), None)
    if duty is None:
        raise NotFound
    form = DutyForm(request.POST or None, initial={"done_at": now})
    return _keep(
        request,
        form,
        line,
        template="alerts/act.html",
        heading=duty.label.get(request.LANGUAGE_CODE),
        basis=duty.legal_basis,
        done=_("Noted."),
        act=lambda: services.tick_duty(
            by=request.member,
            reference=reference,
            duty=code,
            at=now,
            version=line.version,
            **form.cleaned_data,
        ),
    )


@require_form
@requires(Permission.ALERT_RECORD)
def send(request: MemberRequest, reference: str) -> HttpResponse:
    """Send the alert to one more service, for a purpose and on a ground."""
    now = timezone.now()
    line = queries.owned_line(reference, request.member)
    on = timezone.localdate(now)
    form = SendForm(
        request.POST or None,
        units=directory.units(on=on),
        but=request.member.unit_id,
        law=country.law(on),
        language=request.LANGUAGE_CODE,
    )
    return _keep(
        request,
        form,
        line,
        template="alerts/act.html",
        heading=_("Send to another service"),
        lead=_("It will read the whole alert, identities included, and the trace says so."),
        done=pgettext("alert", "Sent."),
        act=lambda: services.transmit_further(
            by=request.member, reference=reference, at=now, version=line.version, **form.cleaned_data
        ),
    )


@require_form
@requires(Permission.ALERT_CLOSE)
def close(request: MemberRequest, reference: str) -> HttpResponse:
    """End the alert with its outcome. What stands in the way is said before one tries."""
    now = timezone.now()
    line = queries.owned_line(reference, request.member)
    on = timezone.localdate(now)
    law = country.law(on)
    obstacles = queries.obstacles(reference, request.member, law, now)
    if obstacles and request.method != "POST":
        context = {"reference": reference, "obstacles": obstacles}
        return render(request, "alerts/blocked.html", {**context, "cancel_url": _back(reference)})
    form = CloseForm(
        request.POST or None,
        units=directory.units(on=on),
        but=request.member.unit_id,
        law=law,
        language=request.LANGUAGE_CODE,
    )
    return _keep(
        request,
        form,
        line,
        template="alerts/act.html",
        heading=_("Close with an outcome"),
        lead=_("No alert ends without an account. It can be reopened."),
        done=pgettext("alert", "Closed."),
        act=lambda: services.close(
            by=request.member, reference=reference, at=now, version=line.version, **form.cleaned_data
        ),
    )


@require_form
@requires(Permission.ALERT_CLOSE)
def reopen(request: MemberRequest, reference: str) -> HttpResponse:
    """Take an ending back."""
    line = queries.owned_line(reference, request.member)
    form = Form(request.POST) if request.method == "POST" else Form()
    return _keep(
        request,
        form,
        line,
        template="alerts/act.html",
        heading=_("Reopen"),
        lead=_("The outcome is taken back, and services that never confirmed receipt are reminded again."),
        done=pgettext("alert", "Reopened."),
        act=lambda: services.reopen(
            by=request.member, reference=reference, at=timezone.now(), version=line.version
        ),
    )


@require_form
@requires(Permission.IDENTITY_READ)
def identities(request: MemberRequest, reference: str) -> HttpResponse:
    """Show who the persons are, for a purpose that is asked and traced first."""
    now = timezone.now()
    persons = queries.persons_of(reference, request.member)
    if not queries.may_read(reference, request.member):
        raise NotFound
    law = country.law(timezone.localdate(now))
    form = IdentityForm(request.POST or None, law=law, language=request.LANGUAGE_CODE)
    context = {
        "reference": reference,
        "persons": persons,
        "law": law,
        "cancel_url": _back(reference),
        "draft": False,
    }
    if form.is_valid():
        try:
            found = services.reveal_identity(
                by=request.member, reference=reference, at=now, **form.cleaned_data
            )
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            shown = [(person, found.get(person.person_id)) for person in persons]
            return render(request, "alerts/identities.html", {**context, "shown": shown})
    return respond(request, "alerts/reveal.html", form, **context)


def _keep(
    request: MemberRequest,
    form: Form,
    line: Line,
    *,
    template: str,
    act: Callable[[], object],
    done: str,
    **context: object,
) -> HttpResponse:
    """Show the form of an act, or do the act and go back to the alert."""
    if form.is_bound and form.is_valid():
        try:
            demand_match(request, line.version)
            act()
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, done)
            return redirect("alerts:alert", line.reference)
    return respond(
        request,
        template,
        form,
        reference=line.reference,
        cancel_url=_back(line.reference),
        version=form_version(line.version),
        **context,
    )


def _back(reference: str) -> str:
    return reverse("alerts:alert", args=[reference])
