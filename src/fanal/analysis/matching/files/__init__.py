"""Records from real files: CSV, Parquet and JSON Lines, read as a mapping says; every bad row is told, none is lost."""

from .apart import BadApart, read_apart
from .mapping import BadMapping, Mapping
from .problem import Problem
from .reading import Row, read

__all__ = ["BadApart", "BadMapping", "Mapping", "Problem", "Row", "read", "read_apart"]
