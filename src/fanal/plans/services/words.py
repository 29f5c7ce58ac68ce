"""The words of everything that can be wrong with a measure: what it is, and what to do."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fanal.errors import Invalid
from fanal.plans.rules import Fault, Found

WORDS: Mapping[Fault, Promise] = {
    Fault.NO_NUMBER: _("Give the measure a number, such as 3.2."),
    Fault.NO_TITLE: _("Give the measure a title in one language at least."),
    Fault.TOO_LONG: _("This text is too long: at most %(about)s characters."),
    Fault.NO_LEAD: _("Say which institution leads the measure: without a lead nobody reports on it."),
    Fault.UNKNOWN_LEAD: _("The directory has no institution “%(about)s”. Choose one of its codes."),
    Fault.UNKNOWN_CO_LEAD: _("The directory has no institution “%(about)s”. Choose one of its codes."),
    Fault.LEAD_TWICE: _("“%(about)s” leads the measure already: take it out of the co-responsible ones."),
    Fault.UNKNOWN_CONTACT: _("The directory has no contact point “%(about)s” of a federated entity."),
    Fault.NO_START: _("Say on which day the measure starts."),
    Fault.NO_END: _("Say on which day the measure ends."),
    Fault.ENDS_BEFORE_START: _("The measure ends before it starts. Correct one of the two days."),
    Fault.BEFORE_PLAN: _("The measure starts before the plan does (%(about)s)."),
    Fault.AFTER_PLAN: _("The measure ends after the plan does (%(about)s)."),
    Fault.BUDGET_NEGATIVE: _("A budget is zero or more. Leave it empty where it is not known."),
    Fault.UNKNOWN_GOAL: _("“%(about)s” is not in the list. Choose one of its codes."),
    Fault.INDICATOR_UNNAMED: _("Give the indicator a name in one language at least."),
    Fault.INDICATOR_WITHOUT_UNIT: _("Say in which unit the indicator counts, such as persons or %%."),
    Fault.TARGET_WITHOUT_BASELINE: _(
        "A target needs the value it starts from: give the baseline, or leave the target empty."
    ),
    Fault.TARGET_WITHOUT_DAY: _("Say by which day the target is to be reached."),
    Fault.DAY_WITHOUT_TARGET: _("There is a day for the target, and no target. Give it, or empty the day."),
    Fault.TARGET_OUTSIDE_PLAN: _("The day of the target (%(about)s) lies outside the plan."),
    Fault.BASELINE_AFTER_TARGET: _("The baseline is not older than the target. Correct one of the two days."),
    Fault.BENCHMARK_BEFORE_PLAN: _("The benchmark of %(about)s lies before the plan begins."),
    Fault.BENCHMARK_AFTER_PLAN: _("The benchmark of %(about)s lies after the plan has ended."),
    Fault.BENCHMARK_TWICE: _("There are two benchmarks for %(about)s. Keep one."),
}


def said(found: Found) -> str:
    """A fault in the reader's language."""
    return str(WORDS[found.fault]) % {"about": found.about}


def demand_none(found: Iterable[Found]) -> None:
    """Refuses with the first fault (`Invalid` with its code, on its field); the others stand in its facts."""
    every = list(found)
    if every:
        first = every[0]
        raise Invalid(
            first.fault.value, said(first), field=first.field, faults=[it.fault.value for it in every]
        )
