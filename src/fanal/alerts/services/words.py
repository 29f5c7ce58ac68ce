"""What is wrong with a report, in words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from fanal.alerts.rules import Problem, Wrong
from fanal.errors import Invalid

MESSAGES: Mapping[Wrong, object] = {
    Wrong.UNKNOWN_CODE: _("This is not one of the possible answers today. Choose one from the list."),
    Wrong.FUTURE: _("This day is still to come."),
    Wrong.ENDS_BEFORE_START: _("The last day is before the first."),
    Wrong.TOO_LONG: _("This text is too long."),
    Wrong.TOO_MANY: _("One alert holds at most 50 persons. Record a second alert for the others."),
    Wrong.REQUIRED: _("This answer is needed."),
    Wrong.IMPOSSIBLE_AGE: _("This age cannot be right."),
    Wrong.CONTRADICTS: _("This contradicts the date of birth."),
    Wrong.EMPTY: _("Say at least one thing: a form, a sign, a person, or a few words."),
}


def refuse(problems: Sequence[Problem]) -> None:
    """Raise `Invalid` for the first problem; `facts["fields"]` names every wrong field with what is wrong."""
    if problems:
        first = problems[0]
        fields = ", ".join(f"{problem.field}: {problem.wrong}" for problem in problems)
        raise Invalid(first.wrong.value, MESSAGES[first.wrong], field=first.field, fields=fields)
