"""The acts on a recorded alert, and the filters of the list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fanal.access.rules import Permission, somebody_may
from fanal.alerts.queries import Filters
from fanal.country.schema import Law
from fanal.directory import queries as directory
from fanal.web.forms import Form, Moment, Text

EVERYTHING = ("", pgettext("alert", "All"))


def _codes(law: Law, name: str, language: str) -> list[tuple[str, str]]:
    return [(entry.code, entry.label.get(language)) for entry in law.codes(name)]


def _fill(form: Form, field: str, choices: Iterable[Any]) -> None:
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    found.choices = list(choices)


def _services(units: Iterable[directory.Unit], but: int, language: str) -> list[tuple[str, str]]:
    """The services in which somebody reads alerts, by name, without one's own."""
    open_ones = [
        (unit.code, unit.label(language))
        for unit in units
        if unit.id != but and somebody_may(unit.roles, Permission.ALERT_READ)
    ]
    return sorted(open_ones, key=lambda pair: pair[1].casefold())


class Service(forms.ChoiceField):
    """A service by its code. Whether it may receive is for the act to say, which knows when it closed and why not."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002
        return True


class FilterForm(Form):
    """Filters of the list; they stand in the URL."""

    reference = Text(label=_("Reference"), required=False, max_length=20)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[EVERYTHING, ("open", pgettext("alert", "Open")), ("closed", pgettext("alert", "Closed"))],
    )
    side = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[EVERYTHING, ("mine", _("Recorded by us")), ("received", pgettext("alert", "Received"))],
    )
    form = forms.ChoiceField(label=_("Form"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    late = forms.BooleanField(label=_("Only with a receipt that is late"), required=False)

    def __init__(self, data: Any, *, law: Law, language: str) -> None:
        super().__init__(data)
        _fill(self, "form", [EVERYTHING, *((p.code, p.label.get(language)) for p in law.purposes)])
        _fill(self, "outcome", [EVERYTHING, *_codes(law, "alert_outcome", language)])

    def filters(self) -> Filters:
        """What was asked; what cannot be read filters nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(**{name: given[name] for name in Filters.__dataclass_fields__ if given.get(name)})


class DutyForm(Form):
    """When and how a duty was fulfilled."""

    done_at = Moment(label=_("When"))
    how = Text(
        label=_("How"), required=False, help_text=_("For example: by phone, to whom in which function.")
    )


class SendForm(Form):
    """One more service, why, and on what ground."""

    to_unit = Service(label=_("To which service"))
    purpose = forms.ChoiceField(label=_("For what purpose"))
    ground = Text(
        label=_("On what ground"),
        help_text=_("An article, or the reason in a few words, without names. It stays in the file."),
    )

    def __init__(
        self, data: Any, *, units: Iterable[directory.Unit], but: int, law: Law, language: str
    ) -> None:
        super().__init__(data)
        _fill(self, "to_unit", [("", "—"), *_services(units, but, language)])
        _fill(self, "purpose", [("", "—"), *_codes(law, "reading_purpose", language)])


class CloseForm(Form):
    """The outcome, and what it must name."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    other = Text(
        label=_("Reference of the other alert, or of the referral"),
        required=False,
        max_length=12,
        help_text=_("Like A-7F3K-9QX4 or R-7F3K-9QX4."),
    )
    receiver = forms.ChoiceField(
        label=_("Service that took over"), required=False, help_text=_("For a person who was referred.")
    )

    def __init__(
        self, data: Any, *, units: Iterable[directory.Unit], but: int, law: Law, language: str
    ) -> None:
        super().__init__(data)
        _fill(self, "outcome", _codes(law, "alert_outcome", language))
        _fill(self, "receiver", [("", "—"), *_services(units, but, language)])

    def clean_other(self) -> str:
        return str(self.cleaned_data["other"]).strip().upper()


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
        _fill(self, "purpose", [("", "—"), *_codes(law, "reading_purpose", language)])


class FunnelForm(Form):
    """Of which year, which kind of service, and which form."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    unit_kind = forms.ChoiceField(label=_("Kind of service"), required=False)
    form = forms.ChoiceField(label=_("Form"), required=False)

    def __init__(self, data: Any, *, years: Iterable[int], law: Law, language: str, now: datetime) -> None:
        super().__init__({"year": now.year, **data.dict()})
        _fill(self, "year", [(year, str(year)) for year in years])
        _fill(self, "unit_kind", [EVERYTHING, *_codes(law, "unit_kind", language)])
        _fill(self, "form", [EVERYTHING, *((p.code, p.label.get(language)) for p in law.purposes)])
