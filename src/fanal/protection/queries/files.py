"""One procedure, read: the row, and its facts as the rules want them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from fanal.access.models import Grant, Level
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.errors import NotFound
from fanal.protection.models import Document, Fact, Notice, Procedure, QuestionSet, Reply
from fanal.protection.rules.facts import Answer, Asked, File, Happened, Kind, Paper


def procedure(reference: str, by: Member, *, lock: bool = False) -> Procedure:
    """A procedure the member's unit may read, locked for a change when asked; `NotFound`."""
    rows = visible(Procedure, by).select_related("centre_unit", "office_unit", "guardian_unit")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(reference=reference).first()
    if found is None:
        raise NotFound
    return found


def facts(row: Procedure, by: Member) -> list[Fact]:
    """What happened, in order."""
    return list(visible(Fact, by).filter(procedure=row).select_related("unit").order_by("number"))


def documents(row: Procedure, by: Member) -> list[Document]:
    """The documents that were given, in order."""
    return list(visible(Document, by).filter(procedure=row).select_related("fact").order_by("fact__number"))


def dates_shown(row: Procedure, by: Member) -> list[Grant]:
    """The seats of dates only that hold now, oldest first."""
    rows = visible(Grant, by).filter(compartment_id=row.compartment_id, level=Level.EXISTS, applied=True)
    return list(rows.select_related("unit").order_by("granted_at", "id"))


def question_sets(matter_id: UUID, by: Member) -> list[QuestionSet]:
    """The questions that were put about a procedure, in order, as far as the reader sees them (the centre: none)."""
    rows = visible(QuestionSet, by).filter(matter_id=matter_id).select_related("magistrate_unit")
    return list(rows.order_by("number"))


def replies(sets: Sequence[QuestionSet], by: Member) -> dict[UUID, Reply]:
    """The answers, by question set."""
    rows = visible(Reply, by).filter(question_set__in=sets)
    return {row.question_set_id: row for row in rows}


def notices(sets: Sequence[QuestionSet], by: Member) -> list[Notice]:
    """The judicial events that a magistrate's unit told of."""
    return list(visible(Notice, by).filter(question_set__in=sets).order_by("at", "id"))


def file_of(
    row: Procedure,
    happened: Iterable[Fact],
    papers: Iterable[Document],
    sets: Sequence[QuestionSet] = (),
    answers: dict[UUID, Reply] | None = None,
    told: Iterable[Notice] = (),
) -> File:
    """The rows of a procedure as the plain value that the rules read."""
    known = list(happened)
    events = {fact.code: fact.on for fact in known if fact.kind == Kind.EVENT}
    return File(
        track=row.track,
        opened_at=row.opened_at,
        facts=tuple(Happened(f.number, Kind(f.kind), f.code, f.on, f.phase) for f in known),
        papers=tuple(Paper(d.kind, d.first_day, d.last_day, d.fact.number, d.closed_on) for d in papers),
        asked=tuple(_asked(each, (answers or {}).get(each.id)) for each in sets if not each.withdrawn_at),
        events=events | {notice.event: notice.on for notice in told},
        offence=row.offence,
        circumstances=frozenset(row.circumstances),
        unaccompanied_minor=row.unaccompanied_minor,
        has_title=row.has_title,
    )


def load(row: Procedure, by: Member) -> File:
    """Everything the rules know of a procedure, as far as the reader sees it; five SQL statements at most."""
    sets = question_sets(row.id, by)
    answers = replies(sets, by) if sets else {}
    told = notices(sets, by) if sets else []
    return file_of(row, facts(row, by), documents(row, by), sets, answers, told)


def _asked(row: QuestionSet, reply: Reply | None) -> Asked:
    answers = None if reply is None else {code: Answer(value) for code, value in reply.answers.items()}
    return Asked(row.id, row.number, row.asked_on, tuple(row.questions), answers, reply.on if reply else None)
