"""Long texts with headings, lists, tables and notes: the field, its editor, and the cleaning of what is pasted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.documents import prose, publish, typed
from fanal.errors import Invalid

LONGEST = 200_000
"""Characters of clean prose in one field, markup included; a house rule."""


class Editor(forms.Textarea):
    """A textarea that becomes an editor where scripts run. `figures`: (code, words) that a text may refer to."""

    template_name = "web/components/editor.html"

    def __init__(
        self, *, figures: Sequence[tuple[str, str]] = (), attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__({"rows": 14, **(attrs or {})})
        self.figures = tuple(figures)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = str(value or "")
        return context | {
            "html": prose.Shown(text if typed.is_markup(text) else typed.markup(text)),
            "figures": self.figures,
            "clean_url": reverse("web:prose"),
        }


class Prose(forms.CharField):
    """Gives clean prose (see `documents.prose`), whether it was written in the editor or typed as plain text."""

    widget = Editor

    def __init__(
        self, *, figures: Sequence[tuple[str, str]] = (), longest: int = LONGEST, **options: Any
    ) -> None:
        options.setdefault("widget", Editor(figures=figures))
        super().__init__(strip=False, **options)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        clean = prose.clean(text if typed.is_markup(text) else typed.markup(text))
        if len(clean) > self.longest:
            words = _(
                "This text is too long: %(said)d characters with its structure, %(most)d are kept. Divide it."
            )
            raise ValidationError(words, "too_long", {"said": len(clean), "most": self.longest})
        return clean

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {} if widget.is_hidden else {"dir": "auto", "autocomplete": "off"}


@requires(Permission.HOME)
@require_POST
def clean(request: MemberRequest) -> JsonResponse:
    """What was pasted (`html`) or a Word document (`file`) as clean prose. Nothing is kept.

    Raises `publish.Unreadable` for a file that is no Word document or one that is not opened here.
    """
    file = request.FILES.get("file")
    if file is not None:
        return JsonResponse({"html": publish.read_docx(file.read())})
    html = request.POST.get("html", "")
    if not html:
        raise Invalid("prose_empty", _("There is nothing to read."), field="html")
    return JsonResponse({"html": prose.clean(html)})
