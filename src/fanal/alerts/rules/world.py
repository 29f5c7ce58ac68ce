"""Countries and languages of the world, by their ISO codes, in the reader's language."""

from functools import lru_cache

from babel import Locale

_NOT_COUNTRIES = {
    "AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ",
}  # fmt: skip
_NOT_LANGUAGES = {"mul", "und", "zxx", "mis", "root"}


@lru_cache(maxsize=8)
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """(ISO 3166-1 alpha-2 code, name) in the alphabetical order of the language; Kosovo as XK, as the EU writes it."""
    names = Locale.parse(language).territories
    found = [
        (code, name)
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    ]
    return tuple(sorted(found, key=lambda pair: pair[1].casefold()))


@lru_cache(maxsize=8)
def languages(language: str) -> tuple[tuple[str, str], ...]:
    """(ISO 639 code, name) in the alphabetical order of the language."""
    names = Locale.parse(language).languages
    found = [
        (code, name)
        for code, name in names.items()
        if 2 <= len(code) <= 3 and code.isalpha() and code not in _NOT_LANGUAGES
    ]
    return tuple(sorted(found, key=lambda pair: pair[1].casefold()))


def is_country(code: str) -> bool:
    return code in dict(countries("en"))


def is_language(code: str) -> bool:
    return code in dict(languages("en"))
