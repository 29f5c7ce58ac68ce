"""A text put to the seats in writing between two meetings, until a deadline; what silence means is the body's rule."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.bodies.rules import vote_problem
from fanal.country import queries as country
from fanal.country.rules import due_on as last_day
from fanal.decisions import services as decisions
from fanal.directory import queries as directory
from fanal.errors import Invalid, Refusal
from fanal.minutes import queries
from fanal.minutes.models import Answer, Procedure
from fanal.minutes.rules.silence import Stand
from fanal.minutes.services.common import words
from fanal.minutes.services.deciding import REFUSED
from fanal.notify import services as notify


@transaction.atomic
def open_procedure(
    *,
    by: Member,
    body_code: str,
    title: str,
    text: str,
    deadline: datetime,
    owners: Sequence[int],
    due_on: date | None = None,
    at: datetime,
) -> Procedure:
    """Put a text to the seats of a body in writing; each is told. `owners` carry out the decision that it becomes.

    Refused: `NotFound`; `NotAllowed` to a seat that does not prepare; `Invalid` `empty`, `too_long`, `deadline`
    (earlier than the country's shortest term), `owners`.
    """
    on = timezone.localdate(at)
    bodies.demand_prepares(body_code, by, on)
    law = country.law(on)
    soonest = last_day(law.term("written_answer"), on, law.calendar)
    if timezone.localdate(deadline) < soonest:
        raise Invalid(
            "deadline",
            _("Give the seats at least until %(day)s.") % {"day": f"{soonest:%d.%m.%Y}"},
            field="deadline",
        )
    known = {unit.id for unit in directory.units(on=on)}
    if not owners or not set(owners) <= known:
        raise Invalid("owners", _("Say which service carries the decision out."), field="owners")
    row = _numbered(body_code, on)
    row.title, row.text = words(title, "title", longest=200), words(text, "text", longest=20_000)
    row.owners, row.due_on, row.deadline = list(owners), due_on, deadline
    row.opened_at, row.opened_by = at, by.person_id
    row.save(force_insert=True)
    _trace("open_procedure", row, by, at)
    seats = bodies.seats(body_code, on)
    notify.tell(
        unit_ids=sorted({unit for seat in seats for unit in seat.unit_ids} - {by.unit_id}),
        kind="minutes.written",
        reference=row.reference,
        at=at,
    )
    return row


def _numbered(body_code: str, on: date) -> Procedure:
    """With the next number of the body's year; the body is locked, so that two do not get the same."""
    body = bodies.Body.objects.select_for_update().get(code=body_code)
    last = Procedure.objects.filter(body=body_code, year=on.year).order_by("-number").first()
    number = (last.number if last else 0) + 1
    return Procedure(
        compartment_id=body.compartment_id,
        body=body_code,
        year=on.year,
        number=number,
        reference=f"{body.prefix}-W-{on.year}-{number:02}",
    )


def _trace(act: str, row: Procedure, by: Member, at: datetime, **facts: object) -> None:
    audit.record(
        by=by, verb=Verb.ALTER, act=f"minutes.{act}", at=at, compartment_id=row.compartment_id,
        object_ids=[row.id], reference=row.reference, facts=facts,
    )  # fmt: skip


@transaction.atomic
def answer(*, by: Member, reference: str, stand: str, words: str = "", at: datetime) -> Answer:
    """What the member's seat answers; until the end it may answer otherwise. An objection says why.

    Refused: `NotFound`; `Refusal` `seat_does_not_vote`, `procedure_over`; `Invalid` `stand`, `why`.
    """
    eye = queries.sight(by, at)
    row = queries.procedure(reference, eye, lock=True)
    seat = eye.seats[row.body]
    if problem := vote_problem(seat):
        raise Refusal(problem, REFUSED[problem])
    if row.closed_at is not None or row.withdrawn_at is not None or at > row.deadline:
        raise Refusal("procedure_over", _("The time to answer is over."))
    if stand not in list(Stand):
        raise Invalid("stand", _("Choose: agrees, objects, or abstains."), field="stand")
    if stand == Stand.OBJECTS and not words.strip():
        raise Invalid("why", _("Say why: everybody who sits in the body reads it."), field="words")
    made, _new = Answer.objects.update_or_create(
        procedure=row,
        seat=seat.id,
        defaults={
            "compartment_id": row.compartment_id,
            "stand": stand,
            "words": words.strip()[:5000],
            "at": at,
            "by": by.person_id,
        },
    )
    _trace("answer", row, by, at, stand=stand)
    return made


@transaction.atomic
def close_procedure(*, by: Member, reference: str, synthetic: bool = False, at: datetime) -> Procedure:
    """Close a written procedure that has its result: what is adopted enters the register. Twice changes nothing.

    `synthetic`: invented, for a demonstration, and said so in the register.

    Refused: `NotFound`; `NotAllowed`; `Refusal` `still_running` while a seat may still answer, `withdrawn`.
    """
    eye = queries.sight(by, at)
    row = queries.procedure(reference, eye, lock=True)
    bodies.demand_prepares(row.body, by, eye.on)
    if row.closed_at is not None:
        return row
    if row.withdrawn_at is not None:
        raise Refusal("withdrawn", _("This text was withdrawn."))
    found = queries.counted(row, eye, at)
    if found.adopted is None:
        raise Refusal("still_running", _("Seats may still answer: its result comes with the deadline."))
    row.closed_at, row.adopted = at, found.adopted
    row.result = {
        "yes": found.yes, "no": found.no, "abstain": found.abstain, "silent": found.silent,
        "reason": found.reason.value,
    }  # fmt: skip
    if found.adopted:
        row.decision = str(
            decisions.record(
                by=by,
                body_code=row.body,
                title=row.title,
                text=row.text,
                taken_on=timezone.localdate(min(at, row.deadline)),
                owner_unit_ids=list(row.owners),
                due_on=row.due_on,
                meeting_key=row.reference,
                synthetic=synthetic,
                at=at,
            ).number
        )
    row.save(update_fields=["closed_at", "adopted", "result", "decision"])
    _trace("close_procedure", row, by, at, adopted=found.adopted)
    return row


@transaction.atomic
def withdraw_procedure(*, by: Member, reference: str, why: str, at: datetime) -> Procedure:
    """Withdraw a text before its result stands. Twice changes nothing. Refused: `NotFound`; `NotAllowed`; `Refusal`
    `procedure_over`; `Invalid` `empty`."""
    eye = queries.sight(by, at)
    row = queries.procedure(reference, eye, lock=True)
    bodies.demand_prepares(row.body, by, eye.on)
    if row.closed_at is not None:
        raise Refusal("procedure_over", _("Its result stands already."))
    if row.withdrawn_at is None:
        row.withdrawn_at, row.why_withdrawn = at, words(why, "why", longest=2000)
        row.save(update_fields=["withdrawn_at", "why_withdrawn"])
        _trace("withdraw_procedure", row, by, at)
    return row


def owner_ids(codes: Sequence[str]) -> list[int]:
    """Ids of the units with these codes; `Invalid` `owners` for one that does not exist."""
    known = directory.ids_by_code()
    if not set(codes) <= known.keys():
        raise Invalid("owners", _("Choose a service of the directory."), field="owners")
    return [known[code] for code in codes]
