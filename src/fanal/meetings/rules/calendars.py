"""Meetings as iCalendar (RFC 5545) and invitations (RFC 5546): references and hours, no item, no word of the matter.

The same UID for the life of a meeting, a SEQUENCE that grows with each change: a calendar replaces what it has.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event, vCalAddress, vText

PRODID = "-//Fanal//Meetings//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A meeting as a calendar shows it. `summary` is its reference; `url` its page; `sequence` counts its changes."""

    uid: str
    summary: str
    begins_at: datetime
    ends_at: datetime
    place: str
    url: str
    sequence: int
    cancelled: bool
    tentative: bool
    stamp: datetime


def feed(entries: Iterable[Entry], name: str) -> bytes:
    """The calendar that a program subscribes to (METHOD:PUBLISH)."""
    found = _calendar("PUBLISH")
    found.add("x-wr-calname", name)
    found.add("refresh-interval;value=duration", "PT1H")
    for entry in entries:
        found.add_component(_event(entry))
    return bytes(found.to_ical())


def invitation(entry: Entry, organizer: str) -> bytes:
    """The calendar part of an invitation, or of its cancellation, before the one who is invited is written in."""
    found = _calendar("CANCEL" if entry.cancelled else "REQUEST")
    event = _event(entry)
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    found.add_component(event)
    return bytes(found.to_ical())


def _calendar(method: str) -> Calendar:
    found = Calendar()
    found.add("prodid", PRODID)
    found.add("version", "2.0")
    found.add("method", method)
    return found


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp)
    event.add("dtstart", entry.begins_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.summary)
    if entry.place:
        event.add("location", vText(entry.place))
    event.add("url", entry.url)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if entry.cancelled else "TENTATIVE" if entry.tentative else "CONFIRMED")
    return event
