"""The reasoning of the directory: values in, values out."""

from .call import Age, Answer, Question, whom_to_call
from .cards import Card, Contact, is_readable, vcard
from .mandates import Holder, Mandate, Standing, who_answers
from .outlines import outlines
from .places import Area, Place, Where, nearest

__all__ = [
    "Age",
    "Answer",
    "Area",
    "Card",
    "Contact",
    "Holder",
    "Mandate",
    "Place",
    "Question",
    "Standing",
    "Where",
    "is_readable",
    "nearest",
    "outlines",
    "vcard",
    "who_answers",
    "whom_to_call",
]
