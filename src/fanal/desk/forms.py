"""What a member types about her own account."""

from datetime import timedelta

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from fanal.web.forms import Form, Text

REFERENCE = r"^[A-Za-z]-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}$"
LIVES = {"30": timedelta(days=30), "90": timedelta(days=90), "365": timedelta(days=365)}


class ReferenceForm(Form):
    """A reference that somebody read out on the telephone."""

    reference = Text(
        label=_("Open by reference"),
        max_length=11,
        validators=[RegexValidator(REFERENCE, _("A reference looks like A-7F3K-9QX4."))],
    )


class TokenForm(Form):
    """A new personal token: what it is for and how long it lives."""

    label = Text(
        label=_("What is it for?"), max_length=80, help_text=_("The name of the program that will use it.")
    )
    days = forms.ChoiceField(
        label=_("How long does it live?"),
        choices=[("30", _("30 days")), ("90", _("90 days")), ("365", _("One year"))],
        widget=forms.RadioSelect,
        initial="30",
    )
