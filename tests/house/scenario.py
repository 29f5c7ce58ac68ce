"""One invented person's way through the whole chain, made through the services: rows in every walled table.

Who has a part in it: the officer (recorded and referred), the centre worker, the Immigration Office's agent, the
magistrate who is asked, the reception centre that was shown the dates. Everybody else of the cast is a stranger.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils import timezone
from PIL import Image
from tests.cast import Cast

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
from fanal.bodies import queries as bodies
from fanal.bodies import services as seats
from fanal.bodies.models import Circle
from fanal.bodies.models import Request as MeetingRequest
from fanal.decisions import services as decisions
from fanal.decisions.models import Decision
from fanal.decisions.models import Step as DecisionStep
from fanal.directory import queries as directory
from fanal.directory import services as keeping
from fanal.meetings import services as gatherings
from fanal.meetings.models import Annex, Item, Meeting, Point, Series
from fanal.meetings.models import Reply as SeatReply
from fanal.meetings.models import Step as ItemStep
from fanal.meetings.rules.series import Rule
from fanal.minutes import services as minutes
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
from fanal.minutes.rules.attendance import State as Sits
from fanal.plans import services as plans
from fanal.plans.rules import IndicatorValues
from fanal.progress import services as progress
from fanal.progress.rules import period_at
from fanal.protection import services as protection
from fanal.protection.models import Deadline, Document, Fact, Notice, Procedure, QuestionSet, Request
from fanal.protection.models import Reply as Answers
from fanal.recommendations import queries as found
from fanal.recommendations import services as asked
from fanal.referrals import services as referrals
from fanal.referrals.models import Consent, Matter, Referral, ReferralItem
from fanal.referrals.models import Reply as Words
from fanal.referrals.rules.capacity import Offer
from fanal.referrals.rules.content import About, Practical, SafeContact, known
from fanal.referrals.rules.content import Identity as Who
from fanal.referrals.rules.grounds import Given
from fanal.reports import queries as written
from fanal.reports import services as reports
from fanal.reports.models import Contribution
from fanal.reports.models import Draft as ContributionDraft
from fanal.reports.models import Step as ReportStep
from fanal.retention import services as retention
from fanal.retention.models import Answer, Correction, Erasure, File, Hold
from fanal.statistics import services as statistics

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


def coordinate(scene: Scenario) -> None:
    """What the coordination does beside the chain: it concerns no person and needs none of it."""
    for act in (_progress, _recommendations, _plan_draft, _reports, _bodies, _minutes, _meetings):
        scene.rows |= act(scene)


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
    "coordinate",
    "report",
]


def _recommendations(scene: Scenario) -> dict[str, Any]:
    """What the Owls asked twice: evidence, a group that waits for a judgement, a table that waits to be brought in."""
    by, at, number = scene.cast.secretary, scene.at, "REC-2013-001"
    with acting_as(by):
        answer = asked.add_answer(by=by, number=number, kind="evidence", words="Two lanterns more.", at=at)
        search = asked.begin_search(by=by, at=at)
        batch = asked.read(by=by, content=b"text;date\nWatch over the quays;2019\n", at=at)
        asked.run_search(search_id=search.id, at=at)
        alike = next(iter(found.proposals())).id
    return {"answer": answer.id, "searched": search.id, "alike": alike, "batch": batch.id}


def _progress(scene: Scenario) -> dict[str, Any]:
    """The correspondent's institution reports on the measure that it leads in the country's plan."""
    by, at = scene.cast.correspondent, scene.at
    said = progress.Draft(
        period=period_at(timezone.localdate(at), 4).code, stage="under_way", words="Two interpreters more."
    )
    with acting_as(by):
        return {"progress": progress.report(by=by, key="chart-2-03", draft=said, at=at).id}


def _plan_draft(scene: Scenario) -> dict[str, Any]:
    """The chair amends the country's plan: a draft with an indicator."""
    by, at = scene.cast.chair, scene.at
    indicator = IndicatorValues(titles={"en": "Languages"}, unit="languages", baseline=Decimal(2))
    with acting_as(by):
        draft = plans.amend(by=by, plan_code="chart-2", at=at)
        plans.put_indicator(by=by, plan_code="chart-2", key="chart-2-03", values=indicator, at=at)
    return {"heading": draft.headings.order_by("number")[0].anchor}


def _reports(scene: Scenario) -> dict[str, Any]:
    """A chronicle to which the correspondent contributes, a leaflet that is published, a file of figures being read."""
    by, writer, at = scene.cast.secretary, scene.cast.correspondent, scene.at
    on = timezone.localdate(at)
    days = {
        "starts_on": date(2018, 1, 1),
        "ends_on": date(2018, 12, 31),
        "contributions_due_on": on,
        "due_on": on,
    }
    with acting_as(by):
        chronicle = reports.open_report(by=by, kind="chronicle", at=at, **days)
        leaflet = reports.open_report(by=by, kind="leaflet", at=at, **days)
        edition = reports.freeze(by=by, reference=leaflet.reference, languages=["en"], at=at)
        content = b"counting_unit;phenomenon;period;value;definition;source\noffence;trafficking;2024;3;Counted;Book"
        sheet = statistics.read_file(by=by, content=content, name="figures.csv", at=at)
        section = written.sections(chronicle)[0][0].id
    reports.build(edition_id=edition.id, at=at)
    with acting_as(by):
        reports.publish(by=by, reference=leaflet.reference, number=1, at=at)
    with acting_as(writer):
        (row,) = written.mine(chronicle, writer)
        reports.write(by=writer, contribution_id=row.id, html="<p>We lit the lamps.</p>", number=0, at=at)
    return {
        "chronicle": chronicle.reference, "leaflet": leaflet.reference, "contribution": row.id, "section": section,
        "sheet": sheet,
    }  # fmt: skip


def _bodies(scene: Scenario) -> dict[str, Any]:
    """A person in a seat, an urgent meeting that waits, a decision with an extract and one for named seats."""
    by, at = scene.cast.secretary, scene.at
    on = timezone.localdate(at)
    with acting_as(scene.cast.magistrate):
        seat = bodies.demand_seat("district-harbour", scene.cast.inspector, on)
        sitting = seats.seat_person(
            by=scene.cast.magistrate, seat_id=seat.id, membership_id=scene.cast.inspector.membership_id,
            valid_from=on, at=at,
        )  # fmt: skip
    with acting_as(scene.cast.inspector):
        asked = seats.ask_meeting(
            by=scene.cast.inspector, body_code="bureau", reason="It cannot wait.", at=at
        )
    with acting_as(by):
        taken = {"by": by, "body_code": "bureau", "text": "All of it.", "taken_on": on, "at": at}
        row = decisions.record(
            **taken, title="Light the lamps", owner_unit_ids=[scene.cast.correspondent.unit_id]
        )
        decisions.publish_extract(by=by, number=row.number, title="Lamps", text="Lit.", language="en", at=at)
        named = bodies.demand_seat("bureau", scene.cast.representative, on)
        wall = seats.restrict(by=by, body_code="bureau", seat_ids=[named.id], at=at)
        decisions.record(**taken, title="For few", compartment_id=wall)
    return {"seat": named.id, "sitting": sitting.id, "urgent": asked.id, "decision": row.number}


def _minutes(scene: Scenario) -> dict[str, Any]:
    """Minutes that are approved, minutes that were given round, a session with an open vote, a text put in writing."""
    by, at, day = scene.cast.secretary, scene.at, timedelta(days=1)
    approved, item = _held(scene, at - 60 * day)
    with acting_as(by):
        minutes.circulate(by=by, reference=approved, at=at - 59 * day)
    remarked, _item = _held(scene, at - 30 * day)
    with acting_as(by):
        minutes.approve(by=by, reference=approved, meeting=remarked, at=at - 30 * day)
        minutes.add_addendum(by=by, reference=approved, text="The lamp was green.", at=at - 29 * day)
        minutes.circulate(by=by, reference=remarked, until=timezone.localdate(at + day), at=at - 20 * day)
    with acting_as(scene.cast.rapporteur):
        remark = minutes.remark(by=scene.cast.rapporteur, reference=remarked, text="Two lamps.", at=at)
    session, item = _opened(scene, at)
    where = {"by": by, "reference": session, "item_id": item, "at": at}
    with acting_as(by):
        action = minutes.add_action(**where, text="Buy oil.", unit_id=by.unit_id)
        ballot = minutes.open_ballot(**where, motion="Shall it burn?")
        asked = minutes.open_procedure(
            by=by, body_code="bureau", title="Wicks", text="Longer ones.", deadline=at + 9 * day,
            owners=[by.unit_id], at=at,
        )  # fmt: skip
    with acting_as(scene.cast.representative):
        minutes.answer(by=scene.cast.representative, reference=asked.reference, stand="agrees", at=at)
        minutes.cast(
            by=scene.cast.representative, reference=session, ballot_id=ballot.id, choice="yes", at=at
        )
    return {
        "minutes_session": session, "minutes_remarked": remarked, "minutes_item": item, "minutes_remark": remark.id,
        "minutes_action": action.id, "minutes_ballot": ballot.id, "minutes_written": asked.reference,
    }  # fmt: skip


def _meetings(scene: Scenario) -> dict[str, Any]:
    """A meeting to come with an item that has a paper, and a late item for few; a series; an answer; an address."""
    by, at, day = scene.cast.chair, scene.at, timedelta(days=1)
    proposer = scene.cast.representative
    with acting_as(by):
        named = bodies.demand_seat("bureau", by, timezone.localdate(at))
        rule = Rule(1, 2, 1, timezone.localdate(at + 90 * day), timezone.localdate(at + 150 * day))
        series, _drafts = gatherings.plan_series(
            by=by, body_code="bureau", rule=rule, begins=time(9), minutes=60, at=at
        )
        row = gatherings.plan(by=by, body_code="bureau", begins_at=at + 40 * day, minutes=60, at=at)
        gatherings.convene(by=by, reference=row.reference, at=at)
    with acting_as(proposer):
        item = gatherings.propose(
            by=proposer, body_code="bureau", title="Wicks", aim="opinion", meeting=row.reference, at=at
        )
        paper = gatherings.annex(
            by=proposer, reference=item.reference, title="Lengths", name="wicks.txt", data=b"Longer.", at=at
        )
        gatherings.reply(by=proposer, reference=row.reference, answer="accepts", at=at)
    with acting_as(by):
        gatherings.set_agenda(by=by, reference=row.reference, at=at)
        _address, secret = issue_token(
            by=by, label="Meetings", expires_at=at + 300 * day, at=at, scope="meetings"
        )
    with acting_as(proposer):
        gatherings.propose(
            by=proposer, body_code="bureau", title="For few", aim="opinion", meeting=row.reference, late=True,
            why_late="Dark.", seats=[named.id], at=at,
        )  # fmt: skip
    return {
        "meeting": row.reference, "item": item.reference, "paper": paper.reference, "series": series.id,
        "point": _point(by, item.id), "meetings_ics": secret,
    }  # fmt: skip


def _point(by: Member, item_id: UUID) -> UUID:
    with acting_as(by):
        return Point.objects.get(item_id=item_id).id


def _opened(scene: Scenario, at: datetime) -> tuple[str, UUID]:
    """A session of the Table with one item, and the reference of its meeting."""
    by, before = scene.cast.secretary, at - timedelta(days=9)
    with acting_as(by):
        item = gatherings.propose(by=by, body_code="bureau", title="The lamp", aim="decision", at=before)
        row = gatherings.plan(by=by, body_code="bureau", begins_at=at, minutes=60, at=before)
        gatherings.convene(by=by, reference=row.reference, at=before)
        minutes.open_session(by=by, reference=row.reference, at=at)
        there = [
            minutes.Seen(seat.id, Sits.PRESENT) for seat in bodies.seats("bureau", timezone.localdate(at))
        ]
        minutes.note_attendance(by=by, reference=row.reference, seen=there, at=at)
        minutes.save_note(by=by, reference=row.reference, item_id=item.id, words="It burns.", base=0, at=at)
    return row.reference, item.id


def _held(scene: Scenario, at: datetime) -> tuple[str, UUID]:
    by = scene.cast.secretary
    reference, item = _opened(scene, at)
    with acting_as(by):
        done = minutes.Concluded(kind="noted")
        minutes.conclude(by=by, reference=reference, item_id=item, outcome=done, at=at)
        minutes.close_session(by=by, reference=reference, at=at + timedelta(hours=1))
    return reference, item
