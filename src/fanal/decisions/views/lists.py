"""The register as a list, and as a spreadsheet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.decisions import queries, rules
from fanal.decisions.forms import FilterForm
from fanal.decisions.queries import Decision
from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.web.components import Tag, Tone
from fanal.web.cursors import page
from fanal.web.export import csv_file, xlsx_file

ORDER = "-taken_on"
FILES: Mapping[str, Callable[..., HttpResponse]] = {"csv": csv_file, "xlsx": xlsx_file}
_TONES = {rules.State.DONE: Tone.OK, rules.State.IN_PROGRESS: Tone.SOON}


@dataclass(frozen=True, slots=True)
class Line:
    """A decision as a list shows it."""

    row: Decision
    body: str
    owners: str
    tag: Tag
    overdue: bool


def state_tag(row: Decision, on: date) -> Tag:
    """The state of a decision in a word; overdue is said before anything else."""
    state = rules.State(row.state)
    if rules.overdue(state, row.due_on, on):
        return Tag(_("overdue"), Tone.LATE)
    return Tag(str(row.get_state_display()), _TONES.get(state, Tone.PLAIN))


def lines(rows: Iterable[Decision], language: str, on: date) -> list[Line]:
    """Rows with the words that a list needs; one SQL statement for the names of all owners."""
    rows = list(rows)
    names = directory.labels({unit for row in rows for unit in row.owners}, language)
    return [
        Line(
            row=row,
            body=row.body.short(language),
            owners=", ".join(names[unit] for unit in row.owners if unit in names),
            tag=state_tag(row, on),
            overdue=rules.overdue(rules.State(row.state), row.due_on, on),
        )
        for row in rows
    ]


def _form(request: MemberRequest, rows: QuerySet[Decision], on: date) -> FilterForm:
    """The filters, with what stands in the rows that the member may read."""
    language = request.LANGUAGE_CODE
    owners = directory.labels(queries.owners(rows), language)
    mine = bodies.my_seats(request.member, on)
    return FilterForm(
        request.GET,
        bodies=[(it.code, it.short(language)) for it in bodies.everybody(on) if it.code in mine],
        owners=sorted(((str(unit), name) for unit, name in owners.items()), key=lambda it: it[1].casefold()),
        years=queries.years(rows),
        prepares=any(seat.prepares for seat in mine.values()),
    )


@require_safe
@requires(Permission.DECISION_READ)
def decisions(request: MemberRequest) -> HttpResponse:
    """The decisions that the member may read, the latest first, by filters."""
    member, on = request.member, timezone.localdate()
    rows = queries.visible(member, on)
    form = _form(request, rows, on)
    found = page(
        queries.narrowed(rows, form.search(), on).defer("text", "words"),
        cursor=request.GET.get("cursor", ""),
        order=ORDER,
    )
    context = {
        "filter_form": form,
        "page": found,
        "lines": lines(found.items, request.LANGUAGE_CODE, on),
        "sits": form.sits,
        "may_record": member.may(Permission.MEETING_PREPARE) and form.prepares,
    }
    return render(request, "decisions/list.html", context)


@require_safe
@requires(Permission.DECISION_READ)
def export(request: MemberRequest, kind: str) -> HttpResponse:
    """The filtered register as a spreadsheet, traced."""
    if kind not in FILES:
        raise NotFound
    member, now = request.member, timezone.now()
    on = timezone.localdate(now)
    rows = queries.visible(member, on)
    asked = queries.narrowed(rows, _form(request, rows, on).search(), on)
    found = lines(asked.select_related("superseded_by"), request.LANGUAGE_CODE, on)
    audit.record(
        by=member, verb=Verb.DISCLOSE, act="decisions.export", at=now,
        facts={"count": len(found), "kind": kind},
    )  # fmt: skip
    head = [
        _("Number"), _("Body"), _("Title"), _("Text"), _("Decided on"), _("Answers for it"), _("Due on"), _("State"),
        _("Superseded by"), _("Source"), _("Link"),
    ]  # fmt: skip
    cells = [
        (
            it.row.number, it.body, it.row.title, it.row.text, it.row.taken_on, it.owners, it.row.due_on, it.tag.text,
            it.row.superseded_by.number if it.row.superseded_by else "", it.row.origin, it.row.origin_url,
        )
        for it in found
    ]  # fmt: skip
    return FILES[kind](f"decisions-{on.isoformat()}", head, cells)
