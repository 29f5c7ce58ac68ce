"""Acts on what is kept: text in, values out."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fanal.country.schema import Law
from fanal.retention.queries import LABELS
from fanal.web.forms import Date, Form, LongText, Text

Persons = tuple[tuple[str, str], ...]


def _fill(form: Form, field: str, choices: Any) -> None:
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    found.choices = list(choices)


def _codes(law: Law, list_code: str, language: str) -> list[tuple[str, str]]:
    return [(entry.code, entry.label.get(language)) for entry in law.codes(list_code)]


class KeepForm(Form):
    """Until when, and why."""

    until = Date(label=_("Keep until"))
    why = LongText(
        label=_("Why is it still needed?"),
        rows=3,
        help_text=_("Sealed with the file; only your service reads it."),
    )


class HoldForm(Form):
    """On which ground, under which number."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    number = Text(label=_("Number of the proceedings or of the letter"), max_length=60)
    words = LongText(
        label=_("In words"),
        rows=3,
        required=False,
        help_text=_("Only the service that holds the file reads this."),
    )

    def __init__(self, data: Any = None, *, law: Law, language: str) -> None:
        super().__init__(data)
        _fill(self, "ground", _codes(law, "hold_ground", language))


class _PersonForm(Form):
    """An act on one person of a file; the choice goes where there is only one."""

    person = forms.ChoiceField(label=_("Which person?"), required=False)

    def __init__(self, data: Any = None, *, persons: Persons, everybody: str = "") -> None:
        super().__init__(data)
        if len(persons) > 1:
            _fill(self, "person", [("", everybody or "—"), *persons])
            self.fields["person"].required = not everybody
        else:
            del self.fields["person"]

    def who(self) -> UUID | None:
        """The person who was chosen; None: there is only one, or everybody is meant."""
        chosen = self.cleaned_data.get("person")
        return UUID(chosen) if chosen else None


class EraseForm(_PersonForm):
    """Whom, and on which ground."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    field_order = ["person", "ground"]

    def __init__(self, data: Any = None, *, law: Law, language: str, persons: Persons) -> None:
        super().__init__(data, persons=persons, everybody=str(_("The whole file")))
        _fill(self, "ground", _codes(law, "erasure_ground", language))


class CorrectForm(_PersonForm):
    """What is right. Empty: it stays as it is."""

    identity: ClassVar[tuple[str, ...]] = (
        "given_names", "family_name", "birth_date", "birth_place", "document_number",
    )  # fmt: skip
    given_names = Text(label=LABELS["given_names"], required=False)
    family_name = Text(label=LABELS["family_name"], required=False)
    birth_date = Date(label=LABELS["birth_date"], required=False)
    birth_place = Text(label=LABELS["birth_place"], required=False)
    document_number = Text(label=LABELS["document_number"], required=False)
    pseudonym = Text(label=LABELS["pseudonym"], required=False, max_length=60)

    def values(self) -> dict[str, str | date | None]:
        """What was typed."""
        return {name: self.cleaned_data[name] for name in LABELS if self.cleaned_data.get(name)}


class AnswerForm(_PersonForm):
    """In which language, and whether less is said."""

    language = forms.ChoiceField(label=_("Language of the person"), choices=settings.LANGUAGES)
    words = LongText(
        label=_("What else do you hold, in words that the person may read?"),
        rows=4,
        required=False,
        help_text=_("The free text of your files is not printed: it may tell of others."),
    )
    restriction = forms.ChoiceField(label=_("Is less said, and on which ground?"), required=False)
    why = LongText(
        label=_("Why is less said?"), rows=3, required=False, help_text=_("Stays in the house, sealed.")
    )

    def __init__(self, data: Any = None, *, law: Law, language: str, persons: Persons) -> None:
        super().__init__(data, persons=persons)
        nothing = ("", _("No, everything is said"))
        _fill(self, "restriction", [nothing, *_codes(law, "access_restriction", language)])
