"""Meetings and what stands on their agendas."""

from fanal.meetings.models.items import Annex, Item, Point, Step
from fanal.meetings.models.meetings import Meeting, Reply, Series

__all__ = ["Annex", "Item", "Meeting", "Point", "Reply", "Series", "Step"]
