"""Step three: a person. Zero or more of them; each on a page of her own."""

from dataclasses import fields
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.alerts import rules
from fanal.alerts.forms.base import UNKNOWN, StepForm
from fanal.alerts.rules import Identity, PersonReport, Report
from fanal.web.forms import Date, Text

_IDENTITY = tuple(each.name for each in fields(Identity))
_PATHS = {
    "persons.0.subject": "subject",
    "persons.0.age_basis": "age_basis",
    "persons.0.sex": "sex",
    "persons.0.citizenship": "citizenship",
    "persons.0.languages": "language_1",
    "persons.0.pseudonym": "pseudonym",
    "persons.0.birth_year": "birth_year",
    "persons.0.estimated_age": "estimated_age",
    "persons.0.safe_contact": "safe_contact",
} | {f"persons.0.identity.{name}": name for name in _IDENTITY}


class PersonForm(StepForm):
    """Who she is, as far as she or the facts say; help never depends on a name."""

    identity: ClassVar[tuple[str, ...]] = _IDENTITY

    subject = forms.ChoiceField(
        label=_("This person is"),
        widget=forms.RadioSelect,
        help_text=_("The law wants this said for each person; nobody is put in a category unasked."),
    )
    pseudonym = Text(
        label=_("What do you call this person here?"),
        required=False,
        max_length=60,
        help_text=_(
            "A first name that is not the real one, or “the woman in the blue coat”. Everybody who is told sees it."
        ),
    )
    age_basis = forms.ChoiceField(
        label=_("How is the age known?"),
        widget=forms.RadioSelect,
        initial=rules.UNKNOWN,
        help_text=_("In doubt the person is treated as a child, and the guardianship service is told."),
    )
    estimated_age = forms.IntegerField(label=_("About how many years"), required=False)
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False)
    minor = forms.TypedChoiceField(
        label=_("If no number is known"),
        required=False,
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
        choices=[("no", _("Surely an adult")), ("yes", _("Surely a minor")), UNKNOWN],
        initial="",
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, widget=forms.RadioSelect)
    citizenship = forms.ChoiceField(label=_("Citizenship"), required=False)
    language_1 = forms.ChoiceField(label=_("Language"), required=False)
    language_2 = forms.ChoiceField(label=_("Second language"), required=False)
    language_3 = forms.ChoiceField(label=_("Third language"), required=False)
    unaccompanied = forms.TypedChoiceField(
        label=_("Is the person alone, without an adult who is legally responsible?"),
        required=False,
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
        choices=[("yes", _("Yes")), ("no", _("No")), UNKNOWN],
        initial="",
        help_text=_("Only for a minor, or in doubt."),
    )
    safe_contact = forms.MultipleChoiceField(
        label=_("How may the person be reached without danger?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: you do not know, and nobody should try."),
    )
    contact_hours = Text(
        label=_("At what hours, and with what care?"),
        required=False,
        help_text=_("For example: only on weekdays before 10, hang up if a man answers."),
    )
    given_names = Text(label=_("Given names"), required=False)
    family_name = Text(label=_("Family name"), required=False)
    birth_date = Date(label=_("Date of birth"), required=False)
    birth_place = Text(label=_("Place of birth"), required=False)
    document_number = Text(label=_("Number of an identity document"), required=False)
    phone = Text(label=_("Phone number"), required=False)
    email = Text(label=_("E-mail address"), required=False)
    address = Text(label=_("Address"), required=False)

    def prepare(self) -> None:
        self.choose("subject", self.codes("data_subject"))
        self.choose("age_basis", self.codes("age_basis"))
        self.choose("sex", self.codes("sex"))
        self.choose("safe_contact", self.codes("safe_contact"))
        self.choose("citizenship", [UNKNOWN, *rules.countries(self.language)])
        for n in (1, 2, 3):
            self.choose(f"language_{n}", [UNKNOWN if n == 1 else ("", "—"), *rules.languages(self.language)])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self.judge(Report(persons=(self.person(),)), _PATHS)
        return values

    def person(self) -> PersonReport:
        """What was typed, as values; fields that cannot be read are empty."""
        given = self.cleaned_data
        spoken = [given.get(f"language_{n}", "") for n in (1, 2, 3)]
        return PersonReport(
            subject=given.get("subject", ""),
            pseudonym=given.get("pseudonym", ""),
            age_basis=given.get("age_basis", rules.UNKNOWN),
            minor=given.get("minor"),
            birth_year=given.get("birth_year"),
            estimated_age=given.get("estimated_age"),
            sex=given.get("sex", ""),
            citizenship=given.get("citizenship", ""),
            languages=tuple(dict.fromkeys(language for language in spoken if language)),
            unaccompanied=given.get("unaccompanied"),
            safe_contact=tuple(given.get("safe_contact", ())),
            identity=Identity(**{name: given[name] for name in _IDENTITY if given.get(name)}),
        )
