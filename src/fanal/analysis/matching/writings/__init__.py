"""One name in many writings: from a word in any script to the few skeletons under which it may be written elsewhere."""

from .latin import readings
from .short_forms import full_forms
from .skeletons import skeletons
from .words import Word, Writing, words

__all__ = ["Word", "Writing", "full_forms", "readings", "skeletons", "words"]
