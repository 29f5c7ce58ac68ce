"""The list of alerts, its export, and what became of them."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.alerts import queries, services
from fanal.alerts.forms import FilterForm, FunnelForm
from fanal.alerts.rules import SMALLEST, code_label, purpose_label
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.errors import NotFound
from fanal.web.components import Bar, Chart, Tone
from fanal.web.export import csv_file, xlsx_file


@require_safe
@requires(Permission.ALERT_READ)
def alerts(request: MemberRequest) -> HttpResponse:
    """The alerts the unit recorded or received, filtered by the URL."""
    now = timezone.now()
    law = country.law(timezone.localdate(now))
    form = FilterForm(request.GET, law=law, language=request.LANGUAGE_CODE)
    page = queries.listed(request.member, form.filters(), now, cursor=request.GET.get("cursor", ""))
    context = {
        "filter_form": form,
        "page": page,
        "law": law,
        "now": now,
        "may_record": request.member.may(Permission.ALERT_RECORD),
        "may_export": request.member.may(Permission.EXPORT),
    }
    return render(request, "alerts/list.html", context)


_WRITERS = {"csv": csv_file, "xlsx": xlsx_file}


@require_safe
@requires(Permission.EXPORT)
def export(request: MemberRequest, kind: str) -> HttpResponse:
    """The same list for a spreadsheet: codes and dates, no person; traced as a disclosure."""
    if kind not in _WRITERS:
        raise NotFound
    now = timezone.now()
    law = country.law(timezone.localdate(now))
    form = FilterForm(request.GET, law=law, language=request.LANGUAGE_CODE)
    lines = services.export(by=request.member, filters=form.filters(), kind=kind, at=now)
    header = [
        _("Reference"), pgettext("alert", "Recorded"), _("Recorded by"), _("State"), _("Urgent"),
        _("A minor, or perhaps one"), _("What"), _("Forms"), _("Municipality"), _("District"), _("Persons"),
        _("Outcome"), pgettext("alert", "Closed"),
    ]  # fmt: skip
    rows = [_exported(line, law, request.LANGUAGE_CODE) for line in lines]
    return _WRITERS[kind](f"alerts-{timezone.localdate(now):%Y%m%d}", header, rows)


def _exported(line: queries.Line, law: Law, language: str) -> list[object]:
    return [
        line.reference,
        line.recorded_at,
        line.owner,
        pgettext("alert", "open") if line.open else pgettext("alert", "closed"),
        _("yes") if line.urgent else _("no"),
        _("yes") if line.child else _("no"),
        code_label(law, "phenomenon", line.phenomenon, language),
        ", ".join(purpose_label(law, form, language) for form in line.forms),
        line.municipality,
        line.district,
        line.person_count,
        code_label(law, "alert_outcome", line.outcome, language),
        line.closed_at,
    ]


@require_safe
@requires(Permission.ALERT_READ)
def own_funnel(request: MemberRequest) -> HttpResponse:
    """What became of the alerts the unit recorded: its own exact figures."""
    return _funnel(request, national=False)


@require_safe
@requires(Permission.FUNNEL_READ)
def national_funnel(request: MemberRequest) -> HttpResponse:
    """What became of the alerts of the whole country, for those who read none: small figures hidden."""
    return _funnel(request, national=True)


def _funnel(request: MemberRequest, *, national: bool) -> HttpResponse:
    now = timezone.localtime()
    law = country.law(now.date())
    form = FunnelForm(request.GET, years=queries.years(now), law=law, language=request.LANGUAGE_CODE, now=now)
    if not national:
        del form.fields["unit_kind"], form.fields["form"]
    asked: Mapping[str, str] = form.cleaned_data if form.is_valid() else {}
    year = int(asked.get("year", now.year))
    if national:
        found = queries.national_funnel(
            year, unit_kind=asked.get("unit_kind", ""), form=asked.get("form", "")
        )
    else:
        found = queries.own_funnel(request.member, year)
    context = {
        "form": form,
        "funnel": found,
        "chart": _chart(found, law, request.LANGUAGE_CODE),
        "national": national,
        "smallest": SMALLEST,
    }
    return render(request, "alerts/funnel.html", context)


def _chart(found: queries.Funnel, law: Law, language: str) -> Chart:
    """Outcomes in the order of the pack, the alerts that are still open last; none is left out."""
    counts = {cell.outcome: cell.count for cell in found.cells}
    order = [*(code.code for code in law.codes("alert_outcome")), *counts, ""]
    bars = [
        Bar(
            label=code_label(law, "alert_outcome", outcome, language) if outcome else _("No outcome yet"),
            value=counts[outcome] or 0,
            tone=Tone.PLAIN if outcome else Tone.SOON,
            shown="" if counts[outcome] is not None else _("fewer than %(n)d") % {"n": SMALLEST},
        )
        for outcome in dict.fromkeys([*(o for o in order if o), ""])
        if outcome in counts
    ]
    return Chart(
        title=_("What became of the alerts of %(year)d") % {"year": found.year},
        sentence=_sentence(found, counts),
        bars=bars,
        label_head=_("Outcome"),
        value_head=_("Alerts"),
    )


def _sentence(found: queries.Funnel, counts: Mapping[str, int | None]) -> str:
    if found.total is None:
        return _("Fewer than %(n)d alerts.") % {"n": SMALLEST} if found.cells else _("No alert in this year.")
    open_ones = counts.get("", 0)
    said = ngettext("%(n)d alert", "%(n)d alerts", found.total) % {"n": found.total}
    if "" in counts and open_ones is None:
        return _("%(alerts)s; fewer than %(n)d have no outcome yet.") % {"alerts": said, "n": SMALLEST}
    return ngettext(
        "%(alerts)s; %(n)d has no outcome yet.", "%(alerts)s; %(n)d have no outcome yet.", open_ones or 0
    ) % {"alerts": said, "n": open_ones}
