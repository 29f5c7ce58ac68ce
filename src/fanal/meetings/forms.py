"""Acts on meetings and their items: text in, values out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fanal.bodies.rules import SeatHeld
from fanal.meetings.queries import Aim, Answer, ItemState, State
from fanal.meetings.rules.series import Rule
from fanal.web.forms import Date, Form, LongText, Moment, Text, Time

Choices = Iterable[tuple[Any, Any]]
_NTH = [
    ("1", _("the first")),
    ("2", _("the second")),
    ("3", _("the third")),
    ("4", _("the fourth")),
    ("-1", _("the last")),
]
_WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
]
_ACCEPTED = ".pdf,.docx,.xlsx,.odt,.ods,.txt,.jpg,.jpeg,.png,application/pdf"


def _fill(form: Form, field: str, choices: Choices) -> None:
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    found.choices = list(choices)


class Minutes(forms.IntegerField):
    """A length in minutes. What cannot be right is refused by the act, in its words."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", pgettext("duration", "Minutes"))
        super().__init__(min_value=0, max_value=1440, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        return {"inputmode": "numeric", "autocomplete": "off"}


class Seats(forms.TypedMultipleChoiceField):
    """Seats of a body, by id."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, widget=forms.CheckboxSelectMultiple, required=False, **options)

    def offer(self, seats: Iterable[SeatHeld]) -> None:
        """The seats to choose from, in their order."""
        self.choices = [(str(seat.id), seat.label) for seat in seats]


class WhenForm(Form):
    """When and where a meeting takes place."""

    begins_at = Moment(label=pgettext("meeting", "Begins on"))
    minutes = Minutes(label=_("Length in minutes"), initial=120)
    place = Text(
        label=pgettext("meeting", "Place"),
        required=False,
        help_text=_("A room, or the address of a call. It stands in the invitation."),
    )
    proposals_until = Moment(
        label=_("Items may be proposed until"),
        required=False,
        help_text=_("Those who are invited read this day. The agenda is closed by hand, when you set it."),
    )
    words = LongText(label=_("A word to those who are invited"), required=False, rows=3)


class PlanForm(WhenForm):
    """One meeting of a body."""

    body_code = forms.ChoiceField(label=_("Of which body?"))
    field_order = ["body_code"]

    def __init__(self, data: Any = None, *, bodies: Choices, **options: Any) -> None:
        super().__init__(data, **options)
        _fill(self, "body_code", bodies)


class SeriesForm(Form):
    """A series of meetings: the second Tuesday of every month, say."""

    body_code = forms.ChoiceField(label=_("Of which body?"))
    nth = forms.TypedChoiceField(label=_("On which"), choices=_NTH, coerce=int)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=_WEEKDAYS, coerce=int)
    every_months = forms.IntegerField(
        label=_("Every how many months?"), min_value=1, max_value=12, initial=1,
        error_messages={"min_value": _("At least 1."), "max_value": _("At most 12.")},
    )  # fmt: skip
    begins = Time(label=_("Hour"), help_text=_("Like 14:30."))
    minutes = Minutes(label=_("Length in minutes"), initial=120)
    place = Text(label=pgettext("meeting", "Place"), required=False)
    first = Date(label=_("From"))
    until = Date(
        label=_("Until"),
        help_text=_("What falls on a public holiday goes to the next working day. Only drafts are made."),
    )

    def __init__(self, data: Any = None, *, bodies: Choices) -> None:
        super().__init__(data)
        _fill(self, "body_code", bodies)

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        rule = Rule(given["every_months"], given["nth"], given["weekday"], given["first"], given["until"])
        return {"rule": rule} | {name: given[name] for name in ("body_code", "begins", "minutes", "place")}


class WhyForm(Form):
    """A reason."""

    why = LongText(label=pgettext("reason", "Why?"), rows=3)


class OffForm(WhyForm):
    """A reason, and until when."""

    until = Date(
        label=_("Not before"), required=False, help_text=_("Empty: it is on the agenda of the next meeting.")
    )


class ReplyForm(Form):
    """Who comes."""

    answer = forms.ChoiceField(label=_("Your seat"), choices=Answer.choices, widget=forms.RadioSelect)
    note = Text(label=_("Who sits in for you?"), required=False, help_text=_("Where you send a substitute."))


class ItemForm(Form):
    """What an item says."""

    title = Text(label=pgettext("item", "Title"), max_length=200)
    aim = forms.ChoiceField(
        label=_("What is asked of the body?"), choices=Aim.choices, widget=forms.RadioSelect
    )
    text = LongText(
        label=_("What it is about"), required=False, max_length=20_000, rows=10,
        help_text=_("What has to be known before the meeting, and what is proposed. No name of a person in a case."),
    )  # fmt: skip
    minutes = Minutes(label=_("How many minutes does it take?"), initial=10)


class ProposeForm(ItemForm):
    """An item for a body, or for one meeting of it."""

    meeting = forms.ChoiceField(label=_("For which meeting?"), required=False)
    late = forms.BooleanField(label=_("The agenda was set: ask the chair to take it late"), required=False)
    why_late = LongText(label=_("Why can it not wait?"), required=False, rows=2)
    seats = Seats(
        label=_("Only for these seats"),
        help_text=_(
            "Nothing chosen: every seat reads it. Your own seat is always among them, and the chair or the "
            "secretariat has to be: somebody puts it on the agenda. Nobody else learns that it exists."
        ),
    )

    def __init__(
        self, data: Any = None, *, meetings: Choices, seats: Iterable[SeatHeld], **options: Any
    ) -> None:
        super().__init__(data, **options)
        _fill(self, "meeting", [("", _("The next one")), *meetings])
        found = self.fields["seats"]
        assert isinstance(found, Seats)
        found.offer(seats)


class ExcludeForm(Form):
    """Which seats do not vote on an item."""

    seats = Seats(label=_("These seats do not vote on it"))
    why = Text(label=_("What is the conflict?"), required=False)

    def __init__(self, data: Any = None, *, seats: Iterable[SeatHeld], **options: Any) -> None:
        super().__init__(data, **options)
        found = self.fields["seats"]
        assert isinstance(found, Seats)
        found.offer(seats)


class AnnexForm(Form):
    """A paper that goes with an item. `submission`: the form sent twice adds it once."""

    use_required_attribute = False

    title = Text(label=pgettext("paper", "Title"), max_length=200)
    file = forms.FileField(
        label=pgettext("attachment", "File"),
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
        help_text=_("PDF, Word, Excel or LibreOffice without macros, text or a picture. At most 25 MB."),
    )
    seats = Seats(
        label=_("Only for these seats"),
        help_text=_("Nothing chosen: whoever sees the item. Your own seat is among them."),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, seats: Iterable[SeatHeld], **options: Any
    ) -> None:
        super().__init__(data, files, **options)
        found = self.fields["seats"]
        assert isinstance(found, Seats)
        found.offer(seats)


class MeetingFilter(Form):
    """What the list of meetings is narrowed to."""

    body = forms.ChoiceField(label=_("Body"), required=False)
    state = forms.ChoiceField(
        label=pgettext("meeting", "State"), required=False, choices=[("", _("All")), *State.choices]
    )

    def __init__(self, data: Any = None, *, bodies: Choices) -> None:
        super().__init__(data)
        _fill(self, "body", [("", _("All")), *bodies])

    def narrowed(self) -> dict[str, str]:
        """The filters; what cannot be read narrows nothing."""
        self.is_valid()
        return {"body_code": self.cleaned_data.get("body", ""), "state": self.cleaned_data.get("state", "")}


class ItemFilter(Form):
    """What the list of items is narrowed to."""

    text = Text(label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    body = forms.ChoiceField(label=_("Body"), required=False)
    state = forms.ChoiceField(
        label=pgettext("item", "State"), required=False, choices=[("", _("All")), *ItemState.choices]
    )

    def __init__(self, data: Any = None, *, bodies: Choices) -> None:
        super().__init__(data)
        _fill(self, "body", [("", _("All")), *bodies])

    def narrowed(self) -> dict[str, str]:
        """The filters; what cannot be read narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "body_code": given.get("body", ""),
            "state": given.get("state", ""),
            "text": given.get("text", ""),
        }


class MonthForm(Form):
    """A month, as `2026-12`, and a body."""

    month = forms.CharField(required=False)
    body = forms.CharField(required=False)

    def clean_month(self) -> tuple[int, int] | None:
        typed = self.cleaned_data["month"]
        if not typed:
            return None
        try:
            found = datetime.strptime(typed, "%Y-%m")
        except ValueError as wrong:
            raise ValidationError(_("A month is written like 2026-12.")) from wrong
        return found.year, found.month
