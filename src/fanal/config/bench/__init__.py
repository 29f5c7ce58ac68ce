"""Measuring Fanal on a large invented database of its own (`fanal bench`)."""

from .running import run

__all__ = ["run"]
