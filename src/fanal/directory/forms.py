"""Text in, values out: the question that anybody may ask, and the few things an administrator keeps."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.country import queries as country
from fanal.directory import queries
from fanal.directory.rules import Place, Question, Where
from fanal.directory.services import Reach
from fanal.errors import Refusal
from fanal.web.forms import Date, Form, Moment, Text

AGES = [
    ("doubtful", _("Not sure, or it may be a minor")),
    ("minor", _("A minor")),
    ("adult", _("An adult")),
]
CHANNELS = [("phone", _("Phone")), ("email", _("E-mail")), ("web", _("Website"))]


class CallForm(Form):
    """Whom do I call? Everything stands in the URL, so that an answer can be passed on.

    Typed text wins over a place chosen before. After `is_valid()`: `question()`, `where`, and in `several` the
    municipalities between which the typed text does not decide.
    """

    q = Text(
        label=_("Municipality or postcode"),
        required=False,
        max_length=100,
        help_text=_("In any language; or choose a district on the map."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    municipality = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    district = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    zone = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("What is it about?"), required=False)
    age = forms.ChoiceField(label=_("The person is"), choices=AGES, widget=forms.RadioSelect)
    at = Moment(label=_("When"), required=False, help_text=_("Empty: now."))

    def __init__(self, data: Any, *, language: str, now: datetime) -> None:
        super().__init__({"age": "doubtful", **data.dict()})
        self.language, self.now = language, now
        self.where, self.several = Where(), tuple[Place, ...]()
        purposes = country.law(timezone.localdate(now)).purposes
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("I do not know yet"))] + [
            (it.code, it.label.get(language)) for it in purposes
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            self.where = self._where(values)
        except Refusal as refusal:
            self.add_error("q", str(refusal.message))
        return values

    def _where(self, values: dict[str, Any]) -> Where:
        if values.get("q"):
            self.several = queries.find_municipalities(values["q"], self.on, self.language)
            return Where(self.several[0]) if len(self.several) == 1 else Where()
        codes = {name: values.get(name, "") for name in ("municipality", "district", "zone")}
        return queries.where(**codes, on=self.on)

    @property
    def at_moment(self) -> datetime:
        """The moment asked about, in local time."""
        return timezone.localtime(self.cleaned_data.get("at") or self.now)

    @property
    def on(self) -> date:
        """The day asked about."""
        return self.at_moment.date()

    def question(self) -> Question:
        """What was asked, as the rule takes it."""
        return Question(
            district=self.where.district,
            zone=self.where.zone,
            purpose=self.cleaned_data["purpose"],
            age=self.cleaned_data["age"],
            at=self.at_moment,
        )


class SearchForm(Form):
    """Institutions and services by any word of their names."""

    q = Text(
        label=_("Name of a service"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class AppointForm(Form):
    """Who holds a function, and who stands in. Names of staff, never of a person in a file."""

    function = forms.ChoiceField(label=_("Function"))
    holder = Text(label=_("Holder"), max_length=120)
    substitute = Text(label=_("Substitute"), max_length=120, required=False)
    valid_from = Date(label=_("First day"))
    valid_to = Date(label=_("Last day"), required=False)

    def __init__(self, data: Any, *, functions: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["function"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = functions


class EndForm(Form):
    """The last day on which somebody holds a function."""

    last_day = Date(label=_("Last day"))


class ChangeContactForm(Form):
    """How a unit is reached from a day on."""

    value = Text(label=_("Number or address"))
    hours = Text(
        label=_("When it answers"),
        required=False,
        help_text=_("Figures are read in every language: 9:00–12:00."),
    )
    always = forms.BooleanField(label=_("Day and night, every day"), required=False)
    public = forms.BooleanField(label=_("Everybody may see it"), required=False)
    valid_from = Date(label=_("First day"))
    valid_to = Date(label=_("Last day"), required=False)

    def reach(self) -> Reach:
        """What was typed, as the service takes it."""
        values = self.cleaned_data
        return Reach(**{name: values[name] for name in Reach.__dataclass_fields__})


class ContactForm(ChangeContactForm):
    """A new way to reach a unit."""

    channel = forms.ChoiceField(label=_("Channel"), choices=CHANNELS)
    label = Text(label=_("What for"), max_length=80)
    field_order = ("channel", "label")
