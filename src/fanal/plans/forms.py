"""Forms of plans: text in, values out."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fanal.errors import Refusal
from fanal.plans import rules
from fanal.plans.rules import HeadingLine, IndicatorValues, MeasureValues
from fanal.plans.rules.values import LONGEST_TEXT, LONGEST_TITLE
from fanal.web.dates import read_date
from fanal.web.forms import Date, Form, LongText, Number, Text

Choices = Iterable[tuple[str, str]]


class Figure(Number):
    """A number that is shown again as it is typed, with a decimal comma."""

    def prepare_value(self, value: Any) -> Any:
        return rules.plain_number(value) if isinstance(value, Decimal) else value


class Euros(forms.CharField):
    """An amount in euros. Gives cents, or None where nothing is written: that is not zero."""

    def to_python(self, value: Any) -> Any:
        try:
            return value if isinstance(value, int) else rules.read_cents(str(value or ""))
        except rules.Unreadable:
            raise ValidationError(_("Write a number in figures, such as 12 or 12,5."), "unreadable") from None

    def prepare_value(self, value: Any) -> Any:
        return rules.plain_cents(value) if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        return {"inputmode": "decimal", "autocomplete": "off"}


class Marks(LongText):
    """Benchmarks, one a line: the day, then the value. Gives ((day, value), …) in the order of the days."""

    def to_python(self, value: Any) -> Any:
        found: list[tuple[date, Decimal]] = []
        for nth, line in enumerate(super().to_python(value).splitlines(), 1):
            if line.strip():
                found.append(self._mark(line, nth))
        return tuple(sorted(found))

    def _mark(self, line: str, nth: int) -> tuple[date, Decimal]:
        day, _colon, number = line.strip().replace("\t", ":").replace("=", ":").partition(":")
        try:
            read = rules.read_number(number)
            if read is None:
                raise rules.Unreadable(number)
            return read_date(day.strip()), read
        except (rules.Unreadable, Refusal):
            words = _("Line %(nth)d: write the day, a colon and the value, such as 30.06.2027: 25.")
            raise ValidationError(words % {"nth": nth}, "unreadable") from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return "\n".join(f"{on:%d.%m.%Y}: {rules.plain_number(number)}" for on, number in value)
        return value

    def validate(self, value: Any) -> None:
        """Nothing to demand: benchmarks may be missing."""

    def run_validators(self, value: Any) -> None:
        """The length of the text was never the question."""


def _languages(form: Form, name: str, make: Any) -> None:
    """One field a language, the reader's first."""
    for code, label in settings.LANGUAGES:
        form.fields[f"{name}_{code}"] = make(label)


class Titled(Form):
    """A form with a title in each language."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        _languages(
            self, "title", lambda label: Text(label=_title(label), required=False, max_length=LONGEST_TITLE)
        )

    def said(self, name: str = "title") -> dict[str, str]:
        """What was written, by language."""
        found = {
            code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code, _label in settings.LANGUAGES
        }
        return {code: words for code, words in found.items() if words}


def _title(label: Any) -> Any:
    return _("Title (%(language)s)") % {"language": label}


def spread(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Texts by language as the initial values of a form."""
    return {f"{name}_{language}": words for language, words in texts.items()}


class FrameForm(Titled):
    """The title, the days and the note of a plan."""

    starts_on = Date(label=_("First day of the plan"))
    ends_on = Date(label=_("Last day of the plan"))

    def __init__(
        self, data: Any = None, *, initial: Mapping[str, Any] | None = None, notes: bool = True
    ) -> None:
        super().__init__(data, initial=initial)
        if notes:
            _languages(
                self,
                "note",
                lambda label: LongText(
                    label=_("Note (%(language)s)") % {"language": label}, rows=3, required=False
                ),
            )


class StartForm(FrameForm):
    """A new plan."""

    code = Text(
        label=_("Code"),
        max_length=40,
        help_text=_(
            "Stands in addresses and file names, such as pan-2026-a. It does not say what the plan is about."
        ),
    )
    phenomena = forms.MultipleChoiceField(
        label=_("What it is about"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, phenomena: Choices) -> None:
        super().__init__(data, notes=False)
        _choose(self, "phenomena", phenomena)
        self.order_fields(["code", "phenomena", *(f"title_{code}" for code, _label in settings.LANGUAGES)])


class HeadingForm(Titled):
    """A chapter or an objective."""

    number = Text(label=_("Number"), max_length=20)
    field_order = ["number"]


def _choose(form: Form, name: str, choices: Choices) -> None:
    found = form.fields[name]
    assert isinstance(found, forms.ChoiceField)
    found.choices = list(choices)


def _several(label: Any) -> Any:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class MeasureForm(Titled):
    """A measure: what is to be done, who leads, when, with what, for which goals."""

    number = Text(
        label=_("Number"), max_length=20, required=False, help_text=_("As the plan prints it, such as 3.2.")
    )
    heading = forms.ChoiceField(label=_("Chapter or objective"))
    lead = forms.ChoiceField(
        label=_("Lead"), required=False, help_text=_("The institution that reports on the measure.")
    )
    co_leads = _several(_("Co-responsible"))
    contacts = _several(_("Contact points of the federated entities"))
    starts_on = Date(label=_("First day"), required=False)
    ends_on = Date(label=_("Last day"), required=False)
    budget = Euros(
        label=_("Budget in euros"),
        required=False,
        help_text=_("Empty: not known. Zero: the measure costs nothing more."),
    )
    funding = Text(label=_("Source of the funds"), required=False)
    sdgs = _several(_("Sustainable Development Goals"))
    objectives = _several(_("Objectives of the Global Compact for Migration"))
    principles = _several(_("Guiding principles of the Global Compact for Migration"))
    sisters = _several(_("Sister plans"))

    def __init__(
        self, data: Any = None, *, initial: Mapping[str, Any] | None = None, choices: Mapping[str, Choices]
    ) -> None:
        super().__init__(data, initial=initial)
        _languages(
            self,
            "text",
            lambda label: LongText(
                label=_("What is to be done (%(language)s)") % {"language": label},
                rows=5,
                required=False,
                max_length=LONGEST_TEXT,
            ),
        )
        for name, found in choices.items():
            _choose(self, name, found)

    def values(self, key: str = "") -> MeasureValues:
        """The values of the measure."""
        data = self.cleaned_data
        plain: dict[str, Any] = {
            name: data[name] for name in ("number", "lead", "starts_on", "ends_on", "funding")
        }
        lists = ("co_leads", "contacts", "sdgs", "objectives", "principles", "sisters")
        return MeasureValues(
            key=key,
            titles=self.said("title"),
            texts=self.said("text"),
            budget_cents=data["budget"],
            **plain | {name: tuple(data[name]) for name in lists},
        )

    def place(self) -> UUID:
        """The anchor of the heading that was chosen."""
        return UUID(self.cleaned_data["heading"])

    def tell(self, found: Iterable[rules.Found], said: Any) -> None:
        """Every fault beside its field."""
        for each in found:
            name = {"title": f"title_{settings.LANGUAGES[0][0]}"}.get(each.field, each.field)
            self.add_error(name if name in self.fields else None, said(each))


def heading_choices(headings: Iterable[HeadingLine], language: str) -> list[tuple[str, str]]:
    """Chapters and objectives to choose from, objectives set in."""
    return [
        (each.anchor, f"{'— ' if each.parent else ''}{each.number} {each.title(language)}")
        for each in headings
    ]


class IndicatorForm(Titled):
    """An indicator: from which value to which one, by when, and where it should stand on the way."""

    unit = Text(
        label=_("Unit"), max_length=60, required=False, help_text=_("What is counted, such as persons or %.")
    )
    baseline = Figure(label=_("Baseline"), required=False, help_text=_("The value from which it starts."))
    baseline_on = Date(label=_("Day of the baseline"), required=False)
    target = Figure(label=_("Target"), required=False)
    target_on = Date(label=_("Day of the target"), required=False)
    benchmarks = Marks(
        label=_("Benchmarks"),
        required=False,
        rows=4,
        help_text=_("One a line: the day, a colon and the value, such as 30.06.2027: 25."),
    )

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.order_fields([f"title_{code}" for code, _label in settings.LANGUAGES])

    def values(self, key: str = "") -> IndicatorValues:
        """The values of the indicator."""
        names = ("unit", "baseline", "baseline_on", "target", "target_on", "benchmarks")
        return IndicatorValues(
            key=key, titles=self.said(), **{name: self.cleaned_data[name] for name in names}
        )

    def tell(self, found: Iterable[rules.Found], said: Any) -> None:
        """Every fault beside its field."""
        for each in found:
            name = {"indicator": f"title_{settings.LANGUAGES[0][0]}"}.get(each.field, each.field)
            self.add_error(name if name in self.fields else None, said(each))


class AdoptForm(Form):
    """By which decision, from which day on."""

    decision = Text(
        label=_("Number of the decision"),
        required=False,
        max_length=40,
        help_text=_("As the register of decisions gives it."),
    )
    act = Text(
        label=_("Or an act from before the register"),
        required=False,
        max_length=500,
        help_text=_("Cite it: who decided, on which day, where it is published."),
    )
    adopted_on = Date(label=_("Day of the decision"))
    effective_on = Date(
        label=_("Counts from"), required=False, help_text=_("Empty: from the day of the decision.")
    )


class FindForm(Form):
    """Words to look for."""

    q = Text(label=_("Words in a measure"), required=False)
