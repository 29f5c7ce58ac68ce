"""What people write about recommendations: text in, values out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fanal.country.schema import Law
from fanal.recommendations.queries import Filters, Recommendation
from fanal.recommendations.rules import Issued, Precision, State, read_issued
from fanal.recommendations.rules.importing import FIELDS, FIXED
from fanal.web.forms import Date, Form, LongText, Text

Choices = Iterable[tuple[str, Any]]
LANGUAGES = (("fr", _("French")), ("nl", _("Dutch")), ("de", _("German")), ("en", _("English")))
STATES: Mapping[State, Any] = {
    State.NEW: pgettext("recommendation", "new"),
    State.OVERDUE: _("reply overdue"),
    State.POSITION: _("position stated"),
    State.ANSWERING: _("being answered"),
    State.ANSWERED: _("answered with evidence"),
    State.CLOSED: _("closed by decision"),
}
NAMES: Mapping[str, Any] = {
    "words": _("Text"),
    "body": _("Body"),
    "document": _("Document"),
    "issued": _("Date"),
    "paragraph": _("Paragraph"),
    "instrument": _("Instrument"),
    "force": _("Force"),
    "theme": _("Theme"),
    "addressees": _("Addressees"),
    "external_id": _("External number"),
    "link": _("Link"),
    "reply_due": _("Reply due"),
    "country": _("Country concerned"),
}
_ANY = ("", pgettext("filter", "All"))


def fill(form: Form, field: str, choices: Choices) -> None:
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField | forms.MultipleChoiceField)
    found.choices = list(choices)


def codes(law: Law, code_list: str, language: str) -> list[tuple[str, str]]:
    return [(entry.code, entry.label.get(language)) for entry in law.codes(code_list)]


class When(forms.Field):
    """A year, a month or a day. Gives an `Issued`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("As precisely as you know it: 2022, 10.2022 or 20.10.2022."))
        super().__init__(**options)

    def to_python(self, value: Any) -> Issued | None:
        if value in self.empty_values or isinstance(value, Issued):
            return value or None
        found = read_issued(value)
        if found is None:
            raise ValidationError(
                _("Write a year, a month or a day: 2022, 10.2022 or 20.10.2022."), "unreadable"
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.shown if isinstance(value, Issued) else value


class FilterForm(Form):
    """Filters of the register; they stand in the address."""

    words = Text(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    body = forms.ChoiceField(label=NAMES["body"], required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    force = forms.ChoiceField(label=NAMES["force"], required=False)
    theme = forms.ChoiceField(label=NAMES["theme"], required=False)
    position = forms.ChoiceField(label=_("Position"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[_ANY, *STATES.items()])
    repeat = forms.BooleanField(label=_("Only what was asked more than once"), required=False)

    def __init__(self, data: Any, *, law: Law, language: str, years: Iterable[int]) -> None:
        super().__init__(data)
        for name in ("body", "force", "theme"):
            fill(self, name, [_ANY, *codes(law, f"recommendation_{name}", language)])
        fill(self, "year", [_ANY, *((str(year), str(year)) for year in years)])
        none = ("none", _("no position yet"))
        fill(self, "position", [_ANY, none, *codes(law, "recommendation_position", language)])

    def filters(self, document: str = "") -> Filters:
        """What was asked; what cannot be read filters nothing."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if "year" in given:
            given["year"] = int(given["year"])
        return Filters(**given, document=document)


class RecommendationForm(Form):
    """Everything that is kept of what was asked."""

    body = forms.ChoiceField(label=NAMES["body"])
    instrument = Text(label=NAMES["instrument"], required=False, max_length=200,
                      help_text=_("The treaty or the report series on which it rests."))  # fmt: skip
    document = Text(
        label=NAMES["document"], max_length=120, help_text=_("Its reference, like GRETA(2013)14.")
    )
    paragraph = Text(label=NAMES["paragraph"], required=False, max_length=60)
    issued = When(label=NAMES["issued"])
    force = forms.ChoiceField(label=NAMES["force"])
    theme = forms.ChoiceField(label=NAMES["theme"])
    addressees = forms.MultipleChoiceField(
        label=NAMES["addressees"], required=False, help_text=_("None: the country as a whole.")
    )
    words_fr = LongText(label=_("In our own words, in French"), required=False, rows=3)
    words_nl = LongText(label=_("In our own words, in Dutch"), required=False, rows=3)
    words_de = LongText(label=_("In our own words, in German"), required=False, rows=3)
    words_en = LongText(label=_("In our own words, in English"), required=False, rows=3)
    link = Text(label=_("Link to the document"), required=False, max_length=500)
    external_id = Text(label=NAMES["external_id"], required=False, max_length=120,
                       help_text=_("The number that the body itself gives it."))  # fmt: skip
    reply_due = Date(label=NAMES["reply_due"], required=False)

    def __init__(self, data: Any = None, *, law: Law, language: str, houses: Choices, **options: Any) -> None:
        super().__init__(data, **options)
        for name in ("body", "force", "theme"):
            fill(self, name, codes(law, f"recommendation_{name}", language))
        fill(self, "addressees", houses)

    def values(self) -> dict[str, Any]:
        """The fields of `services.Content`."""
        given = dict(self.cleaned_data)
        given["words"] = {code: given.pop(f"words_{code}") for code, _name in LANGUAGES}
        given["addressees"] = tuple(given["addressees"])
        return given

    @staticmethod
    def said(row: Recommendation) -> dict[str, Any]:
        """What the form shows of a row at first."""
        copied = (
            "body", "instrument", "document", "paragraph", "force", "theme", "addressees", "link", "external_id",
            "reply_due",
        )  # fmt: skip
        words = {f"words_{code}": row.words.get(code, "") for code, _name in LANGUAGES}
        issued = Issued(row.issued_on, Precision(row.precision))
        return {name: getattr(row, name) for name in copied} | words | {"issued": issued}


class PositionForm(Form):
    """What the government says. Kept as a draft it may be unfinished."""

    position = forms.ChoiceField(label=_("Position"), widget=forms.RadioSelect, required=False)
    reason = LongText(
        label=_("Why"), required=False, help_text=_("In words that the body that asked may read.")
    )
    stated_on = Date(label=_("Stated on"), required=False)

    def __init__(self, data: Any = None, *, law: Law, language: str, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        fill(self, "position", codes(law, "recommendation_position", language))
        self.fields["stated_on"].initial = today


class AssessmentForm(Form):
    """What the rapporteur finds."""

    verdict = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)
    words = LongText(label=_("What it rests on"))
    public = forms.BooleanField(label=_("Show it on the public page"), required=False)

    def __init__(self, data: Any = None, *, law: Law, language: str, **options: Any) -> None:
        super().__init__(data, **options)
        fill(self, "verdict", codes(law, "recommendation_verdict", language))


class MeasureForm(Form):
    """A measure of a plan."""

    key = forms.ChoiceField(
        label=_("Measure"), error_messages={"invalid_choice": _("Choose it from the list.")}
    )

    def __init__(self, data: Any = None, *, measures: Choices) -> None:
        super().__init__(data)
        fill(self, "key", measures)


class DecisionForm(Form):
    """A decision of the register, by its number."""

    decision = Text(label=_("Number of the decision"), max_length=40, help_text=_("Like BUR-2026-014."))


class EvidenceForm(Form):
    """Something that shows what was done."""

    words = LongText(label=_("What it shows"), rows=3)
    link = Text(label=_("Link"), required=False, max_length=500)
    on = Date(label=_("Day of the evidence"), required=False)


class FileForm(Form):
    """A table to bring in."""

    file = forms.FileField(
        label=_("Table"),
        help_text=_("CSV or XLSX without macros, with the names of its columns in the first row."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        allow_empty_file=True,
    )


class MappingForm(Form):
    """Which column holds what; what stands for all rows."""

    def __init__(
        self, data: Any = None, *, columns: Iterable[str], law: Law, language: str, **options: Any
    ) -> None:
        super().__init__(data, **options)
        choices = [("", _("no column")), *((column, column) for column in columns)]
        for name in FIELDS:
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=NAMES[name], choices=choices, required=False
            )
        for name in FIXED:
            label = _("For all rows: %(field)s") % {"field": NAMES[name]}
            self.fields[f"fixed_{name}"] = (
                forms.ChoiceField(
                    label=label,
                    choices=[("", "—"), *codes(law, f"recommendation_{name}", language)],
                    required=False,
                )
                if name in ("body", "force", "theme")
                else Text(label=label, required=False, max_length=200)
            )
        self.fields["fixed_language"] = forms.ChoiceField(
            label=_("Language of the text"), choices=LANGUAGES, required=False
        )

    def mapping(self) -> dict[str, str]:
        """{field: column}."""
        return {name: self.cleaned_data[f"column_{name}"] for name in FIELDS}

    def fixed(self) -> dict[str, str]:
        """{field: what stands for all rows}."""
        return {name: self.cleaned_data[f"fixed_{name}"] for name in (*FIXED, "language")}


class ReplyForm(Form):
    """In which language and as which file."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    format = forms.ChoiceField(
        label=pgettext("reply", "File"),
        choices=[("docx", "DOCX (Word)"), ("pdf", "PDF"), ("odt", "ODT (LibreOffice)"), ("html", "HTML")],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"language": (get_language() or "en")[:2]})


class ProposalForm(Form):
    """Which of those that were found ask the same."""

    numbers = forms.MultipleChoiceField(
        label=_("These ask the same"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: Any = None, *, members: Choices) -> None:
        super().__init__(data)
        fill(self, "numbers", members)
