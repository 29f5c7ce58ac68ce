"""Codes as words, in the reader's language."""

from collections.abc import Callable, Iterable

from django import template
from django.utils.translation import get_language

from fanal.alerts import rules
from fanal.country.schema import Law
from fanal.directory.queries import Unit

register = template.Library()


def _language() -> str:
    return (get_language() or "en")[:2]


@register.simple_tag
def code(law: Law, list_code: str, value: str) -> str:
    """`{% code law "sector" alert.sector %}`"""
    return rules.code_label(law, list_code, value, _language()) if value else ""


@register.simple_tag
def codes(law: Law, list_code: str, values: Iterable[str]) -> str:
    """`{% codes law "safe_contact" person.safe_contact %}`: joined by commas."""
    return ", ".join(rules.code_label(law, list_code, value, _language()) for value in values)


@register.simple_tag
def purposes(law: Law, values: Iterable[str]) -> str:
    """`{% purposes law alert.forms %}`: the forms of exploitation, joined by commas."""
    return ", ".join(rules.purpose_label(law, value, _language()) for value in values)


@register.simple_tag
def indicator(law: Law, value: str) -> str:
    """`{% indicator law sign.indicator %}`"""
    return rules.indicator_label(law, value, _language())


@register.simple_tag
def duty(law: Law, value: str) -> str:
    """`{% duty law line.code %}`"""
    return rules.duty_label(law, value, _language())


@register.filter
def country(value: str) -> str:
    """`{{ person.citizenship|country }}`"""
    return rules.country_name(value, _language()) if value else ""


@register.filter
def language_names(values: Iterable[str]) -> str:
    """`{{ person.languages|language_names }}`: joined by commas."""
    name: Callable[[str, str], str] = rules.language_name
    return ", ".join(name(value, _language()) for value in values)


@register.simple_tag
def unit_name(unit: Unit) -> str:
    """`{% unit_name recipient.unit %}`"""
    return unit.label(_language())
