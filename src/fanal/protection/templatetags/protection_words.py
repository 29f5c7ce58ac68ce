"""Services and states as words, in the reader's language."""

from django import template
from django.utils.translation import get_language

from fanal.directory.queries import Unit

register = template.Library()

_TONES = {"waiting": "soon", "opened": "ok"}


@register.simple_tag
def unit_name(row: Unit) -> str:
    """`{% unit_name row.centre_unit %}`"""
    return row.label((get_language() or "en")[:2])


@register.filter
def request_tone(state: str) -> str:
    """`{% tag row.get_state_display row.state|request_tone %}`"""
    return _TONES.get(state, "")
