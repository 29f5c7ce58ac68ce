"""Texts of the law on a page: `{{ phase.label|words }}` in the reader's language."""

from django import template
from django.utils.translation import get_language

from fanal.country.schema import Text

register = template.Library()


@register.filter
def words(text: Text | None) -> str:
    """A `Text` in the language of the page; nothing for None."""
    return text.get(get_language() or "en") if text else ""
