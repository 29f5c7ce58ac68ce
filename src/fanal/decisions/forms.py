"""Acts on decisions: text in, values out."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fanal.decisions.queries import Search, State
from fanal.decisions.rules import State as Said
from fanal.web.forms import Date, Form, LongText, Text

Choices = Iterable[tuple[Any, Any]]
_STATES = [
    ("unfinished", pgettext_lazy("decisions", "not finished")),
    ("overdue", pgettext_lazy("decisions", "overdue")),
    *State.choices,
]


def _fill(form: Form, field: str, choices: Choices) -> None:
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    found.choices = list(choices)


class FilterForm(Form):
    """What of the register one wants to see."""

    words = Text(label=_("Words or number"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    body = forms.ChoiceField(label=_("Body"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    owner = forms.ChoiceField(label=_("Answers for it"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(
        self, data: Any, *, bodies: Choices, owners: Choices, years: Iterable[int], prepares: bool
    ) -> None:
        super().__init__(data)
        bodies = list(bodies)
        self.sits, self.prepares = bool(bodies), prepares
        every = [("", _("All"))]
        _fill(self, "body", [*every, *bodies])
        _fill(self, "state", [*every, *_STATES])
        _fill(self, "owner", [*every, *owners])
        _fill(self, "year", [*every, *((str(year), str(year)) for year in years)])

    def search(self) -> Search:
        """What is looked for; what cannot be read asks nothing."""
        said = self.cleaned_data if self.is_valid() else {}
        owner, year = said.get("owner", ""), said.get("year", "")
        return Search(
            body=said.get("body", ""),
            state=said.get("state", ""),
            owner=int(owner) if owner else None,
            year=int(year) if year else None,
            words=said.get("words", ""),
        )


class RecordForm(Form):
    """A decision, whenever it was taken."""

    body = forms.ChoiceField(label=_("Body"))
    title = Text(label=_("What was decided, in one line"), max_length=300)
    text = LongText(label=_("Text of the decision"), max_length=20_000, rows=8, required=False)
    taken_on = Date(label=_("Decided on"))
    owners = forms.TypedMultipleChoiceField(label=_("Answers for it"), coerce=int, required=False)
    due_on = Date(label=_("Due on"), required=False)
    seats = forms.TypedMultipleChoiceField(
        label=_("For these seats only"),
        coerce=UUID,
        required=False,
        help_text=_("Empty: for the whole body. Named: nobody else learns that the decision exists."),
    )
    origin = Text(
        label=_("Source"), max_length=1000, required=False, help_text=_("Where an older decision is found.")
    )
    origin_url = forms.URLField(
        label=_("Link to the source"), max_length=400, required=False, assume_scheme="https"
    )

    def __init__(
        self, data: Any = None, *, bodies: Choices, owners: Choices, seats: Choices, body: str = ""
    ) -> None:
        super().__init__(data, initial={"body": body})
        _fill(self, "body", bodies)
        _fill(self, "owners", owners)
        _fill(self, "seats", seats)
        for name in ("owners", "seats"):
            self.fields[name].widget.attrs["size"] = 8


class FollowForm(Form):
    """How far it is, and what shows it."""

    state = forms.ChoiceField(label=_("State"), widget=forms.RadioSelect)
    note = LongText(label=_("What was done"), rows=4, required=False)
    link = forms.URLField(
        label=_("Link that shows it"), max_length=400, required=False, assume_scheme="https"
    )

    def __init__(self, data: Any = None, *, states: Iterable[Said], now: str) -> None:
        super().__init__(data, initial={"state": now})
        words = dict(State.choices)
        _fill(self, "state", [(state.value, words[state.value]) for state in states])


class RescheduleForm(Form):
    """Another day."""

    due_on = Date(label=_("Due on"), required=False, help_text=_("Empty: without a due date."))
    note = LongText(label=_("Why?"), rows=3)

    def __init__(self, data: Any = None, *, due_on: date | None) -> None:
        super().__init__(data, initial={"due_on": due_on})


class SupersedeForm(Form):
    """What stands in its place."""

    by_number = Text(label=_("Number of the decision that stands in its place"), max_length=24)
    note = LongText(label=_("Note"), rows=3, required=False)


class ExtractForm(Form):
    """What the public reads."""

    language = forms.ChoiceField(label=_("Language"))
    title = Text(label=_("Title"), max_length=300)
    text = LongText(
        label=_("What the public reads"),
        max_length=20_000,
        rows=8,
        help_text=_("Nothing else of the decision is shown."),
    )

    def __init__(self, data: Any = None, *, languages: Choices, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        _fill(self, "language", languages)


class WhyForm(Form):
    """The reason of an act."""

    note = LongText(label=_("Why?"), rows=3)


class TableForm(Form):
    """A table of older decisions."""

    file = forms.FileField(label=_("Table (XLSX or CSV)"))
