"""What the forms of alerts share: choices of the law, and the rules' problems beside the right field."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from fanal.alerts import rules
from fanal.alerts.rules import Report, Wrong
from fanal.alerts.services.words import MESSAGES
from fanal.country.schema import Law
from fanal.web.forms import Form

UNKNOWN = ("", _("I do not know"))
Choices = list[tuple[Any, Any]]
Typed = Mapping[str, list[str]]


def posted(typed: Typed | None) -> MultiValueDict[str, str] | None:
    """What was typed, as a form takes it; None when nothing was yet."""
    return None if typed is None else MultiValueDict({name: list(values) for name, values in typed.items()})


class StepForm(Form):
    """A step of the intake: it reads what was typed, and says beside each field what the rules find wrong."""

    def __init__(
        self, typed: Typed | None, *, law: Law, language: str, now: datetime, **options: Any
    ) -> None:
        super().__init__(posted(typed), **options)
        self.law, self.language, self.now = law, language, timezone.localtime(now)
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that the law of the day gives."""

    def typed(self, field: str) -> list[str]:
        """What was typed in a field, word for word."""
        return self.data.getlist(field) if isinstance(self.data, MultiValueDict) else []

    def codes(self, name: str, *, flag: str = "") -> Choices:
        """The entries of a code list in the reader's language; with a flag, those that carry it, if any does."""
        entries = self.law.codes(name)
        flagged = [entry for entry in entries if flag in entry.flags]
        return [(entry.code, entry.label.get(self.language)) for entry in (flagged or entries)]

    def choose(self, field: str, choices: Iterable[Any]) -> None:
        found = self.fields[field]
        assert isinstance(found, forms.ChoiceField)
        found.choices = list(choices)

    def judge(self, report: Report, paths: Mapping[str, str]) -> None:
        """Put what the rules find wrong in a part of a report beside its field; `paths`: rule's path → field.

        A problem whose field is already wrong, or that is about the whole (an empty report), is left to the end.
        """
        for problem in rules.problems(report, self.law, self.now):
            field = next((paths[path] for path in paths if problem.field.startswith(path)), None)
            if problem.wrong is not Wrong.EMPTY and field is not None and field not in self.errors:
                self.add_error(field, str(MESSAGES[problem.wrong]))
