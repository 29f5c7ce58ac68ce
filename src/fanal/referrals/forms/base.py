"""Choices that the law of the day gives."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.country.schema import Law
from fanal.web.forms import Form

NOTHING = ("", "—")
UNKNOWN = ("", _("I do not know"))
EVERYTHING = ("", _("All"))
YES_NO = [("yes", _("Yes")), ("no", _("No")), UNKNOWN]


def codes(law: Law, name: str, language: str) -> list[tuple[str, str]]:
    """The entries of a code list in the reader's language."""
    return [(entry.code, entry.label.get(language)) for entry in law.codes(name)]


def fill(form: Form, field: str, choices: Iterable[Any]) -> None:
    """Give a field of choices its choices."""
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    found.choices = list(choices)


def maybe(label: Any, **options: Any) -> forms.TypedChoiceField:
    """Yes, no, or not known: True, False, None."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
        choices=YES_NO,
        initial="",
        **options,
    )


def said(value: bool | None) -> str:
    """A yes, a no or nothing, as `maybe` shows it."""
    return "" if value is None else "yes" if value else "no"
