"""Acts on bodies: text in, values out."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.bodies.queries import SeatKinds
from fanal.web.forms import Date, Form, LongText, Text

Choices = Iterable[tuple[Any, Any]]


def _fill(form: Form, field: str, choices: Choices) -> None:
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    found.choices = list(choices)


class DayForm(Form):
    """The composition of which day."""

    on = Date(label=_("Composition on"), required=False)


class TwoDaysForm(Form):
    """Two days to lay side by side."""

    before = Date(label=_("Earlier day"), required=False)
    after = Date(label=_("Later day"), required=False)


class PersonForm(Form):
    """Somebody in a seat."""

    member = forms.TypedChoiceField(label=_("Person"), coerce=UUID)
    substitute = forms.BooleanField(label=_("As a substitute"), required=False)
    valid_from = Date(label=_("First day"))
    valid_to = Date(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))

    def __init__(self, data: Any = None, *, members: Choices, today: date) -> None:
        super().__init__(data, initial={"valid_from": today})
        _fill(self, "member", members)


class LastDayForm(Form):
    """Until when."""

    last_day = Date(label=_("Last day"))


class SeatForm(Form):
    """A new seat."""

    kind = forms.ChoiceField(label=_("Kind of seat"), choices=SeatKinds.choices)
    units = forms.TypedMultipleChoiceField(
        label=_("Held by"),
        coerce=int,
        help_text=_("Several services hold one seat together: they have one voice."),
    )
    name = Text(label=_("Name of the seat"), required=False, help_text=_("Empty: the name of the service."))
    valid_from = Date(label=_("First day"))
    valid_to = Date(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))

    def __init__(self, data: Any = None, *, units: Choices, today: date) -> None:
        super().__init__(data, initial={"valid_from": today})
        _fill(self, "units", units)
        self.fields["units"].widget.attrs["size"] = 10


class GroupForm(Form):
    """A working group."""

    name = Text(label=_("Name of the working group"))
    letters = Text(
        label=_("Letters of its numbers"),
        max_length=8,
        help_text=_("Two to eight letters, as in WGM-2026-001."),
    )
    valid_from = Date(label=_("First day"))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"valid_from": today})


class AskForm(Form):
    """Why a meeting cannot wait."""

    reason = LongText(
        label=_("Why can it not wait for the next meeting?"),
        rows=5,
        help_text=_("All members of the body read it. No names of persons of a file."),
    )


class ConveneForm(Form):
    """When the body meets."""

    meets_on = Date(label=_("Day of the meeting"))


class RefuseForm(Form):
    """Why it does not meet."""

    reason = LongText(label=_("Reason"), rows=4, help_text=_("All members of the body read it."))
