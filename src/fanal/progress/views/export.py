"""The progress of a plan as a table to take away."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.progress import queries
from fanal.web.export import csv_file, xlsx_file

_FILES = {"csv": csv_file, "xlsx": xlsx_file}


@require_safe
@requires(Permission.PLAN_READ)
def export(request: MemberRequest, plan: str, kind: str) -> HttpResponse:
    """One row for each indicator of each measure: state, reason, figures; `kind` is csv or xlsx."""
    if kind not in _FILES:
        raise NotFound
    on, language = timezone.localdate(), request.LANGUAGE_CODE
    names = directory.institution_names(language)
    rows: list[list[object]] = []
    for each in queries.states(plan, on):
        line, months = each.line, each.task.rhythm.months
        start = [
            line.number,
            line.title(language),
            names.get(line.lead, line.lead),
            line.starts_on,
            line.ends_on,
            queries.state_words(each.state.code),
            queries.reason_words(each.state.reason, line, months),
            each.state.reported,
            len(each.state.missing),
            queries.EVALUATIONS[each.evaluation] if each.evaluation else "",
        ]
        for indicator in line.indicators or (None,):
            last = each.record.values.get(indicator.key) if indicator else None
            rows.append(
                [
                    *start,
                    indicator.title(language) if indicator else "",
                    indicator.unit if indicator else "",
                    _number(indicator.baseline if indicator else None),
                    _number(last.value if last else None),
                    last.measured_on if last else None,
                    _number(indicator.target if indicator else None),
                    indicator.target_on if indicator else None,
                ]
            )
    header = [
        _("Number"), _("Measure"), _("Lead institution"), _("Begins"), _("Ends"), _("State"), _("Reason"),
        _("Reported up to"), _("Reports missing"), _("Evaluation"), _("Indicator"), _("Unit of counting"),
        _("Baseline"), _("Last figure"), _("Measured on"), _("Target"), _("Target on"),
    ]  # fmt: skip
    return _FILES[kind](f"progress-{on.isoformat()}", header, rows)


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
