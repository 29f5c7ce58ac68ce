"""Every write to the directory."""

from .keeping import Reach, add_contact_point, appoint, change_contact_point, end_mandate
from .loading import Loaded, Report, load_country
from .opening import open_unit
from .sources import add_sources

__all__ = [
    "Loaded",
    "Reach",
    "Report",
    "add_contact_point",
    "add_sources",
    "appoint",
    "change_contact_point",
    "end_mandate",
    "load_country",
    "open_unit",
]
