"""To whom, for what, what is sent, and on what ground."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.country.schema import Law
from fanal.directory import queries as directory
from fanal.referrals import queries
from fanal.referrals.forms.base import NOTHING, codes, fill
from fanal.referrals.rules.content import OFFERED, Item
from fanal.referrals.rules.grounds import Given
from fanal.web.forms import Date, Form, LongText, Text


class GroundForm(Form):
    """A consent, or the ground in its place. What a ground needs is asked under it; the rest stays empty."""

    ground = forms.ChoiceField(label=_("On which ground"), widget=forms.RadioSelect)
    given_on = Date(label=_("On which day"), required=False)
    form = forms.ChoiceField(
        label=_("How the person said yes"),
        required=False,
        widget=forms.RadioSelect,
        choices=queries.ConsentForm.choices,
        help_text=_("For a consent."),
    )
    article = Text(
        label=_("Article"), required=False, max_length=120, help_text=_("For an obligation of the law.")
    )
    why = LongText(
        label=_("Why, in one or two sentences"),
        required=False,
        rows=3,
        max_length=1000,
        help_text=_("For every ground but consent. Your service reads it again at the review."),
    )
    review_due = Date(
        label=_("Day of review"),
        required=False,
        help_text=_("For every ground but consent, like 24.11.2026."),
    )

    def __init__(self, data: Any, *, law: Law, language: str) -> None:
        super().__init__(data)
        self.law = law
        fill(self, "ground", codes(law, "consent_ground", language))

    @property
    def beyond_consent(self) -> bool:
        """Whether something of another ground than consent was typed, or is missing."""
        names = ("article", "why", "review_due")
        return any(self[name].errors or self[name].value() for name in names)

    def given(self) -> Given | None:
        """The ground that was chosen; without a day it is of today. None when none was chosen."""
        typed = self.cleaned_data
        if not typed["ground"]:
            return None
        names = ("ground", "form", "article", "why", "review_due")
        return Given(given_on=typed["given_on"] or self.law.on, **{name: typed[name] for name in names})


class ConsentForm(GroundForm):
    """A ground for a service and a purpose, recorded before anything is sent."""

    to_unit = forms.ChoiceField(label=_("For which service"))
    purpose = forms.ChoiceField(label=_("For what purpose"))
    field_order = ("to_unit", "purpose")

    def __init__(self, data: Any, *, law: Law, language: str, units: Collection[directory.Unit]) -> None:
        super().__init__(data, law=law, language=language)
        self.units = {unit.code: unit for unit in units}
        fill(self, "to_unit", [NOTHING, *((unit.code, unit.label(language)) for unit in units)])
        fill(self, "purpose", [NOTHING, *codes(law, "referral_purpose", language)])

    def demand_given(self) -> Given:
        """The ground; this form does not go through without one."""
        given = self.given()
        assert given is not None
        return given

    def to_unit_id(self) -> int:
        """The unit that was chosen."""
        chosen: int = self.units[self.cleaned_data["to_unit"]].id
        return chosen


class ProposeForm(GroundForm):
    """What is sent to one service, and on what ground. Identity is never ticked beforehand."""

    purpose = forms.ChoiceField(label=_("For what purpose"))
    items = forms.MultipleChoiceField(
        label=_("What is sent"),
        error_messages={"required": _("Tick at least one item to send.")},
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The service sees what you tick, and nothing else. More can be sent later."),
    )
    field_order = ("purpose", "items")

    def __init__(
        self, data: Any, *, law: Law, language: str, known: Collection[Item], stands: Collection[str]
    ) -> None:
        """`stands`: the purposes for which a ground for this service stands already."""
        super().__init__(data, law=law, language=language)
        fill(self, "purpose", [NOTHING, *codes(law, "referral_purpose", language)])
        fill_items(self, known)
        self.initial.setdefault("items", [item.value for item in known if item in OFFERED])
        if stands:
            self.initial.setdefault("purpose", next(iter(stands)))
            fill(
                self,
                "ground",
                [("", _("The ground that stands already")), *codes(law, "consent_ground", language)],
            )
        self.fields["ground"].required = not stands

    def items_chosen(self) -> list[Item]:
        """The items that were ticked."""
        return [Item(value) for value in self.cleaned_data["items"]]


class SendForm(Form):
    """Further items for a service that was asked."""

    items = forms.MultipleChoiceField(
        label=_("What is sent"),
        error_messages={"required": _("Tick at least one item to send.")},
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the service has already, and did not change, is not sent again."),
    )

    def __init__(self, data: Any, *, known: Collection[Item]) -> None:
        super().__init__(data)
        fill_items(self, known)

    def items_chosen(self) -> list[Item]:
        """The items that were ticked."""
        return [Item(value) for value in self.cleaned_data["items"]]


def fill_items(form: Form, known: Collection[Item]) -> None:
    """Offer the items that are known, in their order."""
    fill(form, "items", [(item.value, queries.ITEMS[item]) for item in Item if item in known])
