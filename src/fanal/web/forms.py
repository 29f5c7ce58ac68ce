"""The base of every form: text in any script, dates as people type them, and nothing that was typed is ever lost."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fanal.errors import Refusal
from fanal.web.dates import read_date, read_time
from fanal.web.numbers import read_number

T = TypeVar("T")

LONGEST = 5000
"""Characters of the longest free text; a house rule, not a legal one."""

_TOO_LONG = ngettext_lazy(
    "At most %(limit_value)d character is kept here; you wrote %(show_value)d.",
    "At most %(limit_value)d characters are kept here; you wrote %(show_value)d.",
    "limit_value",
)


class Text(forms.CharField):
    """Text of any script and direction. The browser never cuts it short: what is too long comes back with a message."""

    def __init__(self, *, max_length: int = 200, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = _TOO_LONG

    def to_python(self, value: Any) -> str:
        """A line break counts as one character, whichever way the browser sends it."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {} if widget.is_hidden else {"dir": "auto", "autocomplete": "off"}


class LongText(Text):
    """Several lines, 5,000 characters unless told otherwise."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = LONGEST, rows: int = 6, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        self.widget.attrs["rows"] = rows

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-limit": self.max_length}


class DateInput(forms.TextInput):
    """A text field, because a browser's own date field drops what it cannot read; `fanal.js` adds a calendar."""

    template_name = "web/widgets/date.html"

    def format_value(self, value: Any) -> str | None:
        return f"{value:%d.%m.%Y}" if isinstance(value, date) else super().format_value(value)


class TimeInput(forms.TextInput):
    def format_value(self, value: Any) -> str | None:
        return f"{value:%H:%M}" if isinstance(value, time) else super().format_value(value)


class Date(forms.Field):
    """A day. Gives a `date`, or None when empty and not required. See `dates.read_date` for what is understood."""

    widget = DateInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Day, month, year, like 24.11.2026."))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        return _read(read_date, str(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        return {"autocomplete": "off", "spellcheck": "false"}


class Time(forms.Field):
    """An hour of the day. Gives a `time`, or None when empty and not required."""

    widget = TimeInput

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return None if value in self.empty_values else value
        return _read(read_time, str(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        return {"autocomplete": "off", "spellcheck": "false"}


class MomentInput(forms.MultiWidget):
    """Day and hour side by side."""

    template_name = "web/widgets/moment.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        day = {"aria-label": _("Day"), "autocomplete": "off"}
        hour = {"aria-label": _("Hour, like 14:30"), "autocomplete": "off"}
        super().__init__([DateInput(attrs=day), TimeInput(attrs=hour)], attrs)

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, datetime):
            return [None, None]
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return [local.date(), local.time()]


class Moment(forms.MultiValueField):
    """A day and an hour in local time. Gives an aware `datetime`, or None when empty and not required.

    An hour that the change to summer time skips is refused; of an hour that exists twice the first is taken.
    """

    widget = MomentInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Day and hour, like 24.11.2026 and 14:30."))
        super().__init__([Date(), Time()], **options)

    def compress(self, data_list: list[Any]) -> datetime | None:
        if not any(part is not None for part in data_list):
            return None
        if None in data_list:
            raise ValidationError(_("Write the day and the hour, or neither."), "incomplete")
        local = datetime.combine(*data_list)
        aware = local.replace(tzinfo=timezone.get_current_timezone())
        there_and_back = aware.astimezone(UTC).astimezone(aware.tzinfo)
        if there_and_back.replace(tzinfo=None) != local:
            raise ValidationError(
                _("The clocks are put forward at that hour: it does not exist."), "clock_change"
            )
        return aware


class Form(forms.Form):
    """The form every capability extends.

    `identity` names the fields that identify a person: what is typed there is kept by the browser only between a
    submission and its answer (see `fanal.js`).
    """

    identity: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        for name in self.identity:
            self.fields[name].widget.attrs["data-secret"] = True


class Number(forms.Field):
    """A number as people write it (see `web.numbers`). Gives a `Decimal`, or None when empty."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:
        return None if value in self.empty_values else _read(read_number, str(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        return {"autocomplete": "off", "inputmode": "decimal"}


def respond(request: HttpRequest, template: str, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """The page of a form: 200 when it is shown, 422 when it comes back with something to correct."""
    wrong = form.is_bound and bool(form.errors)
    return render(request, template, {"form": form, **context}, status=422 if wrong else 200)


def _read(reader: Callable[[str], T], text: str) -> T:
    try:
        return reader(text)
    except Refusal as refusal:
        raise ValidationError(str(refusal.message), refusal.code) from refusal
