"""What a unit holds of a person it refers: text in, an `About` out, and back."""

from dataclasses import fields
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.alerts.rules import Age, countries, languages
from fanal.country.schema import Law
from fanal.referrals.forms.base import NOTHING, UNKNOWN, codes, fill, maybe, said
from fanal.referrals.rules.content import About, Identity, Practical, SafeContact
from fanal.referrals.rules.soundness import MOST_CHILDREN, OLDEST
from fanal.web.forms import Date, Form, LongText, Text

_IDENTITY = tuple(each.name for each in fields(Identity))
_SPOKEN = ("language_1", "language_2", "language_3")


class PersonForm(Form):
    """The person, as far as she or the facts say. Nothing here leaves the service before an item is ticked."""

    identity: ClassVar[tuple[str, ...]] = _IDENTITY

    pseudonym = Text(
        label=_("What do you call this person here?"),
        required=False,
        max_length=60,
        help_text=_("A first name that is not the real one is enough. Help never depends on a name."),
    )
    summary = LongText(
        label=_("Summary for the service that is asked"),
        required=False,
        help_text=_(
            "What it must know to say yes or no. No names, no addresses: identity is sent apart, or not at all."
        ),
    )
    age_basis = forms.ChoiceField(label=_("Age"), required=False)
    years = forms.IntegerField(label=_("About how many years"), required=False, min_value=0, max_value=OLDEST)
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False)
    minor = maybe(_("Is the person a minor?"))
    unaccompanied = maybe(
        _("Is the person alone, without an adult who is legally responsible?"),
        help_text=_("Only for a minor, or in doubt."),
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    language_1 = forms.ChoiceField(label=_("Language"), required=False)
    language_2 = forms.ChoiceField(label=_("Second language"), required=False)
    language_3 = forms.ChoiceField(label=_("Third language"), required=False)
    citizenship = forms.ChoiceField(label=_("Citizenship"), required=False)
    children = forms.IntegerField(
        label=_("Children who come along"),
        required=False,
        min_value=0,
        max_value=MOST_CHILDREN,
        help_text=_("0 when there are none; empty when you do not know."),
    )
    wheelchair = maybe(_("Does the person need access by wheelchair?"))
    night = maybe(_("Must the person be received at night?"))
    needs = LongText(label=_("Other practical needs"), required=False, rows=3, max_length=1000)
    means = forms.MultipleChoiceField(
        label=_("How may the person be reached without danger?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: you do not know, and nobody should try."),
    )
    details = Text(label=_("Number, address or meeting point"), required=False)
    hours = Text(label=_("At what hours, and with what care?"), required=False)
    signs = forms.MultipleChoiceField(
        label=_("Signs seen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    documents = LongText(
        label=_("Documents to come"),
        required=False,
        rows=3,
        max_length=1000,
        help_text=_("Which papers exist and how they will follow."),
    )
    given_names = Text(label=_("Given names"), required=False)
    family_name = Text(label=_("Family name"), required=False)
    birth_date = Date(label=_("Date of birth"), required=False)
    birth_place = Text(label=_("Place of birth"), required=False)
    document_number = Text(label=_("Number of an identity document"), required=False)

    def __init__(self, data: Any = None, *, law: Law, language: str, start: About | None = None) -> None:
        super().__init__(data, initial=_typed(start) if start else None)
        self.start = start or About()
        fill(self, "age_basis", [UNKNOWN, *codes(law, "age_basis", language)])
        fill(self, "sex", [UNKNOWN, *codes(law, "sex", language)])
        fill(self, "means", codes(law, "safe_contact", language))
        fill(self, "citizenship", [UNKNOWN, *countries(language)])
        fill(self, "signs", [(it.code, it.label.get(language)) for it in law.indicators()])
        for n, field in enumerate(_SPOKEN):
            fill(self, field, [NOTHING if n else UNKNOWN, *languages(language)])

    def about(self) -> About:
        """What was typed, as values; what this form does not show of a person stays as it was."""
        given = self.cleaned_data
        return About(
            summary=given["summary"],
            pseudonym=given["pseudonym"],
            age=self._age(),
            unaccompanied=given["unaccompanied"],
            sex=given["sex"],
            languages=tuple(dict.fromkeys(given[field] for field in _SPOKEN if given[field]))
            + self.start.languages[len(_SPOKEN) :],
            needs=Practical(given["children"], given["wheelchair"], given["night"], given["needs"]),
            safe_contact=SafeContact(tuple(given["means"]), given["details"], given["hours"]),
            signs=tuple(given["signs"]),
            citizenship=((given["citizenship"],) if given["citizenship"] else ())
            + self.start.citizenship[1:],
            documents=given["documents"],
            identity=Identity(**{name: given[name] for name in _IDENTITY if given[name]}),
        )

    def _age(self) -> Age | None:
        given = self.cleaned_data
        told = (given["years"], given["birth_year"], given["minor"])
        if not given["age_basis"] and told == (None, None, None):
            return None
        before = self.start.age.birth_date if self.start.age else None
        return Age(
            basis=given["age_basis"] or "estimated",
            minor=given["minor"],
            years=given["years"],
            birth_year=given["birth_year"],
            birth_date=before,
        )


class FromAlertForm(PersonForm):
    """A person who stands in an alert: what it says is filled in, the identity is copied only when asked for."""

    identity_for = forms.ChoiceField(
        label=_("Copy the identity from the alert"),
        required=False,
        help_text=_(
            "Copying is reading: say for what purpose. It is recorded, and is sent to nobody before you tick it."
        ),
    )
    file_reference = Text(
        label=_("Reference of your file"),
        required=False,
        max_length=60,
        help_text=_("Where the purpose needs one."),
    )

    def __init__(self, data: Any = None, *, law: Law, language: str, start: About | None = None) -> None:
        super().__init__(data, law=law, language=language, start=start)
        fill(self, "identity_for", [("", _("Do not copy it")), *codes(law, "reading_purpose", language)])


def _typed(about: About) -> dict[str, Any]:
    spoken = dict(zip(_SPOKEN, about.languages, strict=False))
    age = about.age
    return {
        "summary": about.summary,
        "pseudonym": about.pseudonym,
        "age_basis": age.basis if age else "",
        "years": age.years if age else None,
        "birth_year": age.birth_year if age else None,
        "minor": said(age.minor) if age else "",
        "unaccompanied": said(about.unaccompanied),
        "sex": about.sex,
        "citizenship": next(iter(about.citizenship), ""),
        "children": about.needs.children,
        "wheelchair": said(about.needs.wheelchair),
        "night": said(about.needs.night),
        "needs": about.needs.words,
        "means": list(about.safe_contact.means),
        "details": about.safe_contact.details,
        "hours": about.safe_contact.hours,
        "signs": list(about.signs),
        "documents": about.documents,
        **spoken,
        **{name: getattr(about.identity, name) for name in _IDENTITY},
    }
