"""Keyed keys in files: which records share a key with this one, among millions, while others write."""

from .asked import Asked
from .errors import Broken, ForeignIndex, IndexFault, UnknownVersion
from .flat import FOREVER, Flat, joined
from .store import Candidate, Entry, Index

__all__ = [
    "FOREVER",
    "Asked",
    "Broken",
    "Candidate",
    "Entry",
    "Flat",
    "ForeignIndex",
    "Index",
    "IndexFault",
    "UnknownVersion",
    "joined",
]
