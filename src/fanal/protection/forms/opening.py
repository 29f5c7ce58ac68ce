"""How a file begins."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.country.schema import Circumstance, Law, Offence
from fanal.directory.queries import Unit
from fanal.protection.forms.base import NOTHING, Minor, day, fill, units
from fanal.protection.queries.words import STATEMENTS, article
from fanal.protection.rules.opening import askers, deciders
from fanal.protection.services import Case
from fanal.referrals.rules.content import About, Identity
from fanal.web.forms import Date, Form, LongText, Text


class ReferralForm(Form):
    """From which accepted referral."""

    referral = Text(label=_("Reference of the referral"), max_length=20, help_text=_("Like R-7F3K-9QX4."))

    def clean_referral(self) -> str:
        return str(self.cleaned_data["referral"]).strip().upper()


class CaseForm(Form):
    """The track, the offence, what was already stated; and who it is, if no referral says it."""

    identity: ClassVar[tuple[str, ...]] = ("given_names", "family_name", "birth_date")

    track = forms.ChoiceField(label=_("Track"), widget=forms.RadioSelect)
    offence = forms.ChoiceField(label=_("Offence"))
    circumstances = forms.MultipleChoiceField(
        label=_("Circumstances"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Some offences only open the procedure with certain circumstances."),
    )
    unaccompanied_minor = forms.BooleanField(label=_("The person is an unaccompanied minor"), required=False)
    has_title = forms.BooleanField(label=_("The person already holds a residence title"), required=False)
    statement = forms.ChoiceField(
        label=_("Was a complaint or statement already made?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("Not yet")), *STATEMENTS.items()],
        initial="",
    )
    statement_on = Date(label=_("On which day?"), required=False)
    centre_unit = forms.TypedChoiceField(label=_("Centre that accompanies"), coerce=int, empty_value=None)
    pseudonym = Text(
        label=_("What do you call this person here?"),
        required=False,
        max_length=60,
        help_text=_("A first name that is not the real one is enough. Help never depends on a name."),
    )
    given_names = Text(label=_("Given names"), required=False)
    family_name = Text(label=_("Family name"), required=False)
    birth_date = Date(label=_("Date of birth"), required=False)
    best_interests = LongText(
        label=_("For a child: how were the best interests taken into account?"), rows=4, required=False
    )
    words = LongText(
        label=_("What should the deciding service know?"),
        required=False,
        rows=4,
        help_text=_("No name here: who it is stands above, locked away."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        law: Law,
        language: str,
        unit_kind: str,
        centres: list[Unit],
        own_centre: bool,
        referral: str,
    ) -> None:
        super().__init__(data)
        mine = [
            each
            for each in law.tracks
            if unit_kind in askers(law, each.code) or unit_kind in deciders(law, each.code)
        ]
        fill(self, "track", [(each.code, each.label.get(language)) for each in mine])
        opening = [each for each in law.offences if each.opens_protection != "never"]
        circumstances = {it.code: it for each in opening for it in law.circumstances(each.code)}
        fill(self, "offence", [NOTHING, *(_named(it, language) for it in opening)])
        fill(self, "circumstances", [_named(it, language) for it in circumstances.values()])
        if not any(track.best_interests and unit_kind in deciders(law, track.code) for track in mine):
            del self.fields["best_interests"]
        self.referral = referral
        if own_centre:
            del self.fields["centre_unit"]
        else:
            fill(self, "centre_unit", [NOTHING, *units(centres, language)])
        if referral:
            for name in ("pseudonym", *self.identity):
                del self.fields[name]

    def case(self) -> Case:
        """What was typed, as values."""
        given = self.cleaned_data
        identity = Identity(
            given_names=given.get("given_names", ""),
            family_name=given.get("family_name", ""),
            birth_date=given.get("birth_date"),
        )
        return Case(
            track=given["track"],
            offence=given["offence"],
            circumstances=tuple(given["circumstances"]),
            unaccompanied_minor=given["unaccompanied_minor"],
            has_title=given["has_title"],
            statement=given["statement"],
            statement_on=given["statement_on"],
            centre_unit_id=given.get("centre_unit"),
            about=About(pseudonym=given.get("pseudonym", ""), identity=identity),
            referral=self.referral,
        )


def _named(it: Offence | Circumstance, language: str) -> tuple[str, str]:
    return it.code, f"{it.label.get(language)} ({article(it.article)})"


class OpenForm(Minor):
    """The opening of what was asked for."""

    on = day(_("Day of the opening"))
    field_order = ["best_interests", "on"]
