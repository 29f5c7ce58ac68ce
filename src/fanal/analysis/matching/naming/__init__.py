"""What a name says: a pair of names compared, and the words of a name that tell who."""

from .pairs import NameLevel, NameMatch, pair

__all__ = ["NameLevel", "NameMatch", "pair"]
