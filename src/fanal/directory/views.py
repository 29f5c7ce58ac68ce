"""Pages: whom to call and who is who for everybody; who holds what for members; keeping it for administrators."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Member, Permission
from fanal.country import queries as country
from fanal.directory import queries, services
from fanal.directory.forms import (
    AppointForm,
    CallForm,
    ChangeContactForm,
    ContactForm,
    EndForm,
    SearchForm,
)
from fanal.directory.rules import vcard
from fanal.errors import Refusal
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.etags import Version, demand_match, form_version
from fanal.web.forms import Form, respond


@require_safe
@public("who finds a person in danger must know at once whom to call")
def call(request: HttpRequest) -> HttpResponse:
    """Whom do I call? The question stands in the URL."""
    form = CallForm(request.GET, language=request.LANGUAGE_CODE, now=timezone.now())
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        question = form.question()
        context |= {
            "where": form.where,
            "several": form.several if not form.where.municipality else (),
            "question": question,
            "at_office": country.pack().calendar.is_office_hour(question.at),
            "answers": queries.whom_to_call(question, private=_is_member(request)),
        }
    context["areas"] = queries.areas(form.on)
    return render(request, "directory/call.html", context, status=422 if form.errors else 200)


@require_safe
@public("part of whom to call")
def municipalities(request: HttpRequest) -> HttpResponse:
    """The municipalities that begin with what is being typed, as links that answer."""
    found = queries.search_municipalities(
        request.GET.get("q", "")[:100], timezone.localdate(), request.LANGUAGE_CODE
    )
    return render(
        request, "directory/municipalities.html", {"found": found, "typed": request.GET.get("q", "")}
    )


@require_safe
@public("who is who is no secret")
def institutions(request: HttpRequest) -> HttpResponse:
    """Every service, by institution, filtered by the words one types."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.search_cards(text, on=timezone.localdate())
    return render(request, "directory/institutions.html", {"form": form, "cards": found})


@require_safe
@public("how a service is reached is no secret; what is one stands on the page for members")
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One service: where it is competent and how it is reached. It prints as a card."""
    on = timezone.localdate()
    context = {"card": queries.card(code, on=on), "areas": queries.areas(on), "on": on}
    return render(request, "directory/unit.html", context)


@require_safe
@public("the card of a service, for an address book")
def unit_vcard(request: HttpRequest, code: str) -> HttpResponse:
    """The card of one service as vCard 4.0 (RFC 6350)."""
    card = queries.card(code, on=timezone.localdate())
    headers = {"Content-Disposition": f'attachment; filename="{code}.vcf"'}
    body = vcard(card, request.LANGUAGE_CODE)
    return HttpResponse(body, content_type="text/vcard; charset=utf-8", headers=headers)


@require_safe
@requires(Permission.DIRECTORY_READ)
def people(request: MemberRequest, code: str) -> HttpResponse:
    """Who holds which function in a service, who stands in, and the numbers that are not public."""
    on = timezone.localdate()
    card = queries.card(code, on=on, private=True)
    context = {
        "card": card,
        "holders": queries.holders(card.unit_id, on=on),
        "may_edit": request.member.may(Permission.DIRECTORY_EDIT),
    }
    return render(request, "directory/people.html", context)


@require_form
@requires(Permission.DIRECTORY_EDIT)
def appoint(request: MemberRequest, code: str) -> HttpResponse:
    """Give a function in a service to somebody."""
    now = timezone.now()
    unit = queries.unit_by_code(code)
    names = [
        (it.code, it.label(request.LANGUAGE_CODE))
        for it in queries.functions(unit.kind, on=timezone.localdate(now))
    ]
    form = AppointForm(posted(request), functions=names)
    return _keep(
        request,
        form,
        unit,
        _("Add a mandate"),
        lambda: services.appoint(by=request.member, unit=unit, at=now, **form.cleaned_data),
    )


@require_form
@requires(Permission.DIRECTORY_EDIT)
def end_mandate(request: MemberRequest, mandate_id: int) -> HttpResponse:
    """Say on which day a holder's function ends."""
    now = timezone.now()
    mandate = queries.mandate(mandate_id, lock=request.method == "POST")
    form = EndForm(posted(request), initial={"last_day": mandate.valid_to or timezone.localdate(now)})
    return _keep(
        request,
        form,
        mandate.unit,
        _("End the mandate of %(holder)s") % {"holder": mandate.holder},
        lambda: services.end_mandate(by=request.member, mandate=mandate, at=now, **form.cleaned_data),
        version=mandate.changed_at,
    )


@require_form
@requires(Permission.DIRECTORY_EDIT)
def add_contact_point(request: MemberRequest, code: str) -> HttpResponse:
    """Add a way to reach a service."""
    now = timezone.now()
    unit = queries.unit_by_code(code)
    form = ContactForm(posted(request), initial={"valid_from": timezone.localdate(now)})
    return _keep(
        request,
        form,
        unit,
        _("Add a way to reach this service"),
        lambda: services.add_contact_point(
            by=request.member,
            unit=unit,
            channel=form.cleaned_data["channel"],
            label=form.cleaned_data["label"],
            reach=form.reach(),
            at=now,
        ),
    )


@require_form
@requires(Permission.DIRECTORY_EDIT)
def change_contact_point(request: MemberRequest, contact_id: int) -> HttpResponse:
    """Make a number or an address another one from a day on."""
    now = timezone.now()
    point = queries.contact_point(contact_id, lock=request.method == "POST")
    form = ChangeContactForm(
        posted(request), initial=_said(point, request.LANGUAGE_CODE, timezone.localdate(now))
    )
    return _keep(
        request,
        form,
        point.unit,
        _("Change %(value)s") % {"value": point.value},
        lambda: services.change_contact_point(by=request.member, point=point, reach=form.reach(), at=now),
        version=point.version,
    )


def _is_member(request: HttpRequest) -> bool:
    member: Member | None = getattr(request, "member", None)
    return member is not None and member.may(Permission.DIRECTORY_READ)


def _said(point: queries.ContactPoint, language: str, today: date) -> dict[str, object]:
    return {
        "value": point.value,
        "hours": point.hours_label(language),
        "always": point.always,
        "public": point.public,
        "valid_from": max(point.valid_from, today),
        "valid_to": point.valid_to,
    }


def _keep(
    request: MemberRequest,
    form: Form,
    unit: queries.Unit,
    heading: str,
    act: Callable[[], object],
    version: Version | None = None,
) -> HttpResponse:
    """Show a form of the directory, or do its act and go back to the page of the service."""
    if form.is_valid():
        try:
            if version is not None:
                demand_match(request, version)
            act()
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("directory:people", unit.code)
    context = {
        "heading": heading,
        "unit": unit.short(request.LANGUAGE_CODE),
        "code": unit.code,
        "version": None if version is None else form_version(version),
    }
    return respond(request, "directory/keep.html", form, **context)
