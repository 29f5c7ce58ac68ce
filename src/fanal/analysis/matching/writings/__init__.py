"""One name in many writings: from a word in any script to the few skeletons under which it may be written elsewhere."""

from .latin import plain, readings
from .learned import spellings
from .letters import lettered, likelihoods
from .scripts import Writing, ready
from .short_forms import full_forms
from .skeletons import skeletons
from .words import Word, words

__all__ = [
    "Word",
    "Writing",
    "full_forms",
    "lettered",
    "likelihoods",
    "plain",
    "readings",
    "ready",
    "skeletons",
    "spellings",
    "words",
]
