"""One invented person's way through the whole chain, made through the services: rows in every walled table.

Who has a part in it: the officer (recorded and referred), the centre worker, the Immigration Office's agent, the
magistrate who is asked, the reception centre that was shown the dates. Everybody else of the cast is a stranger.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils import timezone
from PIL import Image
from tests.cast import Cast
from tests.house.papers import coordinate

from fanal.access.models import Grant
from fanal.access.rules import Member
from fanal.access.services import acting_as, issue_token
from fanal.accounts import services as accounts
from fanal.alerts import services as alerts
from fanal.alerts.models import Alert, Draft, DutyDone, Person, SearchToken, Sign, Transmission
from fanal.alerts.rules import Age, Done, Identity, PersonReport, Report
from fanal.alerts.rules import Sign as Seen
from fanal.attachments import services as attachments
from fanal.attachments.models import Attachment, Conversion, Piece
from fanal.bodies.models import Circle
from fanal.bodies.models import Request as MeetingRequest
from fanal.decisions.models import Decision
from fanal.decisions.models import Step as DecisionStep
from fanal.directory import queries as directory
from fanal.directory import services as keeping
from fanal.meetings.models import Annex, Item, Meeting, Point, Series
from fanal.meetings.models import Reply as SeatReply
from fanal.meetings.models import Step as ItemStep
from fanal.minutes.models import (
    Action,
    Addendum,
    Ballot,
    Minutes,
    Note,
    Outcome,
    Presence,
    Remark,
    Version,
    Vote,
)
from fanal.minutes.models import Answer as InWriting
from fanal.minutes.models import Procedure as Written
from fanal.protection import services as protection
from fanal.protection.models import Deadline, Document, Fact, Notice, Procedure, QuestionSet, Request
from fanal.protection.models import Reply as Answers
from fanal.referrals import services as referrals
from fanal.referrals.models import Consent, Matter, Referral, ReferralItem
from fanal.referrals.models import Reply as Words
from fanal.referrals.rules.capacity import Offer
from fanal.referrals.rules.content import About, Practical, SafeContact, known
from fanal.referrals.rules.content import Identity as Who
from fanal.referrals.rules.grounds import Given
from fanal.reports.models import Contribution
from fanal.reports.models import Draft as ContributionDraft
from fanal.reports.models import Step as ReportStep
from fanal.retention import services as retention
from fanal.retention.models import Answer, Correction, Erasure, File, Hold

NAME = "Synthetikova"
KEY = "the first sending"
BORN = date(1996, 5, 4)
NOOR = Identity(
    given_names="Noor",
    family_name=NAME,
    birth_date=BORN,
    phone="+32 470 00 11 22",
    document_number="AB-123 456",
)
ABOUT = About(
    summary="Invented person found at an invented yard.", pseudonym="Lotus", age=Age(basis="known", birth_date=BORN),
    sex="F", languages=("ro",), needs=Practical(children=0, wheelchair=False, night=False),
    safe_contact=SafeContact(("phone",), "+32 470 00 00 00", "after six"), identity=Who(NAME, "Noor", BORN),
    citizenship=("ER",),
)  # fmt: skip
YES = dict.fromkeys(("still_victim", "proceedings_ongoing", "will_to_cooperate", "link_broken"), "yes")


@dataclass
class Scenario:
    """The chain and what stands in it; `owners` says who must see rows of a walled table."""

    cast: Cast
    at: datetime
    rows: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["rows"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def owners(self) -> dict[type, Member]:
        cast = self.cast
        return {
            **dict.fromkeys((Alert, Sign, Person, SearchToken, Transmission, DutyDone), cast.officer),
            **dict.fromkeys((Matter, Consent, Referral, ReferralItem, Words, Grant), cast.officer),
            **dict.fromkeys((Attachment, Piece, Conversion), cast.officer),
            **dict.fromkeys((Procedure, Fact, Document, QuestionSet, Deadline), cast.immigration_agent),
            **dict.fromkeys((Answers, Notice), cast.magistrate),
            **dict.fromkeys((Request, Erasure, Correction, Answer), cast.centre_worker),
            File: cast.officer,
            Hold: cast.immigration_agent,
            **dict.fromkeys((Contribution, ContributionDraft, ReportStep), cast.correspondent),
            **dict.fromkeys((Circle, Decision, DecisionStep), cast.secretary),
            MeetingRequest: cast.inspector,
            **dict.fromkeys(
                (Minutes, Presence, Note, Version, Ballot, Vote, Outcome, Action), cast.secretary
            ),
            **dict.fromkeys((Remark, Addendum, Written, InWriting), cast.secretary),
            **dict.fromkeys((Series, Meeting, SeatReply, Item, Point, ItemStep, Annex), cast.secretary),
        }


def build(cast: Cast) -> Scenario:
    """Play the chain from the alert to the magistrate's answer, a minute ago."""
    scene = Scenario(cast, timezone.now() - timedelta(minutes=1))
    for act in (
        directory_rows,
        _alert,
        _places,
        _referral,
        _request,
        _procedure,
        _questions,
        _attachment,
        _kept,
        _tokens,
        _accounts,
    ):
        scene.rows |= act(scene)
    coordinate(scene)
    return scene


def directory_rows(scene: Scenario) -> dict[str, Any]:
    by, at = scene.cast.administrator, scene.at
    unit, today = directory.unit_by_code(scene.cast.magistrate.unit_code), timezone.localdate(at)
    with acting_as(by):
        mandate = keeping.appoint(
            by=by, unit=unit, function="reference_magistrate", holder="Ada Synthetic", valid_from=today, at=at
        )
        reach = keeping.Reach(value="555 09", valid_from=today)
        contact = keeping.add_contact_point(
            by=by, unit=unit, channel="phone", label="At night", reach=reach, at=at
        )
    return {"mandate": mandate, "contact": contact}


def report(**more: Any) -> Report:
    child = PersonReport(subject="presumed_victim", age_basis="doubtful", sex="M", unaccompanied=True)
    woman = PersonReport(
        subject="presumed_victim", age_basis="known", sex="F", identity=NOOR, pseudonym="Lotus", languages=("ti", "ar"),
        citizenship="ER",
    )  # fmt: skip
    usual = {
        "phenomenon": "trafficking", "forms": ("WORK",), "municipality": "T01", "sector": "I-KITCHEN",
        "narrative": "Six people sleep behind the kitchen.", "persons": (woman, child),
        "signs": (Seen(indicator="no-pay"),),
    }  # fmt: skip
    return Report(**(usual | more))


def _alert(scene: Scenario) -> dict[str, Any]:
    by, at = scene.cast.officer, scene.at
    with acting_as(by):
        done = (Done(duty="a", on=timezone.localdate(at)),)
        row = alerts.record(by=by, report=report(done=done), at=at, idempotency_key=KEY)
        person = Person.objects.filter(alert=row).order_by("number").values_list("id", flat=True)[0]
        draft = alerts.start(by=by, typed={"who": {"1": {}}}, step="what", at=at)
    return {"alert": row, "person": person, "draft": draft}


def _places(scene: Scenario) -> dict[str, Any]:
    by = scene.cast.centre_worker
    offer = Offer(free=3, languages=frozenset(("ro",)), valid_until=scene.at + timedelta(days=2))
    with acting_as(by):
        return {"capacity": referrals.publish_capacity(by=by, offer=offer, at=scene.at)}


def _referral(scene: Scenario) -> dict[str, Any]:
    cast, at = scene.cast, scene.at
    told: dict[str, Any] = {"to_unit_id": cast.centre_worker.unit_id, "at": at, "items": known(ABOUT)}
    yes = Given(ground="consent", given_on=timezone.localdate(at), form="oral")
    vital = Given(
        "vital_interest", timezone.localdate(at), why="Not conscious.", review_due=timezone.localdate(at)
    )
    with acting_as(cast.officer):
        matter = referrals.prepare(by=cast.officer, about=ABOUT, at=at)
        told |= {"matter": matter.reference, "by": cast.officer}
        taken = referrals.propose(**told, purpose="housing", given=yes)
        asked = referrals.propose(**told, purpose="medical", given=vital)
    with acting_as(cast.centre_worker):
        referrals.accept(by=cast.centre_worker, reference=taken.reference, at=at)
        referrals.report_done(by=cast.centre_worker, reference=taken.reference, words="She sleeps.", at=at)
    return {"matter": matter, "taken": taken, "asked": asked, "exception": asked.consent_id}


def case(**more: Any) -> protection.Case:
    about = About(pseudonym="Lotus", identity=ABOUT.identity)
    return protection.Case(**{"track": "residence", "offence": "R10", "about": about} | more)


def _request(scene: Scenario) -> dict[str, Any]:
    by, today = scene.cast.centre_worker, timezone.localdate(scene.at)
    stated = case(statement="complaint", statement_on=today)
    with acting_as(by):
        request = protection.request_opening(by=by, case=stated, words="She asks.", at=scene.at)
        pending = protection.request_opening(by=by, case=case(), at=scene.at)
    return {"request": request, "pending": pending}


def _procedure(scene: Scenario) -> dict[str, Any]:
    by, at = scene.cast.immigration_agent, scene.at
    with acting_as(by):
        row = protection.open_requested(by=by, reference=scene.request.reference, at=at)
        step: dict[str, Any] = {"by": by, "reference": row.reference, "at": at}
        protection.decide(**step, move="open_first_document", declared=["accompanied"])
        protection.show_dates(**step, to_unit_id=scene.cast.reception.unit_id)
        shown = Grant.objects.get(compartment_id=row.compartment_id, unit_id=scene.cast.reception.unit_id).id
    return {"procedure": row, "shown": shown}


def _questions(scene: Scenario) -> dict[str, Any]:
    cast, at = scene.cast, scene.at
    with acting_as(cast.immigration_agent):
        answered: UUID = protection.ask(
            by=cast.immigration_agent, reference=scene.procedure.reference, magistrate_unit_id=cast.magistrate.unit_id,
            tell_identity=True, at=at,
        ).id  # fmt: skip
    by = cast.magistrate
    with acting_as(by):
        protection.answer(by=by, question_set=answered, answers=YES, at=at)
        protection.tell_event(by=by, question_set=answered, event="verdict", on=timezone.localdate(at), at=at)
    return {"questions": answered}


def _attachment(scene: Scenario) -> dict[str, Any]:
    by, at, made = scene.cast.officer, scene.at, BytesIO()
    Image.new("L", (64, 64), 90).save(made, "JPEG")
    with acting_as(by):
        added = attachments.add(
            by=by, kind="alert", object_id=scene.alert.id, name=f"{NAME}.jpg", data=made.getvalue(), at=at
        )
    attachments.convert(attachment_id=added.id, at=at)
    return {"attachment": added.id}


def _kept(scene: Scenario) -> dict[str, Any]:
    """A hold of the Office, a proposal to erase and a correction of the centre, and that it answered the person."""
    cast, at = scene.cast, scene.at
    with acting_as(cast.immigration_agent):
        hold = retention.place_hold(
            by=cast.immigration_agent,
            reference=scene.procedure.reference,
            ground="claim",
            number="7/26",
            at=at,
        )
    step: dict[str, Any] = {"by": cast.centre_worker, "reference": scene.request.reference, "at": at}
    with acting_as(cast.centre_worker):
        retention.correct(**step, values={"birth_place": "Invented Harbour"})
        erasure = retention.propose_erasure(**step, ground="asked")
        told = Correction.objects.get(to_unit_id=cast.immigration_agent.unit_id)
        Answer.objects.create(  # without the paper, which takes its time
            compartment_id=told.compartment_id, file_id=erasure.file_id, person=told.person, outcome="full",
            language="en", at=at, answered_by=cast.centre_worker.person_id,
        )  # fmt: skip
    return {"hold": hold.id, "erasure": erasure.id, "correction": told.id}


def _tokens(scene: Scenario) -> dict[str, Any]:
    by, at = scene.cast.officer, scene.at
    with acting_as(by):
        token, secret = issue_token(by=by, label="script", at=at, expires_at=at + timedelta(days=1))
        feed, ics = issue_token(
            by=by, label="calendar", at=at, expires_at=at + timedelta(days=1), scope="calendar"
        )
    return {"token": token, "secret": secret, "feed": feed, "ics": ics}


def _accounts(scene: Scenario) -> dict[str, Any]:
    """An account is asked for, and the auditor opened an alert of the guardianship service in an emergency."""
    cast, at = scene.cast, scene.at
    with acting_as(cast.guardianship_officer):
        alone = alerts.record(by=cast.guardianship_officer, report=report(), at=at)
    with acting_as(cast.auditor):
        why = "Invented: somebody stands at the door."
        opened = accounts.break_glass(by=cast.auditor, reference=alone.reference, reason=why, at=at)
    wanted = accounts.Wanted(
        kind=accounts.Kind.ACCOUNT,
        unit=cast.officer.unit_id,
        role="officer",
        email="new@testland.example",
        name="New",
    )
    with acting_as(cast.officer):
        units = (cast.outsider.unit_id, cast.magistrate.unit_id)
        change = accounts.ask(by=cast.officer, wanted=wanted, units=units, at=at)
    return {"glass": opened.glass_id, "change": change.id}


__all__ = [
    "ABOUT",
    "KEY",
    "NAME",
    "NOOR",
    "YES",
    "Draft",
    "Scenario",
    "build",
    "case",
    "report",
]
