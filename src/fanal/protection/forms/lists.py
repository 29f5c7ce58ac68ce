"""The filters of the list of procedures; they stand in the URL."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.country.schema import Law
from fanal.protection.forms.base import EVERYTHING, fill
from fanal.protection.queries import Filter
from fanal.web.forms import Form, Text


class ProcedureFilter(Form):
    """Filters of the list of procedures."""

    reference = Text(label=_("Reference"), required=False, max_length=20)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[EVERYTHING, ("running", _("Running")), ("ended", _("Ended"))],
    )
    track = forms.ChoiceField(label=_("Track"), required=False)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    due = forms.ChoiceField(
        label=_("Next clock"),
        required=False,
        choices=[EVERYTHING, ("late", _("Late")), ("soon", _("Within 30 days"))],
    )

    def __init__(self, data: Any, *, law: Law, language: str) -> None:
        super().__init__(data)
        fill(self, "track", [EVERYTHING, *((each.code, each.label.get(language)) for each in law.tracks)])
        fill(self, "phase", [EVERYTHING, *((each.code, each.label.get(language)) for each in law.phases())])

    def narrowed(self, at: datetime) -> Filter:
        """What was asked; what cannot be read filters nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Filter(
            reference=given.get("reference", "").strip().upper(),
            state=given.get("state", ""),
            track=given.get("track", ""),
            phase=given.get("phase", ""),
            due=given.get("due", ""),
            at=at,
        )
