"""What is told when a file is asked for or opened: checked once, for both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member, Role
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country.schema import Circumstance, Law, Offence, Track
from fanal.directory import queries as directory
from fanal.errors import Invalid, NotFound, Refusal
from fanal.protection.models import StatementKind
from fanal.protection.queries import words
from fanal.protection.rules.eligibility import eligibility
from fanal.referrals import queries as referrals
from fanal.referrals.rules.content import About, Item, only

NOBODY = About()
CARRIED = (Item.PSEUDONYM, Item.CITIZENSHIP, Item.IDENTITY)
"""What a procedure needs to know of who the person is; nothing else of a referral is taken over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A person, the offence she suffered and the track; `centre_unit_id` is the centre that accompanies her.

    `referral`: the reference of an accepted referral; the person's id, and what was sent of her identity, come from
    it. `statement`: a complaint or statement that was already made, with its day.
    """

    track: str
    offence: str
    circumstances: tuple[str, ...] = ()
    unaccompanied_minor: bool = False
    has_title: bool = False
    about: About = NOBODY
    person_id: UUID | None = None
    centre_unit_id: int | None = None
    referral: str = ""
    statement: str = ""
    statement_on: date | None = None

    @property
    def centre(self) -> int:
        """The centre of a checked case."""
        if self.centre_unit_id is None:
            raise ValueError("a case that was not checked has no centre yet")
        return self.centre_unit_id

    def columns(self) -> Mapping[str, object]:
        """The columns that a request and a procedure share."""
        return {
            "track": self.track,
            "offence": self.offence,
            "circumstances": sorted(self.circumstances),
            "unaccompanied_minor": self.unaccompanied_minor,
            "has_title": self.has_title,
            "origin": self.referral,
        }


def checked(case: Case, *, by: Member, law: Law, at: datetime) -> Case:
    """The case with its person and its centre, as the law of the day knows it.

    Refused with `Invalid`: `unknown_code` (track, offence, circumstances, statement), `not_eligible` (R-ELIG-1,
    R-ELIG-2, with the reason), `statement_day`, `not_a_minor` (the track of minors without one), `unknown_centre`;
    `NotFound` for a referral that the unit did not accept; `Refusal` `unit_closed`.
    """
    _demand_codes(case, law)
    today = timezone.localdate(at)
    if bool(case.statement) != bool(case.statement_on) or (case.statement_on and case.statement_on > today):
        raise Invalid(
            "statement_day", _("Say on which day it was made, not later than today."), field="statement_on"
        )
    if law.track(case.track).best_interests and not case.unaccompanied_minor:
        words_ = _("This track is for unaccompanied minors: say so, or choose another one.")
        raise Invalid("not_a_minor", words_, field="unaccompanied_minor")
    found = eligibility(law, case.offence, case.circumstances, unaccompanied_minor=case.unaccompanied_minor)
    if not found.yes:
        said = f"{words.WHYS[found.why]} ({words.article(found.article)})"
        raise Invalid("not_eligible", said, field="offence", why=found.why.value)
    return replace(_with_person(case, by, at), centre_unit_id=_centre(case, by, today))


def _demand_codes(case: Case, law: Law) -> None:
    known = {
        "track": law.has(Track, case.track),
        "offence": law.has(Offence, case.offence),
        "circumstances": all(law.has(Circumstance, code) for code in case.circumstances),
        "statement": not case.statement or case.statement in StatementKind.values,
    }
    for field, so in known.items():
        if not so:
            raise Invalid("unknown_code", _("Choose from the list."), field=field)


def _with_person(case: Case, by: Member, at: datetime) -> Case:
    """The case with the person of its referral: what was sent is read for it, and who sent it sees that."""
    if not case.referral:
        return case
    taken = referrals.accepted_for(case.referral, by, items=CARRIED)
    audit.record(
        by=by, verb=Verb.CONSULT, act="protection.take_over", at=at, compartment_id=taken.compartment_id,
        owner_unit_id=taken.from_unit_id, object_ids=[taken.referral_id, *taken.ids], purpose=taken.purpose,
        reference=taken.reference,
    )  # fmt: skip
    about = taken.about if case.about == NOBODY else case.about
    return replace(case, person_id=taken.person, about=only(about, CARRIED))


def _centre(case: Case, by: Member, on: date) -> int:
    """The centre: the member's own unit, or the one that was chosen."""
    if case.centre_unit_id is None and by.role is Role.CENTRE_WORKER:
        return by.unit_id
    return unit_for(case.centre_unit_id, Role.CENTRE_WORKER, on, field="centre_unit").id


def unit_for(unit_id: int | None, role: Role, on: date, *, field: str) -> directory.Unit:
    """A unit that is open on the day and whose members hold a role. Refused: `Invalid` `unknown_unit`; `unit_closed`
    for one that closed (or has not opened yet)."""
    try:
        unit = directory.unit(unit_id or 0)
    except NotFound:
        raise Invalid("unknown_unit", _("Choose one of the services."), field=field) from None
    if role not in unit.roles:
        raise Invalid("unknown_unit", _("Choose one of the services."), field=field)
    if unit.valid_from > on or (unit.valid_to is not None and unit.valid_to < on):
        message = _("That service is closed today. Choose another one from the list.")
        raise Refusal("unit_closed", message, field=field)
    return unit
