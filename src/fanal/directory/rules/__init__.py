"""The reasoning of the directory: values in, values out."""

from .call import Answer, Question, whom_to_call
from .cards import Card, Contact, vcard
from .places import Place, nearest

__all__ = ["Answer", "Card", "Contact", "Place", "Question", "nearest", "vcard", "whom_to_call"]
