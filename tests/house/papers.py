"""What the coordination does beside the chain: it concerns no person and needs none of it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from fanal.access.rules import Member
from fanal.access.services import acting_as, issue_token
from fanal.bodies import queries as bodies
from fanal.bodies import services as seats
from fanal.decisions import services as decisions
from fanal.meetings import services as gatherings
from fanal.meetings.models import Point
from fanal.meetings.rules.series import Rule
from fanal.minutes import services as minutes
from fanal.minutes.rules.attendance import State as Sits
from fanal.plans import services as plans
from fanal.plans.rules import IndicatorValues
from fanal.progress import services as progress
from fanal.progress.rules import period_at
from fanal.recommendations import queries as found
from fanal.recommendations import services as asked
from fanal.reports import queries as written
from fanal.reports import services as reports
from fanal.statistics import services as statistics

if TYPE_CHECKING:
    from tests.house.scenario import Scenario


def coordinate(scene: "Scenario") -> None:
    """Play it, in the order in which one part needs what another has made."""
    for act in (_progress, _recommendations, _plan_draft, _reports, _bodies, _minutes, _meetings):
        scene.rows |= act(scene)


def _recommendations(scene: "Scenario") -> dict[str, Any]:
    """What the Owls asked twice: evidence, a group that waits for a judgement, a table that waits to be brought in."""
    by, at, number = scene.cast.secretary, scene.at, "REC-2013-001"
    with acting_as(by):
        answer = asked.add_answer(by=by, number=number, kind="evidence", words="Two lanterns more.", at=at)
        search = asked.begin_search(by=by, at=at)
        batch = asked.read(by=by, content=b"text;date\nWatch over the quays;2019\n", at=at)
        asked.run_search(search_id=search.id, at=at)
        alike = next(iter(found.proposals())).id
    return {"answer": answer.id, "searched": search.id, "alike": alike, "batch": batch.id}


def _progress(scene: "Scenario") -> dict[str, Any]:
    """The correspondent's institution reports on the measure that it leads in the country's plan."""
    by, at = scene.cast.correspondent, scene.at
    said = progress.Draft(
        period=period_at(timezone.localdate(at), 4).code, stage="under_way", words="Two interpreters more."
    )
    with acting_as(by):
        return {"progress": progress.report(by=by, key="chart-2-03", draft=said, at=at).id}


def _plan_draft(scene: "Scenario") -> dict[str, Any]:
    """The chair amends the country's plan: a draft with an indicator."""
    by, at = scene.cast.chair, scene.at
    indicator = IndicatorValues(titles={"en": "Languages"}, unit="languages", baseline=Decimal(2))
    with acting_as(by):
        draft = plans.amend(by=by, plan_code="chart-2", at=at)
        plans.put_indicator(by=by, plan_code="chart-2", key="chart-2-03", values=indicator, at=at)
    return {"heading": draft.headings.order_by("number")[0].anchor}


def _reports(scene: "Scenario") -> dict[str, Any]:
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


def _bodies(scene: "Scenario") -> dict[str, Any]:
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


def _minutes(scene: "Scenario") -> dict[str, Any]:
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


def _meetings(scene: "Scenario") -> dict[str, Any]:
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


def _opened(scene: "Scenario", at: datetime) -> tuple[str, UUID]:
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


def _held(scene: "Scenario", at: datetime) -> tuple[str, UUID]:
    by = scene.cast.secretary
    reference, item = _opened(scene, at)
    with acting_as(by):
        done = minutes.Concluded(kind="noted")
        minutes.conclude(by=by, reference=reference, item_id=item, outcome=done, at=at)
        minutes.close_session(by=by, reference=reference, at=at + timedelta(hours=1))
    return reference, item
