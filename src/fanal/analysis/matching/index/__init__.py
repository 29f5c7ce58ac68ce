"""Keyed keys in files: which records share a key with this one, among millions, while others write."""

from .errors import Broken, ForeignIndex, IndexFault, UnknownVersion
from .store import Candidate, Entry, Index

__all__ = ["Broken", "Candidate", "Entry", "ForeignIndex", "Index", "IndexFault", "UnknownVersion"]
