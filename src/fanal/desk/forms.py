"""What a member types about her own account."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.web.forms import Form, Text

LIVES = {"30": timedelta(days=30), "90": timedelta(days=90), "365": timedelta(days=365)}


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
