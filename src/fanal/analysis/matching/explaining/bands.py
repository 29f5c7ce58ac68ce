"""What bits mean for a person who reads them: a band, never a bare number."""

from enum import StrEnum


class Band(StrEnum):
    STRONG = "strong"
    PROBABLE = "probable"
    WEAK = "weak"
    NONE = "none"


FLOORS = {Band.STRONG: 7.0, Band.PROBABLE: 0.0, Band.WEAK: -5.0}
"""Bits at least: 128 to 1 that they are one, more likely one than two, and worth a look."""


def band(bits: float) -> Band:
    """The band of a score in bits."""
    return next((name for name, floor in FLOORS.items() if bits >= floor), Band.NONE)
