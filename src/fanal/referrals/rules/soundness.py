"""What cannot be right in what is held of a person."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

from fanal.alerts.rules import LONGEST_TEXT, Age, countries, languages
from fanal.country.schema import Indicator, Law

from .content import About

OLDEST = 122
"""Years; the longest human life on record. Beyond it an age is a slip of the fingers."""
MOST_CHILDREN = 20
MOST_CODES = 20
"""House rules, not legal ones: children who come along, languages or citizenships of one person."""


def fault(about: About, law: Law) -> str:
    """The field in which something cannot be right on the day of the law: an unknown code, a birth to come, a text of
    more than 5,000 characters or that cannot be written down; "" when nothing is wrong."""
    return next(_faults(about, law), "")


def _faults(about: About, law: Law) -> Iterator[str]:
    yield from (name for name, text in _texts(about) if not _writable(text))
    lists = {"sex": (about.sex,), "safe_contact": about.safe_contact.means}
    lists["age_basis"] = (about.age.basis,) if about.age else ()
    for name, codes in lists.items():
        if not all(law.has_code(name, code) for code in codes if code):
            yield name
    if not all(law.has(Indicator, code) for code in about.signs):
        yield "signs"
    for name, known in (("languages", languages("en")), ("citizenship", countries("en"))):
        codes = getattr(about, name)
        if len(codes) > MOST_CODES or not set(codes) <= dict(known).keys():
            yield name
    if not 0 <= (about.needs.children or 0) <= MOST_CHILDREN:
        yield "children"
    if any(birth > law.on for birth in _births(about)):
        yield "birth_date"
    if about.age:
        yield from _ages(about.age, law.on)


def _births(about: About) -> Iterator[date]:
    for birth in (about.identity.birth_date, about.age.birth_date if about.age else None):
        if birth is not None:
            yield birth


def _ages(age: Age, on: date) -> Iterator[str]:
    """Nobody is older than the oldest, or born after today."""
    since = {"years": age.years, "birth_year": None if age.birth_year is None else on.year - age.birth_year}
    since["birth_date"] = None if age.birth_date is None else on.year - age.birth_date.year
    yield from (name for name, years in since.items() if years is not None and not 0 <= years <= OLDEST)


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name), each.name)


def _writable(text: str) -> bool:
    """Half a surrogate pair, as a broken client may send, has no UTF-8; the zero byte is no text."""
    half = any("\ud800" <= char <= "\udfff" for char in text)
    return len(text) <= LONGEST_TEXT and not half and "\x00" not in text
