"""Every act through its door: it works, it is refused, twice changes nothing, the dependent facts moved."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.protection.acts import ABOUT, DAY, NOW, Stage, case, later

from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.directory.models import Unit
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from fanal.notify.models import Message
from fanal.protection import queries, services
from fanal.protection.models import Deadline, Document, Fact, Procedure, Request
from fanal.referrals.rules.content import Item, only

pytestmark = pytest.mark.django_db


def clocks(stage: Stage, row: Procedure) -> dict[str, date]:
    with acting_as(stage.cast.immigration_agent):
        rows = Deadline.objects.filter(matter_id=row.id, done_at=None)
        return {each.clock: each.due_on for each in rows}


def traces(stage: Stage, row: Procedure | Request, act: str) -> int:
    with acting_as(stage.cast.immigration_agent):
        return Entry.objects.filter(act=act, reference=row.reference).count()


def told(unit_id: int, kind: str) -> int:
    return Message.objects.filter(unit_id=unit_id, kind=kind).count()


def test_from_the_request_to_the_anchor(stage: Stage) -> None:
    row = stage.in_p3()
    end = date(2026, 7, 31)  # four months from 1 April, that day counted
    assert (row.phase, row.document, row.valid_until, row.next_due_on) == ("P3", "SHELL", end, end)
    assert clocks(stage, row) == {"document_end": end, "request": end, "ask": end}
    agent = stage.cast.immigration_agent
    with acting_as(agent):
        services.record_event(
            by=agent, reference=row.reference, event="verdict", on=later(31).date(), at=later(32)
        )
    row = stage.decided(row, "unlimited", days=35)
    assert (row.phase, row.document, row.valid_until, row.next_due_on) == ("P4", "ANCHOR", None, None)
    assert clocks(stage, row) == {}


# Requests


def test_a_request_tells_the_office_and_starts_its_clock(stage: Stage) -> None:
    row = stage.requested()
    agent = stage.cast.immigration_agent
    assert told(agent.unit_id, "protection.request_opening") == 1
    with acting_as(agent):
        (clock,) = queries.clocks_of(row.reference, agent)
        assert (clock.clock, clock.due_on, clock.waiting_for_id) == (
            "opening",
            date(2026, 3, 4),
            agent.unit_id,
        )
        assert list(queries.waiting_requests(agent)) == [row]
        assert traces(stage, row, "protection.request_opening") == 0, "the centre's trace is the centre's"


def test_a_request_sent_twice_is_made_once(stage: Stage) -> None:
    key, worker = uuid4(), stage.cast.centre_worker
    with acting_as(worker):
        made = [services.request_opening(by=worker, case=case(), submission=key, at=NOW) for _ in range(2)]
        assert made[0] == made[1]
        assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"offence": "H9"}, "unknown_code"),
        ({"offence": "H1"}, "unknown_code"),  # abolished by the reform
        ({"track": "moon"}, "unknown_code"),
        ({"circumstances": ("storm",)}, "unknown_code"),
        ({"statement": "rumour", "statement_on": DAY}, "unknown_code"),
        ({"offence": "H2"}, "not_eligible"),
        ({"offence": "H3", "circumstances": ("H2-storm",)}, "not_eligible"),
        ({"statement": "complaint"}, "statement_day"),
        ({"statement": "complaint", "statement_on": DAY + timedelta(days=1)}, "statement_day"),
        ({"track": "minor"}, "not_a_minor"),
        ({"centre_unit_id": 999_999}, "unknown_unit"),
    ],
)
def test_a_request_that_cannot_be_right_is_refused(stage: Stage, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        stage.requested(**wrong)
    assert refused.value.code == code


def test_a_referral_that_the_centre_did_not_accept_is_not_found(stage: Stage) -> None:
    with pytest.raises(NotFound):
        stage.requested(referral="R-0000-0000")


def test_a_centre_that_closed_yesterday_takes_nobody(stage: Stage) -> None:
    other = stage.cast.other_centre_worker.unit_id
    Unit.objects.filter(pk=other).update(valid_to=DAY - timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        stage.requested(centre_unit_id=other)
    assert refused.value.code == "unit_closed"


@pytest.mark.parametrize("part", ["officer", "magistrate", "reception", "immigration_agent"])
def test_other_services_do_not_ask_for_a_procedure(stage: Stage, part: str) -> None:
    member, centre = stage.cast.all[part], stage.cast.centre_worker.unit_id
    with acting_as(member), pytest.raises(Refusal) as refused:
        services.request_opening(by=member, case=case(centre_unit_id=centre), at=NOW)
    assert refused.value.code in ("not_yours_to_ask", "decide_yourself")


def test_a_request_is_withdrawn_by_who_made_it_and_twice_changes_nothing(stage: Stage) -> None:
    row, worker, agent = stage.requested(), stage.cast.centre_worker, stage.cast.immigration_agent
    with acting_as(agent), pytest.raises(NotFound):
        services.withdraw_request(by=agent, reference=row.reference, at=NOW)
    with acting_as(worker):
        for _ in range(2):
            row = services.withdraw_request(by=worker, reference=row.reference, at=later(1))
        assert (row.state, row.version, row.answered_at) == ("withdrawn", 2, later(1))
    with acting_as(agent), pytest.raises(Refusal) as refused:
        services.open_requested(by=agent, reference=row.reference, at=later(2))
    assert refused.value.code == "already_answered"
    assert clocks(stage, row) == {}  # type: ignore[arg-type]


def test_a_refused_request_is_motivated_and_the_centre_reads_why(stage: Stage) -> None:
    row, worker, agent = stage.requested(), stage.cast.centre_worker, stage.cast.immigration_agent
    with acting_as(agent):
        with pytest.raises(Invalid):
            services.refuse_request(by=agent, reference=row.reference, words="  ", at=NOW)
        services.refuse_request(by=agent, reference=row.reference, words="No signs.", at=NOW)
    with acting_as(worker):
        assert services.consult_request(by=worker, reference=row.reference, at=NOW).answer == "No signs."
    assert told(worker.unit_id, "protection.request_refused") == 1


def test_opening_twice_gives_the_same_procedure_under_the_same_reference(stage: Stage) -> None:
    request, agent = stage.requested(), stage.cast.immigration_agent
    with acting_as(agent):
        rows = [services.open_requested(by=agent, reference=request.reference, at=NOW) for _ in range(2)]
        assert rows[0] == rows[1]
        assert rows[0].reference == request.reference
    assert clocks(stage, rows[0]) == {"opening": date(2026, 3, 4)}
    assert told(stage.cast.centre_worker.unit_id, "protection.open") == 1


def test_only_who_was_asked_opens(stage: Stage) -> None:
    request, worker = stage.requested(), stage.cast.centre_worker
    with acting_as(worker), pytest.raises(NotFound):
        services.open_requested(by=worker, reference=request.reference, at=NOW)


def test_what_is_known_of_the_person_goes_along_and_no_more(stage: Stage) -> None:
    row, agent = stage.opened(), stage.cast.immigration_agent
    with acting_as(agent):
        found = services.reveal_identity(
            by=agent, reference=row.reference, purpose="decide_residence", at=NOW
        )
    assert found == only(ABOUT, [Item.PSEUDONYM, Item.IDENTITY])
    assert traces(stage, row, "protection.reveal_identity") == 1


@pytest.mark.parametrize(
    ("purpose", "file_reference", "code"),
    [("curiosity", "", "unknown_purpose"), ("investigate", " ", "file_needed")],
)
def test_an_identity_is_shown_for_a_purpose(
    stage: Stage, purpose: str, file_reference: str, code: str
) -> None:
    row, agent = stage.opened(), stage.cast.immigration_agent
    with acting_as(agent), pytest.raises(Invalid) as refused:
        services.reveal_identity(
            by=agent, reference=row.reference, purpose=purpose, file_reference=file_reference, at=NOW
        )
    assert refused.value.code == code


def test_the_office_opens_of_its_own_motion(stage: Stage) -> None:
    agent, centre = stage.cast.immigration_agent, stage.cast.centre_worker
    with acting_as(agent):
        row = services.open_file(by=agent, case=case(centre_unit_id=centre.unit_id), at=NOW)
    with acting_as(centre):
        assert queries.procedure(row.reference, centre) == row


# The track without residence document: the centre's own file


def test_without_residence_document_the_centre_decides_and_the_office_sees_nothing(stage: Stage) -> None:
    worker, agent = stage.cast.centre_worker, stage.cast.immigration_agent
    with acting_as(worker):
        with pytest.raises(Refusal) as refused:
            services.request_opening(by=worker, case=case(track="eu"), at=NOW)
        assert refused.value.code == "decide_yourself"
        row = services.open_file(by=worker, case=case(track="eu"), at=NOW)
        row = services.decide(
            by=worker, reference=row.reference, move="open_accompaniment", declared=["accompanied"], at=NOW
        )
        assert (row.phase, row.document, row.next_due_on) == ("ACC", "", None)
    with acting_as(agent):
        assert not Procedure.objects.exists()
        with pytest.raises(NotFound):
            queries.procedure(row.reference, agent)
    with acting_as(worker):
        ended = services.end(
            by=worker, reference=row.reference, ground="G3", words="Well again.", at=later(9)
        )
        assert ended.phase == "END"


def test_a_centre_decides_nothing_on_the_other_tracks(stage: Stage) -> None:
    row, worker = stage.opened(), stage.cast.centre_worker
    with acting_as(worker):
        with pytest.raises(NotAllowed):
            services.open_file(by=worker, case=case(), at=NOW)
        with pytest.raises(NotAllowed):
            services.decide(
                by=worker, reference=row.reference, move="open_reflection", declared=["accompanied"], at=NOW
            )
        with pytest.raises(NotAllowed):
            services.end(by=worker, reference=row.reference, ground="G3", words="x", at=NOW)


# Decisions


def test_a_decision_gives_its_document_and_says_its_basis(stage: Stage) -> None:
    row = stage.in_reflection()
    with acting_as(stage.cast.centre_worker):
        (document,) = Document.objects.all()
        fact = Fact.objects.get(kind="decided")
    assert (document.kind, document.first_day, document.last_day) == ("SLIP", DAY, date(2026, 4, 10))
    assert (fact.basis, document.basis, fact.data) == ("20", "20", {"declared": ["accompanied"]})
    assert traces(stage, row, "protection.decide") == 1
    assert told(stage.cast.centre_worker.unit_id, "protection.decide") == 1


@pytest.mark.parametrize(
    ("move", "more", "code"),
    [
        ("open_reflection", {"declared": []}, "condition"),
        ("open_first_document", {}, "condition"),  # nothing was stated yet
        ("residence", {}, "no_such_step"),
        ("first_document", {}, "no_such_step"),
        ("moonwalk", {}, "no_such_step"),
        ("open_reflection", {"on": DAY + timedelta(days=1)}, "day_to_come"),
        ("open_reflection", {"on": DAY - timedelta(days=1)}, "day_before_last"),
        ("open_reflection", {"first_day": DAY + timedelta(days=1)}, "first_day"),
        ("open_reflection", {"first_day": DAY - timedelta(days=1)}, "first_day"),
        ("open_reflection", {"version": 7}, "stale"),
    ],
)
def test_a_decision_that_the_law_or_the_file_does_not_allow(
    stage: Stage, move: str, more: dict[str, object], code: str
) -> None:
    row = stage.opened()
    with pytest.raises(Refusal) as refused:
        stage.decided(row, move, **more)
    assert refused.value.code == code
    with acting_as(stage.cast.immigration_agent):
        assert not Document.objects.exists()
        assert Procedure.objects.get().version == row.version


def test_r_p1_1_no_paper_of_reflection_beside_a_title(stage: Stage) -> None:
    row = stage.opened(has_title=True)
    with pytest.raises(Refusal) as refused:
        stage.decided(row, "open_reflection")
    assert refused.value.facts == {"condition": "no_residence_title", "state": "not_so"}


def test_r_p2_2_a_second_extension_is_impossible(stage: Stage) -> None:
    row = stage.decided(stage.in_p2(), "extend_first_document", days=50)
    with acting_as(stage.cast.centre_worker):
        first, second = Document.objects.order_by("first_day")
    assert (first.last_day, first.closed_on, first.latest) == (date(2026, 5, 4), None, False)
    assert (second.first_day, second.last_day, second.latest) == (date(2026, 5, 5), date(2026, 6, 4), True)
    with pytest.raises(Refusal) as refused:
        stage.decided(row, "extend_first_document", days=60)
    assert refused.value.code == "no_such_step"


def test_a_refusal_is_motivated_and_leaves_the_document(stage: Stage) -> None:
    row, agent = stage.in_p2(), stage.cast.immigration_agent
    with acting_as(agent):
        with pytest.raises(Invalid):
            services.refuse(by=agent, reference=row.reference, move="residence", words=" ", at=later(5))
        row = services.refuse(
            by=agent, reference=row.reference, move="residence", words="Not yet.", at=later(5)
        )
        assert (row.phase, row.document, row.valid_until) == ("P2", "LEAF", date(2026, 5, 4))
        sheet = services.consult(by=agent, reference=row.reference, at=later(6))
    refused = sheet.facts[-1]
    assert (refused.kind, sheet.words[refused.id]) == ("refused", "Not yet.")


def test_the_end_closes_the_document_and_everything_else(stage: Stage) -> None:
    row = stage.ended(stage.in_p3())
    assert (row.phase, row.ended_on, row.next_due_on) == ("END", later(40).date(), None)
    with acting_as(stage.cast.centre_worker):
        assert Document.objects.get(latest=True).closed_on == later(40).date()
    assert clocks(stage, row) == {}
    for again in (
        lambda: stage.ended(row, days=41),
        lambda: stage.decided(row, "renew_residence", days=41),
        lambda: stage.asked(row, days=41),
        lambda: stage.stated(row, days=41),
    ):
        with pytest.raises(Refusal) as refused:
            again()
        assert refused.value.code == "ended"


def test_a_document_that_had_not_begun_never_holds(stage: Stage) -> None:
    row = stage.decided(stage.in_p2(), "extend_first_document", days=50)
    stage.ended(row, days=51)
    with acting_as(stage.cast.centre_worker):
        first, second = Document.objects.order_by("first_day")
    assert first.closed_on == later(51).date()
    assert second.closed_on == second.first_day - timedelta(days=1)


@pytest.mark.parametrize(
    ("ground", "more", "code"),
    [
        ("G1", {}, "ground_facts_not_all_so"),
        ("G1", {"so": {"freely": False}}, "ground_facts_not_all_so"),
        ("G2", {}, "ground_needs_magistrate"),
        ("G3", {"words": ""}, "ground_needs_motivation"),
        ("G9", {}, "ground_not_in_this_phase"),
    ],
)
def test_an_end_without_what_its_ground_needs(
    stage: Stage, ground: str, more: dict[str, object], code: str
) -> None:
    row = stage.in_p3()
    with pytest.raises(Invalid) as refused:
        stage.ended(row, ground, **more)
    assert refused.value.code == code


def test_the_facts_of_a_ground_are_stored(stage: Stage) -> None:
    stage.ended(stage.in_p3(), "G1", so={"freely": True})
    with acting_as(stage.cast.immigration_agent):
        data = Fact.objects.get(kind="ended").data
    assert data == {"so": {"freely": True}, "with_magistrate": False, "order_to_leave": False}


# Minors


def test_r_min_2_every_decision_on_a_child_notes_the_best_interests(stage: Stage) -> None:
    minor = {"track": "minor", "unaccompanied_minor": True}
    with pytest.raises(Invalid) as refused:
        stage.opened(**minor)
    assert refused.value.code == "best_interests"
    row = stage.opened(best_interests="Stays with her aunt.", **minor)
    with pytest.raises(Refusal):
        stage.decided(row, "open_minor")
    row = stage.decided(row, "open_minor", best_interests="School first.")
    assert row.phase == "P2"
    with pytest.raises(Invalid):
        stage.ended(row, days=3)
    stage.ended(row, days=3, best_interests="Went home to her parents, checked.")


def test_the_guardian_sees_the_childs_file_and_asks(stage: Stage) -> None:
    guardian = stage.cast.guardianship_officer
    row = stage.opened(best_interests="x", track="minor", unaccompanied_minor=True)
    with acting_as(guardian):
        services.request_move(by=guardian, reference=row.reference, move="open_minor", at=later(1))
        sheet = services.consult(by=guardian, reference=row.reference, at=later(1))
    assert sheet.status.requests == {"open_minor": later(1).date()}
    assert told(stage.cast.immigration_agent.unit_id, "protection.request_move") == 1


# Contributions


def test_a_request_for_a_step_stops_the_centres_clock(stage: Stage) -> None:
    row, worker = stage.in_p2(), stage.cast.centre_worker
    assert clocks(stage, row)["request"] == date(2026, 5, 4)
    with acting_as(worker):
        for _ in range(2):
            services.request_move(
                by=worker, reference=row.reference, move="extend_first_document", at=later(9)
            )
        assert Fact.objects.filter(kind="requested").count() == 1
    assert "request" not in clocks(stage, row)
    row = stage.decided(row, "extend_first_document", days=10)
    assert clocks(stage, row)["request"] == date(2026, 6, 4)


@pytest.mark.parametrize("move", ["renew_residence", "moonwalk"])
def test_a_step_that_is_not_there_is_not_asked_for(stage: Stage, move: str) -> None:
    row, worker = stage.in_p2(), stage.cast.centre_worker
    with acting_as(worker), pytest.raises(Refusal):
        services.request_move(by=worker, reference=row.reference, move=move, at=later(9))


def test_who_decides_does_not_ask_itself(stage: Stage) -> None:
    row, agent = stage.in_p2(), stage.cast.immigration_agent
    with acting_as(agent), pytest.raises(NotAllowed):
        services.request_move(by=agent, reference=row.reference, move="residence", at=later(9))


def test_a_statement_is_noted_once_for_a_day(stage: Stage) -> None:
    row = stage.in_reflection()
    assert "statement" in clocks(stage, row)
    stage.stated(row, days=3)
    again = stage.stated(row, days=3)
    assert again.version == row.version + 1
    assert "statement" not in clocks(stage, row)


def test_a_judicial_event_is_noted_by_the_office(stage: Stage) -> None:
    row, agent, worker = stage.in_p3(), stage.cast.immigration_agent, stage.cast.centre_worker
    noted = {"reference": row.reference, "on": DAY, "at": later(31)}
    with acting_as(worker), pytest.raises(NotAllowed):
        services.record_event(by=worker, event="verdict", **noted)
    with acting_as(agent):
        with pytest.raises(Invalid):
            services.record_event(by=agent, event="gossip", **noted)
        before = services.record_event(by=agent, event="verdict", **noted).version
        assert services.record_event(by=agent, event="verdict", **noted).version == before


def test_a_stale_version_wins_nothing(stage: Stage) -> None:
    row = stage.opened()
    stage.stated(row)
    with pytest.raises(Stale):
        stage.decided(row, "open_reflection", version=row.version)
