"""Writing a decision into the register."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.access.vault import plain
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld
from fanal.decisions import rules
from fanal.decisions.models import Decision, Step
from fanal.errors import Invalid, NotFound
from fanal.notify import services as notify


@transaction.atomic
def record(
    *,
    by: Member,
    body_code: str,
    title: str,
    text: str,
    taken_on: date,
    owner_unit_ids: Sequence[int] = (),
    due_on: date | None = None,
    compartment_id: UUID | None = None,
    meeting_key: str = "",
    item_key: str = "",
    state: rules.State = rules.State.OPEN,
    origin: str = "",
    origin_url: str = "",
    synthetic: bool = False,
    quiet: bool = False,
    at: datetime,
) -> Decision:
    """Number a decision of a body and write it down: `BUR-2026-014`.

    `compartment_id`: that of named seats (`bodies.services.restrict`), for a decision that only they read; its number
    is drawn, so that no gap tells of it. `quiet`: the owners are not told (an older decision). Refused: `NotFound`
    without a seat, `NotAllowed` for a seat that does not prepare, `Invalid` for `no_title`, `due_before_taken`,
    `taken_in_future`, `owner_without_seat` (who answers for it must be able to read it).
    """
    on = timezone.localdate(at)
    bodies.demand_prepares(body_code, by, on)
    body = bodies.locked(body_code)
    wall = compartment_id or body.compartment_id
    title, text = title.strip(), text.strip()
    _demand_dates(title, taken_on, due_on, on)
    owners = sorted(set(owner_unit_ids))
    _demand_owners(owners, _readers(body, wall, by, on))
    decision = Decision.objects.create(
        number=_number(body, taken_on.year, restricted=wall != body.compartment_id),
        compartment_id=wall,
        body=body,
        title=title,
        text=text,
        words=words_of(title, text),
        taken_on=taken_on,
        due_on=due_on,
        owners=owners,
        state=state.value,
        closed_on=None if state in rules.OPEN else taken_on,
        meeting_key=meeting_key,
        item_key=item_key,
        origin=origin,
        origin_url=origin_url,
        synthetic=synthetic,
        recorded_at=at,
        recorded_by=by.person_id,
    )
    _trace(decision, by, at)
    if not quiet:
        tell(decision, "decisions.recorded", but=by.unit_id, at=at)
    return decision


def _trace(decision: Decision, by: Member, at: datetime) -> None:
    note_step(decision, Step.Act.RECORDED, by=by, at=at, state=decision.state, due_on=decision.due_on)
    audit.record(
        by=by, verb=Verb.COLLECT, act="decisions.record", at=at, compartment_id=decision.compartment_id,
        object_ids=[decision.id], reference=decision.number,
        facts={"body": decision.body.code, "owners": decision.owners, "meeting": decision.meeting_key.lower()},
    )  # fmt: skip


def words_of(title: str, text: str) -> str:
    """What the register is searched by: each word after a blank, without accents or capitals."""
    return f" {plain(f'{title} {text}')}"


def note_step(
    decision: Decision,
    act: Step.Act,
    *,
    by: Member,
    at: datetime,
    state: str = "",
    due_on: date | None = None,
    note: str = "",
    link: str = "",
) -> Step:
    """Write a line of the history, in the decision's own compartment."""
    return Step.objects.create(
        compartment_id=decision.compartment_id,
        decision=decision,
        act=act,
        at=at,
        by=by.person_id,
        unit_id=by.unit_id,
        state=state,
        due_on=due_on,
        note=note,
        link=link,
    )


def tell(decision: Decision, kind: str, *, but: int, at: datetime) -> None:
    """Tell the owners. Of a restricted decision the mail carries no number: it reaches a whole service, and the seat
    may be one person's."""
    open_to_all = decision.compartment_id == decision.body.compartment_id
    reference = decision.number if open_to_all else ""
    notify.tell(unit_ids=[it for it in decision.owners if it != but], kind=kind, reference=reference, at=at)


def _number(body: bodies.Body, year: int, *, restricted: bool) -> str:
    return rules.hidden_number(body.prefix, year) if restricted else next_ordinary(body, year)


def next_ordinary(body: bodies.Body, year: int) -> str:
    """The next number of a body that is locked, of a year."""
    start = f"{body.prefix}-{year}-"
    taken = Decision.objects.filter(compartment_id=body.compartment_id, number__startswith=start)
    return rules.next_number(body.prefix, year, taken.values_list("number", flat=True))


def _readers(body: bodies.Body, wall: UUID, by: Member, on: date) -> set[int]:
    seats: Sequence[SeatHeld] = bodies.seats(body.code, on)
    if wall != body.compartment_id:
        named = bodies.circle_of(wall, by)
        if not named:
            raise NotFound
        seats = [seat for seat in seats if seat.id in named]
    return {unit_id for seat in seats for unit_id in seat.unit_ids}


def _demand_dates(title: str, taken_on: date, due_on: date | None, on: date) -> None:
    if not title:
        raise Invalid("no_title", _("Give the decision a title."), field="title")
    if taken_on > on:
        raise Invalid(
            "taken_in_future", _("This day has not come yet: a decision is recorded after it was taken."),
            field="taken_on",
        )  # fmt: skip
    if due_on is not None and due_on < taken_on:
        raise Invalid(
            "due_before_taken", _("It cannot be due before the day on which it was taken."), field="due_on"
        )


def _demand_owners(owners: Sequence[int], readers: set[int]) -> None:
    outside = [unit_id for unit_id in owners if unit_id not in readers]
    if outside:
        raise Invalid(
            "owner_without_seat",
            _("A service that answers for a decision must hold a seat from which it can read it."),
            field="owners",
            units=outside,
        )
