"""The acts on one procedure."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fanal.country.schema import Ground, Law
from fanal.directory.queries import Unit
from fanal.protection.forms.base import NOTHING, Minor, day, fill, motivation, units
from fanal.protection.queries.words import STATEMENTS, article
from fanal.protection.rules.moves import Option
from fanal.web.forms import Date, Form, LongText, Text
from fanal.web.templatetags.fanal import day as as_day


class DecideForm(Minor):
    """A step: the conditions that the person who decides declares, the day, and the first day of the document."""

    declared = forms.MultipleChoiceField(
        label=_("I declare that"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Each of them must be so, or the step is not possible.")},
    )
    on = day(_("Day of the decision"))
    first_day = Date(label=_("First day of the document"), required=False)
    words = motivation(_("Reasons, if they are to be written on paper"), required=False)
    field_order = ["declared", "best_interests", "on", "first_day", "words"]

    def __init__(
        self,
        data: Any = None,
        *,
        option: Option,
        minor: bool,
        language: str,
        window: tuple[date, date] | None,
    ) -> None:
        super().__init__(data, minor=minor)
        asked = [
            (each.condition.code, each.condition.label.get(language))
            for each in option.to_declare
            if not (minor and each.condition.code == "best_interests")
        ]
        if asked:
            fill(self, "declared", asked)
        else:
            del self.fields["declared"]
        if window is None or window[0] == window[1]:
            del self.fields["first_day"]
        else:
            first, last = (as_day(each) for each in window)
            self.fields["first_day"].help_text = _(
                "Empty: %(first)s. At the latest %(last)s, so that no day is without a document."
            ) % {"first": first, "last": last}


class RefuseForm(Minor):
    """Why a step is refused."""

    words = motivation(_("Why is it refused?"), required=True)
    on = day(_("Day of the decision"))
    field_order = ["words", "best_interests", "on"]


class RequestForm(Form):
    """What the centre adds to a request."""

    words = LongText(
        label=_("What should the deciding service know?"),
        required=False,
        rows=4,
        help_text=_("No name: the reference says which file it is."),
    )


class StatementForm(Form):
    """A complaint or a statement, and its day."""

    kind = forms.ChoiceField(
        label=_("What was made?"), widget=forms.RadioSelect, choices=list(STATEMENTS.items())
    )
    on = Date(label=_("On which day?"))


class EventForm(Form):
    """A judicial event, and its day."""

    event = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    on = Date(label=_("On which day?"))

    def __init__(self, data: Any = None, *, law: Law, language: str) -> None:
        super().__init__(data)
        fill(self, "event", [(code.code, code.label.get(language)) for code in law.codes("judicial_event")])


class AskForm(Form):
    """To which magistrate's service the questions go, and what it is told."""

    magistrate_unit = forms.TypedChoiceField(label=_("Service of the magistrate"), coerce=int)
    judicial_reference = Text(
        label=_("Reference of the judicial file"),
        required=False,
        max_length=60,
        help_text=_("So that the magistrate finds the case without a name."),
    )
    tell_identity = forms.BooleanField(
        label=_("Tell the magistrate who the person is"),
        required=False,
        help_text=_("A copy of the name, if it is held. Leave it out where the reference is enough."),
    )

    def __init__(
        self, data: Any = None, *, magistrates: list[Unit], language: str, has_identity: bool
    ) -> None:
        super().__init__(data)
        fill(self, "magistrate_unit", [NOTHING, *units(magistrates, language)])
        if not has_identity:
            del self.fields["tell_identity"]


class EndForm(Minor):
    """The ground, its facts and the reasons. Each ground shows the facts it needs; all must be so."""

    ground = forms.ChoiceField(label=pgettext_lazy("end", "Ground"), widget=forms.RadioSelect)
    so = forms.MultipleChoiceField(
        label=_("These facts are so"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A ground that needs facts only holds when each of them is so. A person who was forced is not excluded."
        ),
    )
    with_magistrate = forms.BooleanField(
        label=_("Established together with the judicial authorities"),
        required=False,
        help_text=_("Fraud is not established by one service alone."),
    )
    words = motivation(_("Reasons"), required=True)
    order_to_leave = forms.BooleanField(
        label=_("An order to leave the territory goes with it"), required=False
    )
    on = day(_("Day of the decision"))
    field_order = ["ground", "so", "with_magistrate", "words", "best_interests", "order_to_leave", "on"]

    def __init__(
        self, data: Any = None, *, grounds: tuple[Ground, ...], minor: bool, language: str, residence: bool
    ) -> None:
        super().__init__(data, minor=minor)
        self.asks = {ground.code: [ask.code for ask in ground.asks] for ground in grounds}
        facts = {ask.code: ask.label.get(language) for ground in grounds for ask in ground.asks}
        fill(self, "ground", [(each.code, _ground(each, language)) for each in grounds])
        if facts:
            fill(self, "so", facts.items())
        else:
            del self.fields["so"]
        if not any(ground.with_magistrate for ground in grounds):
            del self.fields["with_magistrate"]
        if not residence:
            del self.fields["order_to_leave"]

    def facts(self) -> dict[str, bool]:
        """Each fact that the chosen ground asks for, and whether it was ticked."""
        ticked = self.cleaned_data.get("so", [])
        return {code: code in ticked for code in self.asks.get(self.cleaned_data["ground"], [])}


def _ground(ground: Ground, language: str) -> str:
    asks = ", ".join(ask.label.get(language) for ask in ground.asks)
    words = f"{ground.label.get(language)} ({article(ground.legal_basis)})"
    return f"{words}: {asks}" if asks else words


class HandOverForm(Form):
    """To which centre, with the person's agreement."""

    to_unit = forms.TypedChoiceField(label=_("Centre that takes over"), coerce=int)
    consent = forms.BooleanField(
        label=_("The person agrees, and the other centre is ready"),
        required=False,
        help_text=_("Without it nothing is handed over."),
    )

    def __init__(self, data: Any = None, *, centres: list[Unit], language: str) -> None:
        super().__init__(data)
        fill(self, "to_unit", [NOTHING, *units(centres, language)])


class DatesForm(Form):
    """Which partner may know the dates, and until when."""

    to_unit = forms.TypedChoiceField(label=_("Service that may know the dates"), coerce=int)
    until = Date(label=_("Until"), required=False, help_text=_("Empty: until you end it."))

    def __init__(self, data: Any = None, *, partners: list[Unit], language: str) -> None:
        super().__init__(data)
        fill(self, "to_unit", [NOTHING, *units(partners, language)])


class IdentityForm(Form):
    """Why one wants to know who it is."""

    purpose = forms.ChoiceField(label=_("For what purpose"))
    file_reference = Text(
        label=_("Reference of your file"),
        required=False,
        max_length=60,
        help_text=_("Where the purpose needs one."),
    )

    def __init__(self, data: Any = None, *, law: Law, language: str) -> None:
        super().__init__(data)
        fill(
            self,
            "purpose",
            [NOTHING, *((c.code, c.label.get(language)) for c in law.codes("reading_purpose"))],
        )
