"""Invented people, mentioned again and again with what goes wrong in practice, and the truth beside each mention.

`mentions` gives batches, `write` a Parquet file with its mapping. What goes wrong, how often and why is a table in
`corruption.TABLE`. Development and evaluation share no name: thresholds are tuned on the one and told of the other.
"""

from .corruption import TABLE, Corruption, names_of
from .mentions import MAPPING, SCHEMA, mentions, write
from .words import PARTS, Part

__all__ = ["MAPPING", "PARTS", "SCHEMA", "TABLE", "Corruption", "Part", "mentions", "names_of", "write"]
