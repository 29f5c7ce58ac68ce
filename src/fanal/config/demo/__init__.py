"""The demonstration: an invented country at work, made from a seed through the same services as people use."""

from .making import seed
from .staff import accounts, is_demonstration, tokens

__all__ = ["accounts", "is_demonstration", "seed", "tokens"]
