"""Votes by seat, outcomes, and what enters the register."""

from datetime import timedelta

import pytest
from tests.minutes.conftest import Scene, decided, held, plan

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.decisions.models import Decision
from fanal.errors import Invalid, Refusal
from fanal.meetings import services as meeting_services
from fanal.meetings.models import Item
from fanal.minutes import services
from fanal.minutes.models import Ballot, Vote
from fanal.minutes.rules.attendance import State


def conclude(scene: Scene, item: object, **more: object) -> services.Concluded:
    secretary = scene.cast.secretary
    with acting_as(secretary):
        return services.conclude(  # type: ignore[return-value]
            by=secretary, reference=scene.reference, item_id=item, at=scene.after(minutes=10),  # type: ignore[arg-type]
            outcome=decided(scene, secretary, scene.first, **more),
        )  # fmt: skip


def voting(scene: Scene) -> list[object]:
    return [seat.id for seat in scene.seats.values() if seat.votes]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("observer", "seat_does_not_vote"),
        ("advisory", "seat_does_not_vote"),
        ("secretariat", "seat_does_not_vote"),
    ],
)
def test_only_seats_with_a_vote_vote(session: Scene, kind: str, code: str) -> None:
    seat = next(seat for seat in session.seats.values() if seat.kind == kind)
    with pytest.raises(Refusal) as refused:
        conclude(session, session.first, way="vote", votes={seat.id: "yes"})
    assert refused.value.code == code
    with acting_as(session.cast.secretary):
        assert not Vote.objects.exists()
        assert not Decision.objects.filter(meeting_key=session.reference).exists()


def test_an_excluded_seat_does_not_vote_on_that_item_and_votes_on_others(session: Scene) -> None:
    excluded = next(seat for seat in session.seats.values() if seat.kind == "voting").id
    with pytest.raises(Refusal) as refused:
        conclude(session, session.third, way="vote", votes={excluded: "yes"})
    assert refused.value.code == "seat_excluded"
    assert conclude(session, session.first, way="vote", votes={excluded: "yes"}).kind == "decided"


def test_who_left_does_not_vote(session: Scene) -> None:
    secretary, gone = session.cast.secretary, voting(session)[0]
    with acting_as(secretary):
        services.note_attendance(
            by=secretary, reference=session.reference, seen=[services.Seen(gone, State.LEFT)],  # type: ignore[arg-type]
            at=session.after(minutes=5),
        )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        conclude(session, session.first, way="vote", votes={gone: "yes"})
    assert refused.value.code == "seat_absent"


def test_a_motion_that_falls_enters_no_register(session: Scene) -> None:
    votes = dict.fromkeys(voting(session), "no")
    made = conclude(session, session.first, way="vote", votes=votes)
    with acting_as(session.cast.secretary):
        ballot = Ballot.objects.get()
        assert (ballot.adopted, ballot.result["no"], made.decision) == (False, 5, "")  # type: ignore[attr-defined]
        assert Item.objects.get(pk=session.first).state == "closed"
    with pytest.raises(Refusal) as refused:
        conclude(session, session.first)
    assert refused.value.code == "outcome_there"


def test_a_joint_seat_has_one_vote_whoever_of_its_units_casts_it(scene: Scene) -> None:
    cast, at = scene.cast, scene.at
    seats = {seat.label: seat for seat in held("cell").values()}
    with acting_as(cast.secretary):
        item = meeting_services.propose(
            by=cast.secretary, body_code="cell", title="The beds", aim="decision", at=at - timedelta(days=20)
        )
    meeting = plan(cast, at, code="cell")
    with acting_as(cast.secretary):
        services.open_session(by=cast.secretary, reference=meeting.reference, at=at)
        seen = [services.Seen(seat.id, State.PRESENT) for seat in seats.values() if seat.votes]
        services.note_attendance(by=cast.secretary, reference=meeting.reference, seen=seen, at=at)
        ballot = services.open_ballot(
            by=cast.secretary, reference=meeting.reference, item_id=item.id, motion="More beds?", at=at
        )
    for member, choice in ((cast.centre_worker, "yes"), (cast.other_centre_worker, "no")):
        with acting_as(member):
            services.cast(by=member, reference=meeting.reference, ballot_id=ballot.id, choice=choice, at=at)
    with acting_as(cast.secretary):
        assert [(vote.seat, vote.choice) for vote in Vote.objects.all()] == [(seats["The houses"].id, "no")]


def test_seats_vote_from_their_places_and_change_their_minds(session: Scene) -> None:
    cast, where = session.cast, session.reference
    with acting_as(cast.secretary):
        ballot = services.open_ballot(
            by=cast.secretary,
            reference=where,
            item_id=session.first,
            motion="Yes?",
            at=session.after(minutes=3),
        )

    def say(member: Member, choice: str) -> None:
        with acting_as(member):
            services.cast(
                by=member, reference=where, ballot_id=ballot.id, choice=choice, at=session.after(minutes=4)
            )

    say(cast.representative, "no")
    say(cast.representative, "yes")
    say(cast.inspector, "yes")
    say(cast.chair, "no")
    with pytest.raises(Invalid):
        say(cast.chair, "perhaps")
    made = conclude(session, session.first, way="vote", votes={})
    assert made.decision  # type: ignore[attr-defined]
    with acting_as(cast.secretary):
        assert Ballot.objects.get().result | {"needed": 0} == {
            "yes": 2, "no": 1, "abstain": 0, "needed": 0, "reason": "majority",
        }  # fmt: skip
    with pytest.raises(Refusal) as refused:
        say(cast.chair, "yes")
    assert refused.value.code == "vote_closed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"way": ""}, "way"),
        ({"text": " "}, "empty"),
        ({"owners": []}, "owners"),
        ({"kind": "deferred"}, "until"),
        ({"kind": "sent"}, "to_body"),
    ],
)
def test_an_outcome_that_is_not_whole_is_refused_and_nothing_is_written(
    session: Scene, wrong: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        conclude(session, session.first, **wrong)
    assert refused.value.code == code
    with acting_as(session.cast.secretary):
        assert Item.objects.get(pk=session.first).state == "open"


def test_what_is_deferred_or_sent_on_lives_on(session: Scene) -> None:
    day = session.meeting.begins_at.date() + timedelta(days=60)
    conclude(session, session.first, kind="deferred", until=day)
    conclude(session, session.second, kind="sent", to_body="cell")
    with acting_as(session.cast.secretary):
        assert Item.objects.get(pk=session.first).returns_on == day
        assert Item.objects.get(origin=session.second).body == "cell"
    again = conclude(session, session.first, kind="noted")
    assert again.until is None
    with acting_as(session.cast.secretary):
        assert Item.objects.get(pk=session.first).state == "closed"
