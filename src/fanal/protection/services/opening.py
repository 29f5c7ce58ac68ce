"""How a file begins: a centre or a guardian asks for it, whoever the law lets decide opens it."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import services as access
from fanal.access import vault
from fanal.access.models import Kind as Wall
from fanal.access.models import Level
from fanal.access.queries import visible
from fanal.access.rules import Member, new_reference
from fanal.access.services import Opening
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.directory import queries as directory
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.ids import new_id
from fanal.notify import services as notify
from fanal.protection.models import Procedure, Request, RequestState
from fanal.protection.rules.deadlines import Party, opening_due
from fanal.protection.rules.facts import File, Kind
from fanal.protection.rules.opening import askers, deciders
from fanal.protection.services.cases import CARRIED, NOBODY, Case, checked
from fanal.protection.services.writing import (
    ZONE,
    Act,
    append,
    close_clocks,
    demand_version,
    finish,
    set_clocks,
)
from fanal.referrals.rules.content import About, from_json, only, to_json

PREFIX = "P"
ONCE = "protection_file_opened_once"


@transaction.atomic
def request_opening(
    *, by: Member, case: Case, words: str = "", submission: UUID | None = None, at: datetime
) -> Request:
    """Ask the Immigration Office to open a procedure (Belgian Aliens Act art. 61/2 §2: at the request of the centre).

    The request stands behind a wall of the asking unit; the Office reads it, with a copy of the identity. The same
    `submission` twice makes one request. Refused: what `cases.checked` refuses; `decide_yourself` where the asking
    unit decides itself (no residence document); `NotAllowed` `not_yours_to_ask`.
    """
    # One person under two hats sends two forms: the key is the sender's, and that of the service she sends it for.
    submission = uuid5(submission, str(by.unit_id)) if submission else None
    sent = (
        visible(Request, by).filter(asked_by=by.person_id, submission=submission).first()
        if submission
        else None
    )
    if sent:
        return sent
    law = country.law(timezone.localdate(at))
    case = checked(case, by=by, law=law, at=at)
    if by.unit_kind in deciders(law, case.track):
        raise Refusal(
            "decide_yourself", _("On this track your service decides itself: open the file."), field="track"
        )
    if by.unit_kind not in askers(law, case.track):
        raise NotAllowed("not_yours_to_ask", _("On this track your service does not ask for a procedure."))
    office = _office(law, case.track)
    wall = access.open_compartment(by=by, kind=Wall.PROTECTION, at=at)
    row_id = new_id()
    row = Request.objects.create(
        id=row_id,
        compartment=wall,
        reference=new_reference(PREFIX),
        person_id=case.person_id or new_id(),
        identity=_sealed_identity(row_id, case.about),
        centre_unit_id=case.centre,
        office_unit=office,
        submission=submission,
        asked_on=law.on,
        asked_at=at,
        asked_by=by.person_id,
        statement=case.statement,
        statement_on=case.statement_on,
        words=vault.seal(row_id, words.strip()) if words.strip() else None,
        **case.columns(),
    )
    audit.record(
        by=by, verb=Verb.COLLECT, act="protection.request_opening", at=at, compartment_id=wall.id,
        object_ids=[row.id], purpose="accompany", reference=row.reference, facts={"track": row.track},
    )  # fmt: skip
    openings = [Opening(office.id, Level.READ, "decide_residence", "protection.request")]
    access.grant(by=by, compartment=wall, openings=openings, at=at)
    due = opening_due(at, law, ZONE)
    set_clocks(wall.id, row.id, row.reference, [due], {Party.OFFICE: office.id}, at, watched_by=by.unit_id)
    notify.tell(unit_ids=[office.id], kind="protection.request_opening", reference=row.reference, at=at)
    return row


@transaction.atomic
def withdraw_request(*, by: Member, reference: str, at: datetime, version: int | None = None) -> Request:
    """Take back a request that waits; twice changes nothing. Refused: `NotFound`, `Stale`, `already_answered`."""
    row = _request(reference, by, version)
    if row.compartment.owner_unit_id != by.unit_id:
        raise NotFound
    if row.state == RequestState.WITHDRAWN:
        return row
    return _answer(row, RequestState.WITHDRAWN, by=by, at=at, tell=row.office_unit_id)


@transaction.atomic
def refuse_request(
    *, by: Member, reference: str, words: str, at: datetime, version: int | None = None
) -> Request:
    """Refuse to open, with a motivation; twice changes nothing. Refused: `NotFound`, `Stale`, `already_answered`,
    `Invalid` `motivation`."""
    row = _request(reference, by, version)
    if row.office_unit_id != by.unit_id:
        raise NotFound
    if row.state == RequestState.REFUSED:
        return row
    if not words.strip():
        raise Invalid("motivation", _("Say why, in your own words."), field="words")
    row.answer = vault.seal(row.id, words.strip())
    return _answer(row, RequestState.REFUSED, by=by, at=at, tell=row.compartment.owner_unit_id)


@transaction.atomic
def open_requested(
    *,
    by: Member,
    reference: str,
    on: date | None = None,
    best_interests: str = "",
    at: datetime,
    version: int | None = None,
) -> Procedure:
    """Open the procedure that was asked for, under the same reference; twice gives the same procedure.

    Refused: as `open_file`, and `NotFound`, `Stale`, `already_answered`, `Invalid` `day_before_request`.
    """
    row = _request(reference, by, version)
    if row.office_unit_id != by.unit_id:
        raise NotFound
    if row.state == RequestState.OPENED:
        return visible(Procedure, by).get(reference=reference)
    law = country.law(on or timezone.localdate(at))
    if law.on < row.asked_on:
        raise Invalid("day_before_request", _("This day is older than the request."), field="on")
    case = replace(_case_of(row), about=_about(row))
    _answer(row, RequestState.OPENED, by=by, at=at, tell=None)
    return _open(case, by=by, law=law, reference=reference, best_interests=best_interests, at=at)


@transaction.atomic
def open_file(
    *,
    by: Member,
    case: Case,
    on: date | None = None,
    best_interests: str = "",
    submission: UUID | None = None,
    at: datetime,
) -> Procedure:
    """Open a file without a request: the Immigration Office of its own motion, or a centre where no residence
    document is given and the law lets it decide. The same `submission` twice opens one file.

    Refused: what `cases.checked` refuses, `NotAllowed` `not_yours_to_decide`, `Invalid` `best_interests` (R-MIN-2),
    `day_to_come`.
    """
    there = _opened(by, submission)
    if there:
        return there
    law = country.law(on or timezone.localdate(at))
    case = checked(case, by=by, law=law, at=at)
    try:
        with transaction.atomic():
            return _open(case, by=by, law=law, best_interests=best_interests, submission=submission, at=at)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != ONCE:
            raise
        there = _opened(by, submission)
        if there is None:
            raise
        return there


def _opened(by: Member, submission: UUID | None) -> Procedure | None:
    """The file that the member's unit opened under this key."""
    if submission is None:
        return None
    return visible(Procedure, by).filter(office_unit_id=by.unit_id, submission=submission).first()


def _open(
    case: Case,
    *,
    by: Member,
    law: Law,
    best_interests: str,
    reference: str = "",
    submission: UUID | None = None,
    at: datetime,
) -> Procedure:
    if by.unit_kind not in deciders(law, case.track):
        raise NotAllowed("not_yours_to_decide", _("On this track another service decides."))
    if law.on > timezone.localdate(at):
        raise Invalid("day_to_come", _("This day is still to come."), field="on")
    track = law.track(case.track)
    wall = access.open_compartment(by=by, kind=Wall.PROTECTION, at=at)
    row_id = new_id()
    guardians = directory.units("guardianship", on=law.on) if track.best_interests else ()
    row = Procedure.objects.create(
        id=row_id,
        compartment=wall,
        reference=reference or new_reference(PREFIX),
        person_id=case.person_id or new_id(),
        identity=_sealed_identity(row_id, case.about),
        submission=submission,
        centre_unit_id=case.centre,
        office_unit_id=by.unit_id,
        guardian_unit=guardians[0] if guardians else None,
        minor=track.best_interests,
        opened_on=law.on,
        opened_at=at,
        phase=track.phases[0],
        version=0,
        **case.columns(),
    )
    act = Act(row, by, at, law.on, law, File(track=case.track, opened_at=at, facts=()))
    append(act, Kind.OPENED, phase=track.phases[0], best_interests=best_interests)
    if case.statement:
        append(act, Kind.STATEMENT, code=case.statement, on=case.statement_on)
    _seat(row, by, at)
    return finish(act, "protection.open", verb=Verb.COLLECT, facts={"track": row.track})


def _seat(row: Procedure, by: Member, at: datetime) -> None:
    """The centre and the guardian contribute to the file; the centre may hand its own seat on."""
    seats = []
    if row.centre_unit_id != by.unit_id:
        seats.append(
            Opening(row.centre_unit_id, Level.CONTRIBUTE, "accompany", "protection.centre", onward=True)
        )
    if row.guardian_unit_id and row.guardian_unit_id != by.unit_id:
        seats.append(Opening(row.guardian_unit_id, Level.CONTRIBUTE, "guardianship", "protection.guardian"))
    access.grant(by=by, compartment=row.compartment, openings=seats, at=at)


def _office(law: Law, track: str) -> directory.Unit:
    """The unit that decides on a track: of the kind that the law names, competent for the whole country."""
    for kind in deciders(law, track):
        found = directory.competent_units(kind, on=law.on)
        if found:
            return found[0]
    raise Refusal("no_office", _("No service that may decide on this track is open today."))


def _request(reference: str, by: Member, version: int | None) -> Request:
    rows = visible(Request, by).select_related("compartment").select_for_update(of=("self",))
    row = rows.filter(reference=reference).first()
    if row is None:
        raise NotFound
    demand_version(row.version, version)
    return row


def _answer(row: Request, state: RequestState, *, by: Member, at: datetime, tell: int | None) -> Request:
    if row.state != RequestState.WAITING:
        raise Refusal("already_answered", _("This request was already answered."))
    row.state, row.answered_at, row.answered_by = state, at, by.person_id
    row.version += 1
    row.save()
    close_clocks(row.id, by, at)
    audit.record(
        by=by, verb=Verb.ALTER, act=f"protection.request_{state.value}", at=at, compartment_id=row.compartment_id,
        owner_unit_id=row.compartment.owner_unit_id, object_ids=[row.id], reference=row.reference,
    )  # fmt: skip
    if tell is not None:
        notify.tell(unit_ids=[tell], kind=f"protection.request_{state.value}", reference=row.reference, at=at)
    return row


def _case_of(row: Request) -> Case:
    return Case(
        track=row.track,
        offence=row.offence,
        circumstances=tuple(row.circumstances),
        unaccompanied_minor=row.unaccompanied_minor,
        has_title=row.has_title,
        person_id=row.person_id,
        centre_unit_id=row.centre_unit_id,
        referral=row.origin,
        statement=row.statement,
        statement_on=row.statement_on,
    )


def _about(row: Request) -> About:
    opened = vault.unseal({row.id: row.identity}) if row.identity else {}
    return from_json(opened[row.id]) if row.id in opened else NOBODY


def _sealed_identity(row_id: UUID, about: About) -> bytes | None:
    carried = only(about, CARRIED)
    return None if carried == NOBODY else vault.seal(row_id, to_json(carried))
