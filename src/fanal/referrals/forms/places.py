"""The places that a unit publishes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.alerts.rules import languages
from fanal.country.schema import Law
from fanal.referrals.forms.base import NOTHING, codes, fill
from fanal.referrals.rules.capacity import Offer
from fanal.referrals.rules.content import UNKNOWN_SEX
from fanal.referrals.rules.soundness import OLDEST
from fanal.web.forms import Form, Moment

_SPOKEN = tuple(f"language_{n}" for n in range(1, 7))


class PlacesForm(Form):
    """Free places now and who can have them. Where the house stands is never asked."""

    free = forms.IntegerField(label=_("Free places now"), min_value=0)
    valid_until = Moment(label=_("These figures hold until"))
    sexes = forms.MultipleChoiceField(
        label=_("For persons of which sex"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for everyone."),
    )
    age_from = forms.IntegerField(label=_("From which age"), required=False, min_value=0, max_value=OLDEST)
    age_to = forms.IntegerField(label=_("Up to which age"), required=False, min_value=0, max_value=OLDEST)
    children = forms.BooleanField(label=_("Children may come along"), required=False)
    wheelchair = forms.BooleanField(label=_("Accessible by wheelchair"), required=False)
    night = forms.BooleanField(label=_("Receives at night and at the weekend"), required=False)

    def __init__(self, data: Any, *, law: Law, language: str, last: Offer | None = None) -> None:
        super().__init__(data, initial=_typed(last) if last else None)
        fill(self, "sexes", [pair for pair in codes(law, "sex", language) if pair[0] != UNKNOWN_SEX])
        for n, name in enumerate(_SPOKEN, 1):
            self.fields[name] = forms.ChoiceField(
                label=_("Language spoken (%(n)d)") % {"n": n},
                required=False,
                choices=[NOTHING, *languages(language)],
            )

    def offer(self) -> Offer:
        """What was typed, as the rules read it."""
        given = self.cleaned_data
        plain = ("free", "valid_until", "age_from", "age_to", "children", "wheelchair", "night")
        return Offer(
            sexes=frozenset(given["sexes"]),
            languages=frozenset(given[name] for name in _SPOKEN if given[name]),
            **{name: given[name] for name in plain},
        )


def _typed(last: Offer) -> dict[str, Any]:
    """What was published last, as a start; the moment until which it holds is chosen anew."""
    plain = ("free", "age_from", "age_to", "children", "wheelchair", "night")
    spoken = dict(zip(_SPOKEN, sorted(last.languages), strict=False))
    return {"sexes": sorted(last.sexes), **{name: getattr(last, name) for name in plain}, **spoken}
