"""Reading the numbers that people type or paste from a spreadsheet. Pure; the messages are lazy."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from fanal.errors import Invalid

LARGEST = Decimal(10) ** 12
PLACES = 3
"""Digits that are kept after the comma."""
_GAPS = re.compile(r"[\s\u00a0\u2009\u202f'’]")
_SIGNS = re.compile(r"(?:€|eur|%)", re.IGNORECASE)
_WHOLE = re.compile(r"-?\d+")
_COMMA = re.compile(r"-?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+")
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3}){2,}")
_POINT = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)\.\d+")
_UNSURE = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


def read_number(text: str) -> Decimal:
    """A number typed as 1 234,5 · 1234,5 · 1.234.567 · 1.234,5 · 1,234.5 · 12.5 · 45 % · € 1 200.

    A comma is the decimal mark, as Belgians write. Refused with `Invalid`: `number_unreadable`, `number_unsure` for
    1.234, which is a thousand to some and one to others, `number_large` from a million million on, `number_places`.
    """
    typed = _GAPS.sub("", _SIGNS.sub("", text)).replace("\u2212", "-")
    if _UNSURE.fullmatch(typed):
        raise Invalid(
            "number_unsure",
            _("Is %(typed)s a number of thousands? Write it without the point, or with a comma.")
            % {"typed": typed},
        )
    if _WHOLE.fullmatch(typed):
        plain = typed
    elif _COMMA.fullmatch(typed) or _GROUPED.fullmatch(typed):
        plain = typed.replace(".", "").replace(",", ".")
    elif _POINT.fullmatch(typed):
        plain = typed.replace(",", "")
    else:
        raise Invalid("number_unreadable", _("This number cannot be read. Write it like 1 234,5."))
    if len(plain.partition(".")[2].rstrip("0")) > PLACES:
        raise Invalid("number_places", _("Three digits after the comma are enough."))
    found = Decimal(plain)
    if abs(found) >= LARGEST:
        raise Invalid("number_large", _("This number is too large to be right."))
    return found.quantize(Decimal(1).scaleb(-PLACES)).normalize() + Decimal(0)
