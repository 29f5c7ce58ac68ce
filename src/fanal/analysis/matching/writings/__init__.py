"""One name in many writings: from a word in any script to the few skeletons under which it may be written elsewhere."""

from .latin import plain, readings
from .learned import spellings
from .letters import lettered, likelihoods
from .scripts import Writing
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
    "skeletons",
    "spellings",
    "words",
]
