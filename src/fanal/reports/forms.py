"""What is asked for a report, its outline, its contributions and its editions."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fanal.country.schema import LANGUAGES, Law, ReportKind
from fanal.documents.publish import Format
from fanal.reports import rules
from fanal.reports.queries import Section
from fanal.web.forms import Date, Form, LongText, Text
from fanal.web.prose import Prose

Choices = Sequence[tuple[str, str]]
_NAMES = dict(settings.LANGUAGES)


def _fill(form: Form, field: str, choices: Choices) -> None:
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    found.choices = list(choices)


class ReportForm(Form):
    """Which report, for which period, with which calendar."""

    kind = forms.ChoiceField(label=_("Kind of report"))
    subject = Text(
        label=_("Which one"),
        required=False,
        help_text=_("Where the kind does not say it: the body and its cycle."),
    )
    starts_on = Date(label=_("First day it covers"))
    ends_on = Date(label=_("Last day it covers"))
    contributions_due_on = Date(label=_("Contributions due on"))
    due_on = Date(label=_("Report due on"))

    def __init__(
        self, data: Any = None, *, law: Law, language: str, last: Mapping[str, date | None], kind: str = ""
    ) -> None:
        kinds = {found.code: found for found in law.of(ReportKind)}
        chosen = kinds.get(kind)
        initial: dict[str, Any] = {}
        if chosen:
            start, end = rules.next_period(chosen.months, last.get(kind), law.on)
            initial = {
                "kind": kind, "starts_on": start, "ends_on": end,
                "contributions_due_on": law.on + timedelta(days=60), "due_on": law.on + timedelta(days=120),
            }  # fmt: skip
        super().__init__(data, initial=initial)
        _fill(
            self, "kind", [("", "—"), *((found.code, found.label.get(language)) for found in kinds.values())]
        )


class SectionForm(Form):
    """A new section."""

    title = Text(label=_("Title of the new section"))
    parent = forms.ChoiceField(label=_("Under"), required=False)
    assembles = forms.ChoiceField(label=_("Filled by itself with"), required=False)

    def __init__(self, data: Any = None, *, parents: Choices) -> None:
        super().__init__(data)
        _fill(self, "parent", [("", str(_("nothing: a chapter"))), *parents])
        filled = [(code, str(words)) for code, words in ASSEMBLED]
        _fill(self, "assembles", [("", str(_("nothing: it is written"))), *filled])


ASSEMBLED = [
    ("figures", _("figures of the period")),
    ("plans", _("the state of the action plans")),
    ("decisions", _("public decisions of the period")),
    ("recommendations", _("recommendations and their positions")),
]


class WordsForm(Form):
    """The title of a section and the editor's words, language by language."""

    def __init__(self, data: Any = None, *, section: Section) -> None:
        super().__init__(data)
        for language in LANGUAGES:
            self.fields[f"title_{language}"] = Text(
                label=_("Title, %(language)s") % {"language": _NAMES[language]},
                initial=section.titles.get(language, ""),
            )
            self.fields[f"words_{language}"] = Prose(
                label=_("Words of the editor, %(language)s") % {"language": _NAMES[language]},
                initial=section.words.get(language, ""),
                required=False,
            )

    def part(self, name: str) -> dict[str, str]:
        """`title` or `words` by language."""
        return {language: self.cleaned_data[f"{name}_{language}"] for language in LANGUAGES}


class AskForm(Form):
    """Whom, until when, and for what."""

    units = forms.MultipleChoiceField(label=_("Departments"), widget=forms.CheckboxSelectMultiple)
    due_on = Date(label=_("Due on"))
    words = LongText(label=_("What is wanted"), rows=4, required=False)

    def __init__(self, data: Any = None, *, units: Choices, due_on: date) -> None:
        super().__init__(data, initial={"due_on": due_on})
        _fill(self, "units", units)


class ContributionForm(Form):
    """The text of a contribution."""

    html = Prose(
        label=_("Text"),
        required=False,
        help_text=_(
            "Headings, lists, tables and notes stay, also from a Word file. A figure is put in by its code."
        ),
    )

    def __init__(self, data: Any = None, *, html: str, figures: Choices) -> None:
        super().__init__(data, initial={"html": html})
        self.fields["html"].widget.figures = tuple(figures)


class RemarkForm(Form):
    """Words that go with an act."""

    words = LongText(label=_("Remarks"), rows=5)

    def __init__(self, data: Any = None, *, label: str = "", required: bool = True) -> None:
        super().__init__(data)
        self.fields["words"].required = required
        if label:
            self.fields["words"].label = label


class ChoiceForm(Form):
    """Which figure is printed, and why."""

    figure = forms.ChoiceField(label=_("This figure is printed"), widget=forms.RadioSelect)
    reason = LongText(
        label=_("Why this one"), rows=3, max_length=1000, help_text=_("It is printed beside the figure.")
    )

    def __init__(self, data: Any = None, *, figures: Choices, chosen: str = "") -> None:
        super().__init__(data, initial={"figure": chosen})
        _fill(self, "figure", figures)


class LanguagesForm(Form):
    """In which languages the frame is made."""

    languages = forms.MultipleChoiceField(
        label=_("Languages of the frame"), widget=forms.CheckboxSelectMultiple, choices=settings.LANGUAGES,
        help_text=_("The contributions stay in the language in which they were written."),
    )  # fmt: skip


class ProofForm(Form):
    """In which language and format the report is looked at before it is frozen."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    format = forms.ChoiceField(
        label=_("Format"), choices=[(each.value, each.value.upper()) for each in Format]
    )

    def __init__(self, data: Any = None, *, initial_language: str = "") -> None:
        super().__init__(data, initial={"language": initial_language})
