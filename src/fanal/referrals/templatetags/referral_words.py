"""Codes and services as words, in the reader's language."""

from django import template
from django.utils.translation import get_language

from fanal.alerts.rules import code_label
from fanal.country.schema import Law
from fanal.directory.queries import Unit
from fanal.referrals.rules.moves import State

register = template.Library()

_TONES = {State.PROPOSED: "soon", State.ACCEPTED: "ok", State.DONE: "ok"}


def _language() -> str:
    return (get_language() or "en")[:2]


@register.simple_tag
def code(law: Law, list_code: str, value: str) -> str:
    """`{% code law "referral_purpose" row.purpose %}`"""
    return code_label(law, list_code, value, _language()) if value else ""


@register.simple_tag
def unit(row: Unit) -> str:
    """`{% unit row.to_unit %}`"""
    return row.label(_language())


@register.filter
def tone(state: str) -> str:
    """`{% tag row.get_state_display row.state|tone %}`"""
    return _TONES.get(State(state), "")
