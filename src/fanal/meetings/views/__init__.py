"""Pages of meetings."""

from fanal.meetings.views.detail import meeting

__all__ = ["meeting"]
