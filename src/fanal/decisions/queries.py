"""Reading the register of decisions. Every read starts at the wall of the papers (`bodies.queries.papers`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Func, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.access.vault import plain
from fanal.bodies import queries as bodies
from fanal.bodies.rules import Due
from fanal.decisions import rules
from fanal.decisions.models import Decision, Extract, State, Step
from fanal.errors import NotFound
from fanal.web.waiting import Waiting

__all__ = [
    "Decision",
    "Extract",
    "Search",
    "State",
    "Step",
    "extract",
    "extracts",
    "find",
    "get",
    "narrowed",
    "of_meeting",
    "open_for",
    "owners",
    "steps",
    "visible",
    "waiting",
    "why_open",
    "years",
]
MOST = 50
OPEN = Q(state__in=[state.value for state in rules.OPEN])


@dataclass(frozen=True, slots=True)
class Search:
    """What a reader looks for; empty fields ask nothing. `state`: one of the states, or `overdue`, or `unfinished`."""

    body: str = ""
    state: str = ""
    owner: int | None = None
    year: int | None = None
    words: str = ""


def visible(by: Member, on: date) -> QuerySet[Decision]:
    """The decisions that the member may read, with their body."""
    return bodies.papers(Decision, by, on).select_related("body")


def find(search: Search, by: Member, on: date) -> QuerySet[Decision]:
    """The decisions that the member may read and that answer a search, the latest first."""
    return narrowed(visible(by, on), search, on)


def narrowed(rows: QuerySet[Decision], search: Search, on: date) -> QuerySet[Decision]:
    """Those of `visible` rows that answer a search, the latest first."""
    if search.body:
        rows = rows.filter(body__code=search.body)
    if search.owner is not None:
        rows = rows.filter(owners__contains=[search.owner])
    if search.year is not None:
        rows = rows.filter(taken_on__year=search.year)
    if rules.NUMBER.match(search.words.strip().upper()):
        return rows.filter(number=search.words.strip().upper()).order_by("-taken_on", "-id")
    for word in plain(search.words).split():
        rows = rows.filter(words__contains=f" {word}")
    return rows.filter(_state(search.state, on)).order_by("-taken_on", "-id")


def _state(state: str, on: date) -> Q:
    if state == "overdue":
        return OPEN & Q(due_on__lt=on)
    if state == "unfinished":
        return OPEN
    return Q(state=state) if state else Q()


def get(number: str, by: Member, *, on: date | None = None, lock: bool = False) -> Decision:
    """One decision by its number; `NotFound` when there is none, or none that the member may read."""
    rows = visible(by, on or timezone.localdate()).select_related("body", "superseded_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(number=number.strip().upper()).first()
    if found is None:
        raise NotFound
    return found


def steps(decision: Decision, by: Member, on: date) -> Sequence[Step]:
    """The history of a decision, the oldest first."""
    rows = bodies.papers(Step, by, on).filter(decision=decision)
    return list(rows.select_related("unit").order_by("at", "id"))


def of_meeting(meeting_key: str, by: Member, on: date) -> Sequence[Decision]:
    """The decisions that a meeting took, in the order of their numbers."""
    return list(visible(by, on).filter(meeting_key=meeting_key).order_by("number"))


def open_for(body_code: str, by: Member, on: date) -> list[Due]:
    """What a body decided and what is not finished, for its next agenda: the overdue first, then by due day, then those
    without one, the oldest first. In the reader's language; five SQL statements at most."""

    rows = (
        visible(by, on)
        .filter(OPEN, body__code=body_code)
        .order_by(F("due_on").asc(nulls_last=True), "taken_on", "id")
    )
    return [
        Due(
            kind="decision",
            key=row.number,
            title=f"{row.number} {row.title}",
            url=reverse("decisions:decision", args=[row.number]),
            due_on=row.due_on,
            reason=why_open(row, on),
        )
        for row in rows
    ]


def why_open(row: Decision, on: date) -> str:
    """Why a decision still asks for attention, in one sentence in the reader's language."""
    words: dict[str, Any] = {"taken": date_format(row.taken_on, "DATE_FORMAT")}
    if row.due_on is None:
        return _("Decided on %(taken)s, not finished, without a due date.") % words
    words["due"] = date_format(row.due_on, "DATE_FORMAT")
    if rules.overdue(rules.State(row.state), row.due_on, on):
        return _("Decided on %(taken)s, was due on %(due)s.") % words
    return _("Decided on %(taken)s, due on %(due)s.") % words


def years(rows: QuerySet[Decision]) -> list[int]:
    """The years of `visible` rows, the latest first."""
    found = rows.order_by().values_list(ExtractYear("taken_on"), flat=True).distinct()
    return sorted(found, reverse=True)


def owners(rows: QuerySet[Decision]) -> set[int]:
    """The ids of the units that answer for a decision among `visible` rows."""
    unnested = rows.order_by().annotate(owner=Func(F("owners"), function="unnest"))
    return {row["owner"] for row in unnested.values("owner").distinct()}


def waiting(by: Member, at: datetime) -> Iterable[Waiting]:
    """The decisions for which the member's unit answers: those overdue, and those due within the month."""
    on = timezone.localdate(at)
    rows = visible(by, on).filter(OPEN, owners__contains=[by.unit_id], due_on__lte=on + timedelta(days=30))
    for row in rows.order_by("due_on", "id")[:MOST]:
        assert row.due_on is not None
        due_at = timezone.make_aware(datetime.combine(row.due_on, time.max))
        yield Waiting(
            reference=row.number,
            url=reverse("decisions:decision", args=[row.number]),
            act=_("Say how far this decision is"),
            due_at=due_at,
            reason=why_open(row, on),
            state="late" if due_at < at else "week",
        )


# What everybody may read


def extracts() -> QuerySet[Extract]:
    """The public extracts, the latest decisions first."""
    return Extract.objects.select_related("body").order_by("-taken_on", "-id")


def extract(number: str) -> Extract | None:
    """The public extract of a decision; None without one."""
    return Extract.objects.select_related("body").filter(number=number.strip().upper()).first()
