"""Random numbers by a seed, drawn a million times a second: the library's own integers take most of the time."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance(Random):
    """The library's numbers, with quicker draws of whole ones; nothing here is for secrets."""

    def pick(self, options: Sequence[T]) -> T:
        """One of them, each as likely."""
        return options[int(self.random() * len(options))]

    def below(self, most: int) -> int:
        """A whole number from 0 to below `most`, which is less than 2^53."""
        return int(self.random() * most)

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to below `most`."""
        return least + int(self.random() * (most - least))
