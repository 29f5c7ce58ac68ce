"""Choices that the law and the directory give, and the fields that several acts share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.directory.queries import Unit
from fanal.web.forms import Date, Form, LongText

NOTHING = ("", "—")
EVERYTHING = ("", _("All"))


def fill(form: Form, field: str, choices: Iterable[Any]) -> None:
    """Give a field of choices its choices."""
    found = form.fields[field]
    if not isinstance(found, forms.ChoiceField):
        raise TypeError(f"{field} has no choices")
    found.choices = list(choices)


def units(found: Iterable[Unit], language: str) -> list[tuple[str, str]]:
    """Units to choose from, by name."""
    return sorted(((str(unit.id), unit.label(language)) for unit in found), key=lambda pair: pair[1])


def day(label: Any, **options: Any) -> Date:
    """The day of an act: empty means today."""
    return Date(
        label=label,
        required=False,
        help_text=_("Empty: today. Like 24.11.2026, not later than today."),
        **options,
    )


def motivation(label: Any, *, required: bool) -> LongText:
    """Words that go on paper."""
    return LongText(
        label=label,
        required=required,
        rows=5,
        help_text=_("This goes on paper that others may see: no name, and no word about what happened."),
    )


class Minor(Form):
    """An act on a file in which a child may stand: then its best interests are noted (R-MIN-2)."""

    best_interests = LongText(
        label=_("How were the best interests of the child taken into account?"), rows=4, required=False
    )

    def __init__(self, data: Any = None, *, minor: bool, **options: Any) -> None:
        super().__init__(data, **options)
        if minor:
            self.fields["best_interests"].required = True
        else:
            del self.fields["best_interests"]
