"""Words for codes that may be of another day's law: what is no longer in force is shown as its code."""

from fanal.country.schema import Duty, Indicator, Law, Purpose

from .world import countries, languages


def code_label(law: Law, list_code: str, code: str, language: str) -> str:
    """The words for a code of a list."""
    return law.label(list_code, code).get(language) if law.has_code(list_code, code) else code


def purpose_label(law: Law, code: str, language: str) -> str:
    """The words for a form of exploitation."""
    return law.purpose(code).label.get(language) if law.has(Purpose, code) else code


def indicator_label(law: Law, code: str, language: str) -> str:
    """The words for a sign."""
    return law.get(Indicator, code).label.get(language) if law.has(Indicator, code) else code


def duty_label(law: Law, code: str, language: str) -> str:
    """The words for a duty at detection."""
    return law.get(Duty, code).label.get(language) if law.has(Duty, code) else code


def country_name(code: str, language: str) -> str:
    """The name of a country."""
    return dict(countries(language)).get(code, code)


def language_name(code: str, language: str) -> str:
    """The name of a language."""
    return dict(languages(language)).get(code, code)
