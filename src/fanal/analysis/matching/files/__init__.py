"""Records from real files: CSV, Parquet and JSON Lines, read as a mapping says; every bad row is told, none is lost."""

from .mapping import BadMapping, Mapping
from .reading import Problem, Row, read

__all__ = ["BadMapping", "Mapping", "Problem", "Row", "read"]
