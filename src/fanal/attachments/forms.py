"""What is asked when a file is added, copied or taken out in its original form."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fanal.attachments.queries import Line
from fanal.country.schema import Law
from fanal.web.forms import Form, Text

_ACCEPTED = (
    ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.webp,.txt,.docx,.xlsx,.odt,.ods,image/jpeg,image/png,application/pdf"
)


class Upload(forms.FileField):
    """A file of any name and size: whether it is accepted says its content, in words that help.

    One of two is enough, so none of them is marked as optional, and the form says what is missing.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(required=True, allow_empty_file=True, max_length=None, **options)

    def validate(self, value: Any) -> None:
        pass


class AddForm(Form):
    """A file, or a photo taken now. `submission`: the form sent twice adds one file."""

    use_required_attribute = False

    file = Upload(
        label=pgettext("attachment", "File"),
        help_text=_(
            "PDF, photo (JPEG, PNG, TIFF, WebP), plain text, or a document of Word, Excel or LibreOffice without "
            "macros. At most 25 MB."
        ),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
    )
    photo = Upload(
        label=_("Or take a photo"),
        help_text=_(
            "On a phone this opens the camera. The place where it was taken is removed from the working copy."
        ),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        given = [self.cleaned_data.get(name) for name in ("file", "photo")]
        chosen = [each for each in given if each is not None]
        if len(chosen) != 1:
            words = _("Choose a file or take a photo, one of the two.")
            self.add_error("file", ValidationError(words, "one_file"))
        return self.cleaned_data

    @property
    def chosen(self) -> Any:
        """The file that was sent."""
        return self.cleaned_data["file"] or self.cleaned_data["photo"]


class CopyForm(Form):
    """Which attachments go along."""

    attachments = forms.TypedMultipleChoiceField(
        label=_("Which files"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, lines: list[Line]) -> None:
        super().__init__(data)
        found = self.fields["attachments"]
        assert isinstance(found, forms.TypedMultipleChoiceField)
        found.choices = [(str(each.id), f"{each.reference}-{each.number:02} · {each.name}") for each in lines]


class PurposeForm(Form):
    """Why one takes the original."""

    purpose = forms.ChoiceField(label=_("For what purpose"))
    file_reference = Text(
        label=_("Reference of your file"),
        required=False,
        max_length=60,
        help_text=_("Where the purpose needs one."),
    )

    def __init__(self, data: Any, *, law: Law, language: str) -> None:
        super().__init__(data)
        found = self.fields["purpose"]
        assert isinstance(found, forms.ChoiceField)
        found.choices = [("", "—"), *((c.code, c.label.get(language)) for c in law.codes("reading_purpose"))]
