"""What a centre, a guardian and the Office add to a procedure without deciding: requests, statements, events."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.country.schema import Move
from fanal.errors import Invalid, NotAllowed, Refusal
from fanal.protection.models import Procedure, StatementKind
from fanal.protection.queries.words import BARS
from fanal.protection.rules import moves
from fanal.protection.rules.facts import Kind
from fanal.protection.services.writing import Act, append, begin, finish


@transaction.atomic
def request_move(
    *, by: Member, reference: str, move: str, words: str = "", at: datetime, version: int | None = None
) -> Procedure:
    """Ask the deciding service for a step: a document, its extension or renewal, the end. Asked twice is asked once.

    Belgian circular of 23-12-2016: the centre asks for each document; a guardian asks for a minor. Refused:
    `NotFound`, `Stale`, `NotAllowed` `not_yours_to_ask`, `no_such_step`, `used`, `ended`.
    """
    act = begin(by=by, reference=reference, on=None, at=at, version=version)
    wanted = _wanted(act, move)
    if by.unit_kind not in wanted.requested_by or act.owns:
        raise NotAllowed("not_yours_to_ask", _("Another service asks for this step, or decides it itself."))
    if move in act.stand.requests:
        return act.row
    append(act, Kind.REQUESTED, code=move, basis=wanted.legal_basis, words=words)
    return finish(act, "protection.request_move", facts={"move": move})


@transaction.atomic
def record_statement(
    *, by: Member, reference: str, kind: str, on: date, at: datetime, version: int | None = None
) -> Procedure:
    """Note that the person made a complaint or a statement, on its day (Belgian Aliens Act art. 61/2 §2, 61/3 §1).

    By the centre, the guardian or the Office: whoever has a seat. Noted twice for one day is noted once. Refused:
    `NotFound`, `Stale`, `NotAllowed` `not_your_seat` (who only reads the file), `ended`, `Invalid` `unknown_code`,
    `day_to_come`.
    """
    act = begin(by=by, reference=reference, on=on, at=at, version=version, back=True)
    _demand_seat(act)
    if kind not in StatementKind.values:
        raise Invalid("unknown_code", _("Choose from the list."), field="kind")
    _demand_running(act)
    if any(f.kind is Kind.STATEMENT and (f.code, f.on) == (kind, on) for f in act.file.facts):
        return act.row
    append(act, Kind.STATEMENT, code=kind)
    return finish(act, "protection.record_statement", facts={"kind": kind})


@transaction.atomic
def record_event(
    *, by: Member, reference: str, event: str, on: date, at: datetime, version: int | None = None
) -> Procedure:
    """Note a judicial event that the Office was told of: a conviction, a charge kept, proceedings ended.

    Belgian Aliens Act art. 61/4 §2 and 61/5 (R-P4-1). Noted twice for one day is noted once. Refused: `NotFound`,
    `Stale`, `NotAllowed` `not_yours_to_decide` (the magistrate's unit tells it with its answers instead), `ended`,
    `Invalid` `unknown_code`, `day_to_come`.
    """
    act = begin(by=by, reference=reference, on=on, at=at, version=version, back=True)
    if not act.owns:
        raise NotAllowed("not_yours_to_decide", _("Only the service that decides notes judicial events."))
    if not act.law.has_code("judicial_event", event):
        raise Invalid("unknown_code", _("Choose from the list."), field="event")
    _demand_running(act)
    if any(f.kind is Kind.EVENT and (f.code, f.on) == (event, on) for f in act.file.facts):
        return act.row
    append(act, Kind.EVENT, code=event)
    return finish(act, "protection.record_event", facts={"event": event})


def _wanted(act: Act, move: str) -> Move:
    end = moves.ending(act.file, act.law)
    if end is not None and end.code == move:
        return end
    option = moves.option(act.file, act.law, move)
    if option is None:
        raise Refusal("no_such_step", _("This step does not exist in this phase."), field="move")
    if option.bar is not None:
        raise Refusal(option.bar.value, BARS[option.bar], field="move")
    return option.move


def _demand_seat(act: Act) -> None:
    """Who reads the file without a seat in it, on a grant of its own or in an emergency, adds nothing to it."""
    row = act.row
    if act.by.unit_id not in (row.centre_unit_id, row.guardian_unit_id, row.office_unit_id):
        raise NotAllowed(
            "not_your_seat", _("Your service reads this file; only those with a seat add to it.")
        )


def _demand_running(act: Act) -> None:
    if act.stand.ended:
        raise Refusal("ended", BARS[moves.Bar.ENDED])
