"""One name in many writings: from a word in any script to the few skeletons under which it may be written elsewhere."""

from .latin import readings
from .letters import lettered, likelihoods
from .short_forms import full_forms
from .skeletons import skeletons
from .words import Word, Writing, words

__all__ = ["Word", "Writing", "full_forms", "lettered", "likelihoods", "readings", "skeletons", "words"]
