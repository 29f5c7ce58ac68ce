"""Figures: filters, a figure as it is typed, and a file of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fanal.country.schema import Law, Purpose
from fanal.statistics import rules
from fanal.statistics.queries import Status, Wanted
from fanal.statistics.rules import FigureLine, Matter
from fanal.statistics.services import Entry
from fanal.web.forms import Date, Form, LongText, Text

Choices = Sequence[tuple[str, str]]


def _lists(law: Law, language: str) -> dict[str, Choices]:
    def codes(name: str) -> Choices:
        return [(code.code, code.label.get(language)) for code in law.codes(name)]

    return {
        "counting_unit": codes("counting_unit"),
        "phenomenon": codes("phenomenon"),
        "form": [(purpose.code, purpose.label.get(language)) for purpose in law.of(Purpose)],
        "breakdown": codes("figure_breakdown"),
    }


def _fill(form: Form, law: Law, language: str, empty: str, optional: Sequence[str]) -> None:
    for name, choices in _lists(law, language).items():
        found = form.fields[name]
        assert isinstance(found, forms.ChoiceField)
        found.choices = [("", empty), *choices] if name in optional else [("", "—"), *choices]


class FilterForm(Form):
    """What the list is limited to; kept in the address."""

    counting_unit = forms.ChoiceField(label=_("Counting unit"), required=False)
    phenomenon = forms.ChoiceField(label=_("Phenomenon"), required=False)
    form = forms.ChoiceField(label=_("Form"), required=False)
    breakdown = forms.ChoiceField(label=_("Breakdown"), required=False)
    since = forms.IntegerField(label=_("From year"), required=False, min_value=1900, max_value=2200)
    until = forms.IntegerField(label=_("To year"), required=False, min_value=1900, max_value=2200)
    source = Text(label=_("Source"), required=False)
    status = forms.ChoiceField(label=_("State"), required=False, choices=[("", "—"), *Status.choices])

    def __init__(self, data: Any = None, *, law: Law, language: str) -> None:
        super().__init__(data)
        names = ("counting_unit", "phenomenon", "form", "breakdown")
        _fill(self, law, language, "—", names)

    def wanted(self) -> Wanted:
        """The filters that can be read; the others count for nothing."""
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})


class FigureForm(Form):
    """One figure with all it needs to mean something."""

    counting_unit = forms.ChoiceField(label=_("Counting unit"))
    phenomenon = forms.ChoiceField(label=_("Phenomenon"))
    period = Text(
        label=_("Period"),
        max_length=9,
        help_text=_("A year, a quarter, a month or years: 2024, 2024-Q1, 2024-03, 2012-2021."),
    )
    form = forms.ChoiceField(label=_("Form"), required=False)
    breakdown = forms.ChoiceField(label=_("Breakdown"), required=False)
    status = forms.ChoiceField(
        label=_("State"), choices=Status.choices, initial=Status.KNOWN,
        help_text=_("An empty cell never means zero: say what is so."),
    )  # fmt: skip
    value = forms.IntegerField(label=_("Value"), required=False)
    definition = LongText(
        label=_("Definition"),
        rows=3,
        max_length=1000,
        help_text=_("What exactly is counted, once or several times."),
    )
    source = Text(label=_("Source"), max_length=300)
    extracted_on = Date(label=_("Extraction date"), required=False)
    note = LongText(label=_("Note"), rows=2, max_length=1000, required=False)
    protected = forms.BooleanField(
        label=_("Small numbers were looked at: it may be published"), required=False
    )

    def __init__(self, data: Any = None, *, law: Law, language: str, line: FigureLine | None = None) -> None:
        super().__init__(data, initial=_initial(line))
        self.language = language
        _fill(self, law, language, str(pgettext_lazy("form or breakdown", "all")), ("form", "breakdown"))
        if line is not None:
            self.fields["why"] = LongText(label=_("Why it is corrected"), rows=2, max_length=500)
            for name in ("counting_unit", "phenomenon", "period", "form", "breakdown"):
                self.fields[name].disabled = True

    def entry(self) -> Entry:
        """The figure as it was typed."""
        typed = self.cleaned_data
        matter = Matter(
            typed["counting_unit"],
            typed["phenomenon"],
            typed["period"].strip(),
            typed["form"],
            typed["breakdown"],
        )
        return Entry(
            matter=matter,
            value=typed["value"],
            status=rules.Status(typed["status"]),
            definition=typed["definition"],
            source=typed["source"],
            extracted_on=typed["extracted_on"],
            note=typed["note"],
            protected=typed["protected"],
            language=self.language[:2],
        )


def _initial(line: FigureLine | None) -> dict[str, Any]:
    if line is None:
        return {}
    matter = line.matter
    return {
        "counting_unit": matter.counting_unit,
        "phenomenon": matter.phenomenon,
        "period": matter.period,
        "form": matter.form,
        "breakdown": matter.breakdown,
        "status": line.status.value,
        "value": line.value,
        "definition": line.definition,
        "source": line.source,
        "extracted_on": line.extracted_on,
        "note": line.note,
        "protected": line.protected,
    }


class FileForm(Form):
    """A file of figures."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or workbook (XLSX). Nothing is written before you have seen each row."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
