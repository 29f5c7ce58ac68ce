"""Amounts as people write them, in euro cents. Nothing written is not zero."""

import re
from decimal import Decimal, InvalidOperation

_SPACES = re.compile(r"[\s'’€]|EUR", re.I)
_UNSURE = re.compile(r"[-−]?[1-9]\d{0,2}\.\d{3}")
MOST_CENTS = 10**15


class Unreadable(ValueError):
    """A text that is no amount or no number."""


def read_number(text: str) -> Decimal | None:
    """A number as people write it in our languages: `1 234,5`, `1.234,5`, `1234.5`; None when nothing is written.

    `Unreadable` for anything else, and for `1.250`: a thousand and more to some, one and a quarter to others.
    """
    if _UNSURE.fullmatch(_SPACES.sub("", text)):
        raise Unreadable(text)
    return _read(text)


def read_cents(text: str) -> int | None:
    """An amount of euros as euro cents, rounded to the cent; None when nothing is written. `Unreadable`.

    `1.250` is one thousand two hundred and fifty euros, as French, Dutch and German write it: no amount has three
    decimals.
    """
    found = _read(text)
    return None if found is None else int((found * 100).to_integral_value())


def _read(text: str) -> Decimal | None:
    said = _SPACES.sub("", text)
    if not said:
        return None
    sign, said = ("-", said[1:]) if said[0] in "-−" else ("", said)
    if "," in said and "." in said:
        thousands = "." if said.rindex(",") > said.rindex(".") else ","
        said = said.replace(thousands, "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", said) or re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", said):
        said = said.replace(".", "").replace(",", "")
    said = said.replace(",", ".")
    try:
        found = Decimal(sign + said)
    except InvalidOperation:
        raise Unreadable(text) from None
    if not re.fullmatch(r"\d+(?:\.\d+)?", said) or abs(found) >= MOST_CENTS:
        raise Unreadable(text)
    return found


def plain_number(value: Decimal | None) -> str:
    """A number without superfluous zeros, with a decimal comma as the languages of the house write it."""
    if value is None:
        return ""
    said = f"{value:f}"
    return (said.rstrip("0").rstrip(".") if "." in said else said).replace(".", ",")


def plain_cents(cents: int | None) -> str:
    """Cents as an amount of euros that `read_cents` reads again; empty for None."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02d}"
