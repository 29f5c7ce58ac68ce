"""From a country pack to the reference tables."""

from datetime import date

from .rows import rows_of
from .schema import Pack
from .services import Report, store


def load(pack: Pack, *, on: date) -> Report:
    """Copy the law and the code lists of a pack into the editable tables; the places are the directory's.

    Refused with `BadPack` when the pack contradicts itself. Twice changes nothing; nothing is deleted, what the
    pack no longer has is closed on the eve of `on`; what a person edited stays.
    """
    return store(rows_of(pack.checked().reference), on=on)
