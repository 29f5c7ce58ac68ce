"""Every write to the register of figures: recorded, corrected, imported, taken over from the country."""

from .importing import SheetRow, forget_sheets, preview, read_file, take_over
from .loading import load_country
from .recording import Entry, correct, record

__all__ = [
    "Entry",
    "SheetRow",
    "correct",
    "forget_sheets",
    "load_country",
    "preview",
    "read_file",
    "record",
    "take_over",
]
