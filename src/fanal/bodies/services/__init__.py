"""Everything that is written about bodies."""

from .circles import restrict
from .loading import Loaded, load
from .walls import as_keeper, keep_in_step

__all__ = ["Loaded", "as_keeper", "keep_in_step", "load", "restrict"]
