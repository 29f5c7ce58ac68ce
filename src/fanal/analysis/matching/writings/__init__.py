"""One name in many writings: from a word in any script to the few skeletons under which it may be written elsewhere."""

from .skeletons import skeletons
from .words import Word, Writing, words

__all__ = ["Word", "Writing", "skeletons", "words"]
