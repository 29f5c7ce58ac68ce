"""What waits for a member across the chain, and who looked at a file that is hers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fanal.access import queries as access
from fanal.access.rules import Member, Permission, Role
from fanal.accounts import queries as accounts
from fanal.accounts import rules as doors
from fanal.alerts import queries as alerts
from fanal.audit import queries as audit
from fanal.audit.models import Entry, Finding
from fanal.bodies import queries as bodies
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.decisions import queries as decisions
from fanal.decisions import rules as decided
from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.meetings import queries as meetings
from fanal.meetings.rules.meetings import REFERENCE
from fanal.minutes import queries as minutes
from fanal.notify import queries as notify
from fanal.progress import queries as progress
from fanal.protection import queries as protection
from fanal.recommendations import queries as recommendations
from fanal.referrals import queries as referrals
from fanal.reports import queries as reports
from fanal.retention import queries as retention
from fanal.web.cursors import Page, page
from fanal.web.waiting import Waiting

_SOURCES = (
    (Permission.ALERT_READ, alerts.waiting),
    (Permission.REFERRAL_READ, referrals.waiting),
    (Permission.DEADLINES_READ, protection.waiting),
    (Permission.RETENTION_DECIDE, retention.waiting),
    (Permission.ACCOUNT_VOUCH, accounts.waiting),
    (Permission.BODY_READ, bodies.waiting),
    (Permission.DECISION_READ, decisions.waiting),
    (Permission.PLAN_READ, progress.waiting),
    (Permission.RECOMMENDATION_READ, recommendations.waiting),
    (Permission.MEETING_READ, meetings.waiting),
    (Permission.MEETING_READ, minutes.waiting),
    (Permission.REPORT_READ, reports.waiting),
)


def waiting(by: Member, at: datetime) -> list[Waiting]:
    """Everything that waits for the member's unit, or that it waits for, soonest first; only what the role may read."""
    found = [line for permission, source in _SOURCES if by.may(permission) for line in source(by, at)]
    return sorted(found, key=lambda line: (line.due_at is None, line.due_at, line.reference))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that reached the unit lately."""

    reference: str
    url: str
    words: str
    at: datetime


_LATELY = timedelta(days=14)
_WORDS = {
    "accounts.asked": gettext_lazy("Your service is asked to agree to a request about accounts"),
    "accounts.in_force": gettext_lazy("A request about accounts is in force"),
    "accounts.glass": gettext_lazy("Somebody opened this file in an emergency"),
    "alerts.received": gettext_lazy("An alert reached you"),
    "alerts.reminder": gettext_lazy("An alert still waits for your acknowledgement"),
    "referral.proposed": gettext_lazy("A person is referred to you"),
    "referral.sent": gettext_lazy("Something was added to a referral"),
    "referral.ended": gettext_lazy("A referral ended"),
    "referral.late": gettext_lazy("A referral waits too long"),
    "protection.request_opening": gettext_lazy("The opening of a procedure is asked for"),
    "protection.ask": gettext_lazy("Questions are put to you"),
    "protection.answer": gettext_lazy("The magistrate answered"),
    "protection.end": gettext_lazy("A procedure ended"),
    "protection.decide": gettext_lazy("A decision was taken"),
    "protection.escalation_first": gettext_lazy("A deadline comes near"),
    "protection.escalation_second": gettext_lazy("A deadline comes near"),
    "protection.escalation_third": gettext_lazy("A deadline is a few days away"),
    "protection.overdue": gettext_lazy("A deadline has passed"),
    "retention.review": gettext_lazy("A file must be looked at again"),
    "retention.propose_erasure": gettext_lazy("An erasure waits for a second person"),
    "retention.erased": gettext_lazy("A service erased what it had given you"),
    "retention.corrected": gettext_lazy("A service corrected what it had given you"),
    "retention.place_hold": gettext_lazy("A magistrate holds a file of yours"),
    "retention.lift_hold": gettext_lazy("A hold on a file of yours was lifted"),
    "meetings.invitation": gettext_lazy("A meeting is convened"),
    "meetings.changed": gettext_lazy("A meeting takes place on another day or in another place"),
    "meetings.cancelled": gettext_lazy("A meeting is cancelled"),
    "meetings.agenda_set": gettext_lazy("The agenda of a meeting is set"),
    "meetings.proposed": gettext_lazy("An item is proposed to a body that you prepare"),
    "meetings.sent": gettext_lazy("An item was sent by another body"),
    "meetings.late_asked": gettext_lazy("An item asks to come late on an agenda"),
    "meetings.admitted": gettext_lazy("Your late item is on the agenda"),
    "meetings.left_for_next": gettext_lazy("Your late item is left for the next meeting"),
    "minutes.circulated": gettext_lazy("Draft minutes were given round"),
    "minutes.written": gettext_lazy("A text is put to you in writing"),
    "progress.due": gettext_lazy("Reports on your measures are expected"),
    "progress.late": gettext_lazy("Reports on your measures are late"),
    "progress.disputed": gettext_lazy("The review does not agree with a report of yours"),
    "bodies.asked": gettext_lazy("An urgent meeting is asked for"),
    "bodies.convened": gettext_lazy("An urgent meeting is convened"),
    "bodies.refused": gettext_lazy("An urgent meeting was refused, with a reason"),
    "decisions.recorded": gettext_lazy("A decision was taken for which you answer"),
    "decisions.rescheduled": gettext_lazy("A decision for which you answer has another due date"),
    "decisions.superseded": gettext_lazy("A decision for which you answer was superseded"),
    "audit.unusual": gettext_lazy("Files were read in an unusual way"),
    "reports.asked": gettext_lazy("A contribution to a report is asked of you"),
    "reports.sent": gettext_lazy("A contribution waits for your review"),
    "reports.returned": gettext_lazy("Your contribution to a report was sent back with remarks"),
    "reports.to_sign": gettext_lazy("Your contribution to a report waits for its signature"),
    "reports.signed": gettext_lazy("A contribution to your report was signed"),
    "reports.reminder": gettext_lazy("A contribution to a report is due within a week"),
    "reports.late": gettext_lazy("A contribution to a report is late"),
}


def changes(by: Member, at: datetime, *, most: int = 12) -> list[Change]:
    """What changed lately for the member's unit, newest first."""
    return [
        Change(
            row.reference,
            address(row.reference, by),
            str(_WORDS.get(row.kind, _("A file moved on"))),
            row.created_at,
        )
        for row in notify.recent(by, since=at - _LATELY, most=most)
    ]


def _words(kind: str) -> str:
    return str(_WORDS.get(kind) or _("A file moved on"))


def address(reference: str, by: Member) -> str:
    """The page of the file with this reference, empty when no page of it is for the member's role.

    It says nothing about whether the file exists: the page itself answers that, behind the wall.
    """
    if reports.is_reference(reference):
        return reverse("reports:report", args=[reference]) if by.may(Permission.REPORT_READ) else ""
    if decided.NUMBER.match(reference):
        return reverse("decisions:decision", args=[reference]) if by.may(Permission.DECISION_READ) else ""
    if reference.isalpha():  # the letters of a body
        return reverse("bodies:list") if by.may(Permission.BODY_READ) else ""
    if reference[:1].upper() == "W":
        return f"{reverse('desk:unusual')}#{reference.upper()}" if by.may(Permission.TRACE_READ) else ""
    if "-W-" in reference.upper():
        return reverse("minutes:written", args=[reference]) if by.may(Permission.MEETING_READ) else ""
    if progress.is_period(reference):
        return reverse("progress:mine") if by.may(Permission.PROGRESS_REPORT) else ""
    if reference[:2].upper() == "I-":
        return reverse("meetings:item", args=[reference]) if by.may(Permission.MEETING_READ) else ""
    if REFERENCE.match(reference):
        return reverse("meetings:meeting", args=[reference]) if by.may(Permission.MEETING_READ) else ""
    door = doors.door(reference.upper(), by.role)
    if door:
        return reverse(door.page, args=[reference.upper()])
    if reference[:1].upper() == "P" and by.may(Permission.PROTECTION_ANSWER):
        return reverse("protection:questions_list")
    return ""


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the trace, in words."""

    at: datetime
    person: str
    unit: str
    verb: str
    act: str
    purpose: str
    reference: str


def watchers(unit_id: int, on: date) -> list[int]:
    """The units that watch over the house of a unit: those of its data protection officer."""
    house = directory.unit(unit_id).institution_id
    units = directory.units(on=on)
    return [u.id for u in units if u.institution_id == house and Role.DATA_PROTECTION_OFFICER in u.roles]


@dataclass(frozen=True, slots=True)
class Unusual:
    """One finding in words. `files`: (reference or nothing, address of its trace) of the reader's own files; `acts`:
    (what was done or tried, how often)."""

    reference: str
    at: datetime
    since: datetime
    person: str
    unit: str
    kind: str
    count: int
    usual: int | None
    files: tuple[tuple[str, str], ...]
    acts: tuple[tuple[str, int], ...]


def unusual(by: Member, cursor: str = "") -> tuple[Page[Finding], list[Unusual]]:
    """What the member's unit was told of unusual reading, newest first."""
    found = page(audit.findings(unit_id=by.unit_id), cursor=cursor, order="-at", size=20)
    people = access.names_of({row.person_id for row in found.items})
    units = directory.labels({row.actor_unit_id for row in found.items}, by.language)
    files = [file for row in found.items for file in row.files]
    names = audit.references(unit_id=by.unit_id, files=files) if files else {}
    return found, [
        Unusual(
            reference=row.reference,
            at=row.at,
            since=row.since,
            person=people.get(row.person_id, ""),
            unit=units.get(row.actor_unit_id, ""),
            kind=row.kind,
            count=row.count,
            usual=row.usual,
            files=tuple(
                sorted((names.get(file, ""), reverse("desk:trace", args=[file])) for file in row.files)
            ),
            acts=tuple(sorted(row.acts.items(), key=lambda pair: (-pair[1], pair[0]))),
        )
        for row in found.items
    ]


@dataclass(frozen=True, slots=True)
class Acts:
    """How often one unit did something for a purpose in a period, in words."""

    unit: str
    verb: str
    purpose: str
    acts: int
    files: int


def acts(by: Member, since: datetime, until: datetime, on: date) -> list[Acts]:
    """Counts of acts for those who watch: by unit, verb and purpose, without any person or file."""
    found = audit.counts(since=since, until=until)
    units = directory.labels({row.unit_id for row in found if row.unit_id}, by.language)
    law = country.law(on)
    lines = [
        Acts(
            unit=units.get(row.unit_id or 0, _("the system")),
            verb=str(row.verb.label),
            purpose=_purpose(row.purpose, law, by.language),
            acts=row.acts,
            files=row.files,
        )
        for row in found
    ]
    return sorted(lines, key=lambda line: (line.unit, line.verb, line.purpose))


def _purpose(code: str, law: Law, language: str) -> str:
    for codes in ("reading_purpose", "referral_purpose"):
        if law.has_code(codes, code):
            return law.label(codes, code).get(language)
    return code


def trace(compartment_id: UUID, by: Member, cursor: str = "") -> tuple[Page[Entry], list[Look]]:
    """Who did what with a file, newest first, for a member of the unit that owns it; `NotFound` for anybody else."""
    wall = access.compartment_for(compartment_id, by)
    if wall.owner_unit_id != by.unit_id:
        raise NotFound
    rows = audit.looked_at(compartment_id=compartment_id, owner_unit_id=by.unit_id)
    found = page(rows, cursor=cursor, order="-at")
    return found, _in_words(found.items, by.language)


def _in_words(entries: Sequence[Entry], language: str) -> list[Look]:
    people = access.names_of({e.person_id for e in entries if e.person_id})
    units = directory.labels(audit.units_that_looked(entries), language)
    return [
        Look(
            at=e.at,
            person=people.get(e.person_id, _("the system")) if e.person_id else _("the system"),
            unit=units.get(e.unit_id, "") if e.unit_id else "",
            verb=str(e.get_verb_display()),
            act=e.act,
            purpose=e.purpose,
            reference=e.reference,
        )
        for e in entries
    ]
