"""What is typed to ask for a change, to enter with a code, and to open or review a file in an emergency."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member, Role, administers
from fanal.accounts import queries
from fanal.directory import queries as directory
from fanal.web.context import FUNCTIONS
from fanal.web.forms import Form, LongText, Text

Choice = tuple[object, object]


class AskForm(Form):
    """The end of each request: the two services that must agree, and why."""

    first_unit = forms.TypedChoiceField(
        label=_("First service that must agree"),
        coerce=int,
        help_text=_("Often your own: a colleague agrees, you do not."),
    )
    second_unit = forms.TypedChoiceField(
        label=_("Second service that must agree"),
        coerce=int,
        help_text=_("Another one. In one of the two somebody holds the function that is asked for."),
    )
    words = Text(label=_("Why"), max_length=200, required=False)

    def __init__(self, *args: Any, by: Member, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by, self.on = by, on
        self.places = [unit for unit in directory.units(on=on) if unit.roles]
        self.peopled = queries.peopled(on)
        asked = [unit for unit in self.places if unit.id in self.peopled]
        mine = [unit for unit in asked if unit.id == by.unit_id]
        others = [unit for unit in asked if unit.id != by.unit_id]
        for name, units in {"first_unit": mine + others, "second_unit": others + mine}.items():
            self.fields[name].choices = [(unit.id, unit.label(by.language)) for unit in units]  # type: ignore[attr-defined]

    def units(self) -> tuple[int, int]:
        return self.cleaned_data["first_unit"], self.cleaned_data["second_unit"]


def functions(by: Member, roles: Sequence[str]) -> list[Choice]:
    """Those of these roles that the member may hand out, in words."""
    return [(role, FUNCTIONS[Role(role)]) for role in roles if administers(by.role, Role(role))]


class JoinForm(AskForm):
    """Somebody joins a service that has an account already."""

    email = forms.EmailField(label=_("E-mail address"))
    unit = forms.TypedChoiceField(label=_("Service"), coerce=int)
    role = forms.ChoiceField(label=_("Function"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        open_to_me = [
            unit
            for unit in self.places
            if functions(self.by, unit.roles) and (unit.id == self.by.unit_id or unit.id not in self.peopled)
        ]
        open_to_me.sort(key=lambda unit: unit.id != self.by.unit_id)
        roles = sorted(
            {role for unit in open_to_me for role in unit.roles},
            key=lambda role: list(Role).index(Role(role)),
        )
        self.fields["unit"].choices = [(unit.id, unit.label(self.by.language)) for unit in open_to_me]  # type: ignore[attr-defined]
        self.fields["role"].choices = functions(self.by, roles)  # type: ignore[attr-defined]
        self.order_fields(["name", "email", "language", "unit", "role", "first_unit", "second_unit", "words"])


class AccountForm(JoinForm):
    """Somebody who has no account yet."""

    name = Text(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class RoleForm(AskForm):
    """Another function in the same service."""

    role = forms.ChoiceField(label=_("Function"))
    field_order = ("role", "first_unit", "second_unit", "words")

    def __init__(self, *args: Any, roles: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = functions(self.by, roles)  # type: ignore[attr-defined]


class UnitForm(AskForm):
    """A service that did not exist before."""

    name = Text(label=_("Name of the service"), max_length=120)
    like = forms.ChoiceField(
        label=_("A service like"), help_text=_("It has the same kind, functions and places as this one.")
    )
    institution_name = Text(
        label=_("Name of its institution"),
        max_length=120,
        required=False,
        help_text=_("Empty when it belongs to the same institution."),
    )
    field_order = ("name", "like", "institution_name", "first_unit", "second_unit", "words")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["like"].choices = [(unit.code, unit.label(self.by.language)) for unit in self.places]  # type: ignore[attr-defined]


class EnterForm(Form):
    """The two halves of a code, and the password that somebody chooses with it."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    first_half = Text(label=_("First half of the code"), max_length=20)
    second_half = Text(label=_("Second half of the code"), max_length=20)
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters: four words are easier to remember than signs."),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        account = queries.Account(email=self.cleaned_data.get("email", ""))
        validate_password(password, account)
        return password

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or {}
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", ValidationError(_("The two passwords are not the same."), "different"))
        return values


class GlassForm(Form):
    """A file that must be read now, and why."""

    reference = Text(
        label=_("Reference"),
        max_length=11,
        validators=[
            RegexValidator(
                r"^[A-Za-z]-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}$", _("A reference looks like A-7F3K-9QX4.")
            )
        ],
    )
    reason = LongText(
        label=_("Why you need it now"),
        max_length=1000,
        rows=4,
        help_text=_("The service that owns the file reads this, and somebody reviews it."),
    )


class ReviewForm(Form):
    """What looking again found."""

    outcome = forms.ChoiceField(
        label=_("What you found"), choices=queries.Outcome.choices, widget=forms.RadioSelect
    )


class CloseForm(Form):
    """The account that must be closed at once, for who administers the platform."""

    email = forms.EmailField(label=_("E-mail address"))


__all__ = [
    "AccountForm",
    "AskForm",
    "CloseForm",
    "EnterForm",
    "GlassForm",
    "JoinForm",
    "ReviewForm",
    "RoleForm",
    "UnitForm",
]
