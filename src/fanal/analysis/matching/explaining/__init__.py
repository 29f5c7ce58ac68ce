"""Why two records may be one: the bits of each comparison, the prior, how rare a value is, and what would change it."""

from .bands import Band, band
from .explanation import Explainer, Explanation, Line, explain
from .sentence import LANGUAGES, sentence

__all__ = ["LANGUAGES", "Band", "Explainer", "Explanation", "Line", "band", "explain", "sentence"]
