"""Every act on attachments, and every reading of one that leaves a trace."""

from .adding import Added, add, copy
from .converting import convert, sweep
from .panel import panel
from .reading import File, consult, download, preview, progress
from .words import MEDIA_LABELS, REMOVED, why

__all__ = [
    "MEDIA_LABELS",
    "REMOVED",
    "Added",
    "File",
    "add",
    "consult",
    "convert",
    "copy",
    "download",
    "panel",
    "preview",
    "progress",
    "sweep",
    "why",
]
