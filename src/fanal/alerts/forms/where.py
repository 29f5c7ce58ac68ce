"""Step two: where and when."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from fanal.alerts.forms.base import UNKNOWN, StepForm
from fanal.alerts.rules import Report
from fanal.directory import queries as directory
from fanal.directory.rules import Place
from fanal.errors import Refusal
from fanal.web.forms import Date, Text, Time


class WhereForm(StepForm):
    """The municipality is typed; where the text fits several, `several` lists them and one is chosen."""

    place = Text(
        label=_("Municipality or postcode"),
        required=False,
        max_length=100,
        help_text=_("In any language. Empty: you do not know. It decides which services are told."),
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "list": "places",
                "hx-get": reverse_lazy("alerts:places"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#places",
                "hx-sync": "this:replace",
            }
        ),
    )
    municipality = forms.ChoiceField(
        label=_("Which one do you mean?"), required=False, widget=forms.RadioSelect
    )
    sector = forms.ChoiceField(label=_("Sector of activity"), required=False)
    platform = Text(
        label=_("Website, app or network"),
        required=False,
        help_text=_("If it was seen online. No names of persons, no profile names."),
    )
    seen_from = Date(label=_("First day it was seen"), required=False)
    seen_to = Date(label=_("Last day it was seen"), required=False)
    seen_at = Time(label=_("At what hour"), required=False, help_text=_("Like 14:30."))

    def prepare(self) -> None:
        self.found: Place | None = None
        self.several: tuple[Place, ...] = ()
        self.choose("sector", [UNKNOWN, *self.codes("sector")])
        self.choose("municipality", [])
        if self.is_bound and self.data.get("municipality"):
            code = self.data["municipality"]
            self.choose("municipality", [(code, code)])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("place"):
            self._find(values)
        self.judge(Report(**self.values()), {name: name for name in self.fields})
        return values

    def _find(self, values: dict[str, Any]) -> None:
        try:
            found = directory.find_municipalities(
                values["place"], values.get("seen_from") or self.now.date(), self.language
            )
        except Refusal as refusal:
            self.add_error("place", str(refusal.message))
            return
        chosen = [place for place in found if place.nis == values.get("municipality")]
        if len(chosen or found) == 1:
            (self.found,) = chosen or found
            return
        self.several = found
        self.choose(
            "municipality", [(p.nis, f"{p.names.get(self.language)} ({p.postcodes[0]})") for p in found]
        )
        self.add_error("municipality", str(_("This fits several municipalities. Choose one.")))

    def values(self) -> dict[str, Any]:
        """The fields of a `Report` that this step fills."""
        given = self.cleaned_data
        return {
            "municipality": self.found.nis if self.found else "",
            "sector": given.get("sector", ""),
            "platform": given.get("platform", ""),
            "seen_from": given.get("seen_from"),
            "seen_to": given.get("seen_to"),
            "seen_at": given.get("seen_at"),
        }
