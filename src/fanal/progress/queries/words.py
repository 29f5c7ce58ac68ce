"""States, reasons, periods and numbers in the reader's words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from fanal.plans.rules import MeasureLine
from fanal.progress.rules import Code, Evaluation, Period, Reason, period_at, period_of
from fanal.web.components import Tag, Tone
from fanal.web.templatetags.fanal import day

STATES: Mapping[Code, Promise] = {
    Code.LATE: pgettext_lazy("state of a measure", "late"),
    Code.BLOCKED: pgettext_lazy("state of a measure", "blocked"),
    Code.NO_REPORT: pgettext_lazy("state of a measure", "no report"),
    Code.ON_TRACK: pgettext_lazy("state of a measure", "on track"),
    Code.NOT_STARTED: pgettext_lazy("state of a measure", "not started"),
    Code.DONE: pgettext_lazy("state of a measure", "done"),
    Code.DROPPED: pgettext_lazy("state of a measure", "dropped"),
}
"""The worst first: the order of every count and legend."""

SIGNS: Mapping[Code, str] = {
    Code.LATE: "!",
    Code.BLOCKED: "■",
    Code.NO_REPORT: "?",
    Code.ON_TRACK: "→",
    Code.NOT_STARTED: "○",
    Code.DONE: "✓",
    Code.DROPPED: "✕",
}
TONES: Mapping[Code, Tone] = {
    Code.LATE: Tone.LATE,
    Code.BLOCKED: Tone.LATE,
    Code.NO_REPORT: Tone.SOON,
    Code.ON_TRACK: Tone.PLAIN,
    Code.NOT_STARTED: Tone.PLAIN,
    Code.DONE: Tone.OK,
    Code.DROPPED: Tone.PLAIN,
}
EVALUATIONS: Mapping[Evaluation, Promise] = {
    Evaluation.REALISED: pgettext_lazy("evaluation of a measure", "realised"),
    Evaluation.PARTLY: pgettext_lazy("evaluation of a measure", "partly realised"),
    Evaluation.NOT_REALISED: pgettext_lazy("evaluation of a measure", "not realised"),
}
_REASONS: Mapping[str, Promise] = {
    "dropped_by_decision": gettext_lazy("Dropped by decision %(number)s of %(on)s."),
    "done": gettext_lazy("Carried out, with evidence: report of %(period)s."),
    "before_start": gettext_lazy("Begins on %(on)s."),
    "first_report_not_due": gettext_lazy("The first report is expected by %(on)s."),
    "first_report_missing": gettext_lazy("No report yet; that of %(period)s is missing."),
    "never_reported": gettext_lazy("The plan is over and nothing was reported here."),
    "not_reviewed": gettext_lazy("Reported up to %(period)s and not reviewed yet."),
    "end_passed": gettext_lazy("It should have been finished on %(on)s."),
    "blocked": gettext_lazy("The lead says what blocks it: report of %(period)s."),
    "benchmark_missed": gettext_lazy("%(indicator)s: %(wanted)s wanted by %(on)s, %(found)s reached."),
    "benchmark_unknown": gettext_lazy("%(indicator)s: %(wanted)s wanted by %(on)s, no figure reported."),
    "benchmark_met": gettext_lazy("%(indicator)s: %(wanted)s wanted by %(on)s, %(found)s reached: in time."),
    "target_missed": gettext_lazy("%(indicator)s: target %(wanted)s on %(on)s, %(found)s reached."),
    "target_unknown": gettext_lazy("%(indicator)s: target %(wanted)s on %(on)s, no figure reported."),
    "target_met": gettext_lazy("%(indicator)s: target %(wanted)s, %(found)s reached."),
    "target_open": gettext_lazy(
        "Said to be completed, but %(indicator)s has reached %(found)s of %(wanted)s."
    ),
    "not_begun": gettext_lazy("It should have begun on %(on)s and has not."),
    "without_evidence": gettext_lazy("Said to be carried out, without evidence: report of %(period)s."),
    "done_disputed": gettext_lazy("Said to be carried out; the review does not agree: report of %(period)s."),
    "reported": gettext_lazy("Under way: report of %(period)s."),
}


def state_words(code: Code) -> str:
    """The word of a state."""
    return str(STATES[code])


def state_tag(code: Code) -> Tag:
    """Sign and word of a state, with its tone."""
    return Tag(f"{SIGNS[code]} {STATES[code]}", TONES[code])


def reason_words(reason: Reason, line: MeasureLine, months: int) -> str:
    """The sentence of a reason, in the reader's language; `months`: the length of a period."""
    if reason.code == "reports_missing":
        count = int(str(reason.facts["count"]))
        return ngettext(
            "%(count)d report is missing, since %(period)s.",
            "%(count)d reports in a row are missing, since %(period)s.",
            count,
        ) % _shown(reason, line, months)
    return str(_REASONS[reason.code]) % _shown(reason, line, months)


def _shown(reason: Reason, line: MeasureLine, months: int) -> dict[str, object]:
    language = get_language() or "en"
    units = {each.key: each for each in line.indicators}
    found: dict[str, object] = {}
    for name, value in reason.facts.items():
        if name == "indicator":
            found[name] = units[str(value)].title(language) if str(value) in units else value
        elif name == "period" and isinstance(value, date):
            found[name] = period_words(period_at(value, months))
        elif isinstance(value, date):
            found[name] = day(value)
        elif isinstance(value, Decimal):
            found[name] = number_words(value)
        else:
            found[name] = _("nothing") if value is None else value
    return found


def period_words(period: Period) -> str:
    """A period as people call it: `quarter 3 of 2024`, `March 2024`, `2024`."""
    facts = {"number": period.number, "year": period.first.year}
    if period.months == 1:
        return date_format(period.first, "F Y")
    if period.months == 3:
        return _("quarter %(number)d of %(year)d") % facts
    if period.months == 6:
        return _("half-year %(number)d of %(year)d") % facts
    if period.months == 12:
        return str(period.first.year)
    return _("period %(number)d of %(year)d") % facts


def number_words(value: Decimal) -> str:
    """A number as Belgians write it, `1 234,5`; in English with a point. It can be typed again as it stands."""
    whole, _point, part = f"{value:f}".partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = f"{int(whole):,}".replace(",", "\u00a0")
    part = part.rstrip("0")
    mark = "." if (get_language() or "en").startswith("en") else ","
    return f"{sign}{groups}{mark if part else ''}{part}"


def is_period(reference: str) -> bool:
    """Whether a reference is that of a period, as reminders carry it."""
    return period_of(reference) is not None
