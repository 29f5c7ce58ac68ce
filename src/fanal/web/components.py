"""The shapes that the components of a page are given: plain values, made by views, drawn by templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Tone(StrEnum):
    """What a tag or a bar says; a word always stands beside the colour."""

    PLAIN = ""
    LATE = "late"
    SOON = "soon"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Tag:
    """A short word with a tone: "2 days late"."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a to-do list: the act, its clock, and the reason in one sentence with its article."""

    title: str
    url: str
    why: str
    tag: Tag | None = None


class Stand(StrEnum):
    """Where a phase stands on the rail."""

    PAST = "past"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the rail. `weight` 1 to 4 is its width on a desk."""

    title: str
    detail: str
    stand: Stand
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart and one row of the table beneath it. `shown` replaces the number ("fewer than 5")."""

    label: str
    value: int
    tone: Tone = Tone.PLAIN
    shown: str = ""

    @property
    def words(self) -> str:
        """What stands at the bar's end."""
        return self.shown or str(self.value)


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars with a title, a sentence that says what one sees, and the names of the table's columns."""

    title: str
    sentence: str
    bars: Sequence[Bar]
    label_head: str
    value_head: str


def shares(bars: Sequence[Bar]) -> list[tuple[Bar, int]]:
    """Each bar with its length in percent of the longest; a value above zero is never invisible (at least 1)."""
    longest = max((bar.value for bar in bars), default=0)
    return [(bar, max(round(100 * bar.value / longest), 1) if bar.value > 0 else 0) for bar in bars]


def urgency(due: date | datetime, now: datetime) -> Tag:
    """The tag of a clock: late by how much, the weekday within seven days, else on time.

    `due` as a date means the end of that day in the local time zone; `now` is aware. The date itself must stand
    beside the tag: relative time alone says too little.
    """
    if isinstance(due, datetime):
        late_by = now - due
        due_day = timezone.localdate(due)
    else:
        days = timezone.localdate(now) - due
        late_by = days if days > timedelta(0) else timedelta(-1)
        due_day = due
    if late_by > timedelta(0):
        return Tag(_late_words(late_by), Tone.LATE)
    if due_day - timezone.localdate(now) <= timedelta(days=7):
        return Tag(_soon_words(due, due_day, now), Tone.SOON)
    return Tag(_("on time"), Tone.OK)


def _late_words(late_by: timedelta) -> str:
    if late_by.days > 90:
        months = late_by.days // 30
        return ngettext("%(n)d month late", "%(n)d months late", months) % {"n": months}
    if late_by.days:
        return ngettext("%(n)d day late", "%(n)d days late", late_by.days) % {"n": late_by.days}
    hours = late_by.seconds // 3600
    if hours:
        return ngettext("%(n)d hour late", "%(n)d hours late", hours) % {"n": hours}
    minutes = max(late_by.seconds // 60, 1)
    return ngettext("%(n)d minute late", "%(n)d minutes late", minutes) % {"n": minutes}


def _soon_words(due: date | datetime, due_day: date, now: datetime) -> str:
    if due_day == timezone.localdate(now):
        if isinstance(due, datetime):
            return _("today at %(time)s") % {"time": date_format(timezone.localtime(due), "H:i")}
        return _("today")
    if due_day - timezone.localdate(now) == timedelta(days=1):
        return _("tomorrow")
    return date_format(due_day, "l")
