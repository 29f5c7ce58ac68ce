"""What a name says: a pair of names compared, and the words of a name that tell who."""

from .pairs import NameLevel, NameMatch, pair
from .persons import SON_OF
from .telling import compared, telling

__all__ = ["SON_OF", "NameLevel", "NameMatch", "compared", "pair", "telling"]
