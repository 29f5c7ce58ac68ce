"""Step one: what was seen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.alerts.forms.base import UNKNOWN, Choices, StepForm
from fanal.alerts.rules import Report, Sign
from fanal.web.forms import LongText


class WhatForm(StepForm):
    """Signs, forms and a few words; nothing is required, for a doubt is enough."""

    urgent = forms.BooleanField(
        label=_("Somebody is in danger now"),
        required=False,
        help_text=_("Call 112 first. The services are then told with the short term."),
    )
    phenomenon = forms.ChoiceField(
        label=_("What could it be?"), required=False, widget=forms.RadioSelect, initial=""
    )
    purposes = forms.MultipleChoiceField(
        label=_("In which form?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several are possible. None: you do not know."),
    )
    signs = forms.MultipleChoiceField(
        label=_("Which signs did you see?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What you saw or heard yourself. Signs are not added up: one may be enough, ten may be none."
        ),
    )
    narrative = LongText(
        label=_("In a few words"),
        required=False,
        help_text=_(
            "What happened, in order. Write no names, numbers or addresses here: they have their own fields, "
            "which are locked away."
        ),
    )
    detected_through = forms.ChoiceField(label=_("How did you come to know?"), required=False)
    source_grade = forms.ChoiceField(label=_("Source"), required=False)
    information_grade = forms.ChoiceField(label=_("Information"), required=False)
    handling = forms.ChoiceField(label=_("Handling code"), required=False)

    def prepare(self) -> None:
        self.choose("phenomenon", [*self.codes("phenomenon", flag="alert"), UNKNOWN])
        self.choose("purposes", [(p.code, p.label.get(self.language)) for p in self.law.purposes])
        self.choose("signs", self._signs())
        self.choose("detected_through", [UNKNOWN, *self.codes("detection_source")])
        for name in ("source_grade", "information_grade", "handling"):
            entries = [(code, f"{code} · {label}") for code, label in self.codes(name)]
            self.choose(name, [("", _("Not used by my service")), *entries])

    def _signs(self) -> Choices:
        """Signs by group; those of the chosen forms only, once a form is chosen."""
        chosen, kept = set(self.typed("purposes")), self.typed("signs")
        groups: dict[str, Choices] = {}
        for sign in self.law.indicators():
            fits = not chosen or not sign.purposes or chosen & set(sign.purposes)
            if fits or sign.code in kept:
                groups.setdefault(sign.group, []).append((sign.code, sign.label.get(self.language)))
        return [
            (self.law.label("indicator_group", group).get(self.language), signs)
            for group, signs in groups.items()
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self.judge(Report(**self.values()), {"forms": "purposes"} | {name: name for name in self.fields})
        return values

    def values(self) -> dict[str, Any]:
        """The fields of a `Report` that this step fills."""
        given = self.cleaned_data
        copied = {
            name: given.get(name, "")
            for name in (
                "phenomenon", "narrative", "detected_through", "source_grade", "information_grade", "handling",
            )
        }  # fmt: skip
        return {
            **copied,
            "urgent": bool(given.get("urgent")),
            "forms": tuple(given.get("purposes", ())),
            "signs": tuple(Sign(indicator=code) for code in given.get("signs", ())),
        }
