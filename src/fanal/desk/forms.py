"""What a member types about her own account."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.web.forms import Date, Form, Text

REFERENCE = r"^[A-Za-z]-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}$"
LIVES = {"30": timedelta(days=30), "90": timedelta(days=90), "365": timedelta(days=365)}


_PAPER = r"^[A-Za-z]{2,8}(-[0-9A-Za-z]{1,8}){1,3}$"  # of a decision, a meeting, a report


class ReferenceForm(Form):
    """A reference that somebody read out on the telephone."""

    reference = Text(
        label=_("Open by reference"),
        max_length=24,
        validators=[
            RegexValidator(
                f"{REFERENCE}|{_PAPER}", _("A reference looks like A-7F3K-9QX4, or like BUR-2026-014.")
            )
        ],
    )


class TokenForm(Form):
    """A new personal token: what it is for and how long it lives."""

    label = Text(
        label=_("What is it for?"), max_length=80, help_text=_("The name of the program that will use it.")
    )
    days = forms.ChoiceField(
        label=_("How long does it live?"),
        choices=[("30", _("30 days")), ("90", _("90 days")), ("365", _("One year"))],
        widget=forms.RadioSelect,
        initial="30",
    )


LONGEST_PERIOD = timedelta(days=366)


class PeriodForm(Form):
    """From one day to another, both included; the current month when nothing is asked."""

    begins = Date(label=_("First day"), required=False)
    ends = Date(label=_("Last day"), required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = now.date()
        self.fields["begins"].initial = self.today.replace(day=1)
        self.fields["ends"].initial = self.today

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        begins, ends = self._days(found)
        if ends < begins:
            raise forms.ValidationError(_("The period ends before it begins."))
        if ends - begins > LONGEST_PERIOD:
            raise forms.ValidationError(_("Choose a period of one year at most."))
        return found

    def period(self) -> tuple[datetime, datetime]:
        """The first moment of the period and the first after it, aware."""
        found = self.cleaned_data if self.is_bound and self.is_valid() else {}
        begins, ends = self._days(found)
        return _midnight(begins), _midnight(ends + timedelta(days=1))

    def _days(self, found: dict[str, Any]) -> tuple[date, date]:
        ends = found.get("ends") or self.today
        return found.get("begins") or ends.replace(day=1), ends


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
