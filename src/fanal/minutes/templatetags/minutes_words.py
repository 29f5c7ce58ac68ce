"""Words that the pages of minutes ask for. `{% load minutes_words %}`."""

from typing import Any
from uuid import UUID

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def unit_label(unit: Any) -> str:
    """`{{ action.unit|unit_label }}`: the name of a unit in the language of the page."""
    return str(unit.label(get_language() or "en"))


@register.filter
def is_settled(item: Any) -> bool:
    """`{% if item|is_settled %}`: what was voted or decided of an item stands."""
    return item.outcome is not None and item.outcome.kind in ("opinion", "decided")


@register.simple_tag
def seat_label(sheet: Any, seat_id: UUID) -> str:
    """`{% seat_label sheet remark.seat as seat %}`: the words for a seat."""
    return str(sheet.label(seat_id))


@register.filter
def of(words: dict[str, Any], code: Any) -> str:
    """`{{ kinds|of:seat.kind }}`: the words for a code."""
    return str(words.get(str(code), ""))
