"""The acts on one referral, reviews, and the filters of the list."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.country.schema import Law
from fanal.referrals.forms.base import EVERYTHING, NOTHING, codes, fill
from fanal.referrals.queries import Filter, State
from fanal.web.forms import Date, Form, LongText, Text


class FilterForm(Form):
    """Filters of the list; they stand in the URL."""

    box = forms.ChoiceField(
        label=_("Direction"),
        required=False,
        choices=[EVERYTHING, ("in", _("Sent to us")), ("out", _("Sent by us"))],
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[EVERYTHING, *State.choices])
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    late = forms.BooleanField(label=_("Only without an answer in time"), required=False)

    def __init__(self, data: Any, *, law: Law, language: str) -> None:
        super().__init__(data)
        fill(self, "purpose", [EVERYTHING, *codes(law, "referral_purpose", language)])

    def narrowed(self, at: datetime) -> Filter:
        """What was asked; what cannot be read filters nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Filter(
            box=given.get("box", ""),
            state=given.get("state", ""),
            purpose=given.get("purpose", ""),
            late_at=at if given.get("late") else None,
        )


class RefuseForm(Form):
    """Why not: a reason, and words if need be."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    words = LongText(
        label=_("In a few words"),
        required=False,
        rows=3,
        max_length=1000,
        help_text=_("Only the service that asked you reads it. No names."),
    )

    def __init__(self, data: Any, *, law: Law, language: str) -> None:
        super().__init__(data)
        fill(self, "reason", codes(law, "referral_refusal", language))


class DoneForm(Form):
    """What became of it."""

    words = LongText(
        label=_("In a few words"),
        required=False,
        rows=3,
        max_length=1000,
        help_text=_("Only the service that asked you reads it. No names, no addresses."),
    )


class ReviewForm(Form):
    """Until when an exception may stand."""

    review_due = Date(label=_("Next day of review"))

    def next_review(self) -> date:
        """The day that was typed."""
        chosen: date = self.cleaned_data["review_due"]
        return chosen


class IdentityForm(Form):
    """Why one wants to know who it is."""

    purpose = forms.ChoiceField(label=_("For what purpose"))
    file_reference = Text(
        label=_("Reference of your file"),
        required=False,
        max_length=60,
        help_text=_("Where the purpose needs one."),
    )

    def __init__(self, data: Any, *, law: Law, language: str) -> None:
        super().__init__(data)
        fill(self, "purpose", [NOTHING, *codes(law, "reading_purpose", language)])


class AlertForm(Form):
    """In which alert the person stands."""

    alert = Text(label=_("Reference of the alert"), max_length=20, help_text=_("Like A-7F3K-9QX4."))

    def clean_alert(self) -> str:
        return str(self.cleaned_data["alert"]).strip().upper()
