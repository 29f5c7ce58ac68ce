"""The clocks in words: for the board, the home page and the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.urls import reverse

from fanal.access.rules import Member, Permission
from fanal.country import queries as country
from fanal.country.schema import DocumentKind, Law, Phase, Term
from fanal.protection.models import Deadline
from fanal.protection.queries import lists, words
from fanal.protection.queries.words import Book
from fanal.protection.rules.deadlines import Clock
from fanal.web.waiting import Waiting

MOST = 200
"""Lines of one kind on a home page; the board has them all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A clock in the reader's language. `url` is empty for who may know the date and not the file."""

    id: str
    reference: str
    clock: Clock
    act: str
    due_on: date
    due_at: datetime
    waiting_for: str
    mine: bool
    reason: str
    organisational: bool
    url: str


def lines(rows: Iterable[Deadline], by: Member) -> list[Line]:
    """Clocks in words; one SQL statement for the law of every day."""
    book = country.book()
    return [_line(row, book, by) for row in rows]


def waiting(by: Member, at: datetime) -> tuple[Waiting, ...]:
    """What falls due for the member's unit within 30 days or is late, and what it waits for; three SQL statements."""
    near = lists.clocks(by, at=at).filter(due_at__lt=at + lists.SOON).order_by("due_at", "id")
    mine = list(near.filter(waiting_for_id=by.unit_id)[:MOST])
    others = list(near.filter(watched_by_id=by.unit_id).exclude(waiting_for_id=by.unit_id)[:MOST])
    return tuple(_waiting(line, at) for line in lines([*mine, *others], by))


def _waiting(line: Line, at: datetime) -> Waiting:
    state: Literal["late", "week", "waiting"] = "late" if line.due_at < at else "week"
    return Waiting(
        reference=line.reference,
        url=line.url or reverse("protection:deadlines"),
        act=line.act,
        due_at=line.due_at,
        reason=line.reason if line.mine else f"{line.waiting_for}. {line.reason}",
        state=state if line.mine else "waiting",
    )


def _line(row: Deadline, book: Book, by: Member) -> Line:
    law, clock = book(row.law_on), Clock(row.clock)
    about = _about(row, law, by.language)
    return Line(
        id=str(row.id),
        reference=row.reference,
        clock=clock,
        act=str(words.CLOCKS[clock]),
        due_on=row.due_on,
        due_at=row.due_at,
        waiting_for=row.waiting_for.label(by.language),
        mine=row.waiting_for_id == by.unit_id,
        reason=words.reason(clock, about, row.basis),
        organisational=clock in (Clock.ANSWER, Clock.OPENING),
        url=_url(row, clock, by),
    )


def _about(row: Deadline, law: Law, language: str) -> str:
    for kind in (DocumentKind, Phase, Term):
        if law.has(kind, row.about):
            return words.label(law, kind, row.about, language)
    return row.about


def _url(row: Deadline, clock: Clock, by: Member) -> str:
    if clock is Clock.ANSWER and row.waiting_for_id == by.unit_id:
        return reverse("protection:questions", args=[row.matter_id])
    return reverse("protection:detail", args=[row.reference]) if by.may(Permission.PROTECTION_READ) else ""
