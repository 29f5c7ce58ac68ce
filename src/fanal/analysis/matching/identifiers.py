"""Identifiers in one form each, and whether their check digits hold: an invalid one is weak evidence, not nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from anyascii import anyascii
from stdnum import iban
from stdnum.be import bis, nn, vat

from .record import Identifier, Record

REGION = "BE"  # how a number without a country is read
_OUTSIDE = re.compile(r"[^0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class Normal:
    """An identifier in its one form. `valid`: its check digits or its plan of numbers say so; None: it has none."""

    text: str
    valid: bool | None


@lru_cache(maxsize=20_000)  # a record is read for its keys, for its features and for its doubts
def normal(kind: Identifier, written: str) -> Normal | None:
    """The one form of an identifier, or None where nothing usable is written (fewer than three signs)."""
    found = _FORMS[kind](written.strip()[:200])
    return found if len(found.text) > 2 else None


def doubtful(record: Record) -> frozenset[Identifier]:
    """The kinds of which a record has an identifier whose check digits or form do not hold."""
    return frozenset(
        kind
        for kind, written in record.identifiers.items()
        if any((form := normal(kind, text)) and form.valid is False for text in written)
    )


def _plain(written: str) -> str:
    return _OUTSIDE.sub("", anyascii(written).upper())


def _phone(written: str) -> Normal:
    try:
        number = phonenumbers.parse(written, REGION)
    except phonenumbers.NumberParseException:
        return Normal(re.sub(r"\D", "", anyascii(written)), valid=False)
    form = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Normal(form, valid=phonenumbers.is_valid_number(number))


def _checked(*valid: Callable[[str], bool]) -> Callable[[str], Normal]:
    return lambda written: Normal(plain := _plain(written), valid=any(check(plain) for check in valid))


def _enterprise(written: str) -> Normal:
    plain = _plain(written).removeprefix("BE")
    plain = plain.zfill(10) if plain.isdigit() and len(plain) == 9 else plain
    return Normal(plain, valid=vat.is_valid(plain))


def _email(written: str) -> Normal:
    text = written.lower()
    return Normal(text, valid=bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text)))


def _handle(written: str) -> Normal:
    return Normal(written.lower().removeprefix("@").rstrip("/").rpartition("/")[2], valid=None)


_FORMS: dict[Identifier, Callable[[str], Normal]] = {
    Identifier.PHONE: _phone,
    Identifier.PLATE: lambda written: Normal(_plain(written), valid=None),
    Identifier.IBAN: _checked(iban.is_valid),
    Identifier.DOCUMENT: lambda written: Normal(_plain(written), valid=None),
    Identifier.NATIONAL: _checked(nn.is_valid, bis.is_valid),
    Identifier.ENTERPRISE: _enterprise,
    Identifier.EMAIL: _email,
    Identifier.HANDLE: _handle,
}
