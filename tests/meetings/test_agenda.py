"""From a proposal to the agenda: building, setting, late items, order, seats that do not vote."""

import pytest
from tests.cast import Cast
from tests.meetings.acts import AT, DAY, convened, eye, lines, planned, proposed, titles

from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.errors import NotAllowed, NotFound, Refusal
from fanal.meetings import queries, services
from fanal.meetings.models.meetings import State


def test_a_proposal_is_on_the_next_agenda_by_itself(cast: Cast) -> None:
    proposed(cast.representative, "The leaflet")
    meeting = convened(cast.secretary)
    proposed(cast.rapporteur, "The yearly figures", meeting=meeting.reference)
    assert titles(cast.inspector, meeting.reference) == ["The leaflet", "The yearly figures"]
    assert [line.number for line in lines(cast.inspector, meeting.reference)] == ["1", "2"]
    slots = [line.slot for line in lines(cast.inspector, meeting.reference)]
    assert [(slot.begins_at - meeting.begins_at).seconds // 60 for slot in slots if slot] == [0, 10]


def test_building_twice_changes_nothing(cast: Cast) -> None:
    proposed(cast.representative)
    meeting = convened(cast.secretary)
    with acting_as(cast.secretary):
        built = services.build(by=cast.secretary, reference=meeting.reference, at=AT)
    assert (built.placed, built.lapsed) == (0, 0)
    assert len(titles(cast.chair, meeting.reference)) == 1


def test_a_draft_is_seen_by_who_prepares_it_alone(cast: Cast) -> None:
    draft = planned(cast.secretary)
    assert draft.reference == "TAB-2026-01"
    assert titles(cast.chair, draft.reference) == []
    with pytest.raises(NotFound):
        titles(cast.representative, draft.reference)
    with pytest.raises(NotFound):
        titles(cast.outsider, draft.reference)


def test_what_is_open_returns_and_what_is_closed_does_not(cast: Cast) -> None:
    proposed(cast.representative, "Stays")
    proposed(cast.representative, "Goes")
    proposed(cast.representative, "Waits")
    first = convened(cast.secretary, days=1)
    by_title = {line.title: line.point_id for line in lines(cast.secretary, first.reference)}
    later = AT + DAY
    with acting_as(cast.secretary):
        for title, outcome, until in (
            ("Goes", "decided", None),
            ("Waits", "deferred", (AT + 60 * DAY).date()),
        ):
            services.settle(
                by=cast.secretary, point_id=by_title[title], outcome=outcome, until=until, at=later
            )
        services.hold(by=cast.secretary, reference=first.reference, at=later)
    second = convened(cast.secretary, days=30, at=later)
    assert [(line.title, line.back) for line in lines(cast.secretary, second.reference, later)] == [
        ("Stays", 1)
    ]
    third = convened(cast.secretary, days=61, at=later)
    assert titles(cast.secretary, third.reference, later) == ["Waits"]


def test_after_the_agenda_was_set_an_item_is_late_and_needs_the_chair(cast: Cast) -> None:
    meeting = convened(cast.secretary)
    with acting_as(cast.secretary):
        services.set_agenda(by=cast.secretary, reference=meeting.reference, at=AT)
    with pytest.raises(Refusal) as refused:
        proposed(cast.representative, meeting=meeting.reference)
    assert refused.value.code == "agenda_set"
    assert meeting.reference in str(refused.value.message)
    item = proposed(
        cast.representative, meeting=meeting.reference, late=True, why_late="The minister asks for it."
    )
    assert titles(cast.secretary, meeting.reference) == []
    with pytest.raises(NotAllowed), acting_as(cast.secretary):
        services.admit(by=cast.secretary, reference=item.reference, at=AT)
    with acting_as(cast.chair):
        services.admit(by=cast.chair, reference=item.reference, at=AT)
    assert [line.late for line in lines(cast.secretary, meeting.reference)] == [True]


def test_a_late_item_that_the_chair_leaves_is_on_the_next_agenda(cast: Cast) -> None:
    meeting = convened(cast.secretary)
    with acting_as(cast.secretary):
        services.set_agenda(by=cast.secretary, reference=meeting.reference, at=AT)
    item = proposed(cast.representative, meeting=meeting.reference, late=True, why_late="Urgent.")
    with acting_as(cast.chair):
        services.leave_for_next(by=cast.chair, reference=item.reference, why="Too full.", at=AT)
    following = convened(cast.secretary, days=40)
    assert titles(cast.secretary, following.reference) == [item.title]


def test_who_does_not_vote_is_fixed_when_the_agenda_is_set(cast: Cast) -> None:
    item = proposed(cast.secretary, "Subsidies of the houses", body_code="cell")
    meeting = convened(cast.secretary, body="cell")
    (line,) = lines(cast.secretary, meeting.reference)
    with acting_as(cast.secretary):
        joint = bodies.demand_seat("cell", cast.centre_worker, eye(cast.secretary).on)
        services.exclude(
            by=cast.secretary, point_id=line.point_id, seat_ids=[joint.id], why="It is about them.", at=AT
        )
        services.set_agenda(by=cast.secretary, reference=meeting.reference, at=AT)
        with pytest.raises(Refusal) as refused:
            services.exclude(by=cast.secretary, point_id=line.point_id, seat_ids=[], why="", at=AT)
    assert refused.value.code == "agenda_set"
    assert lines(cast.centre_worker, meeting.reference)[0].excluded == (joint.id,)
    with acting_as(cast.centre_worker):
        past = queries.history(queries.item(item.reference, eye(cast.centre_worker)), eye(cast.centre_worker))
    assert [step.act for step in past.steps] == ["proposed", "placed", "excluded"]


def test_an_item_of_a_cancelled_meeting_is_free_again(cast: Cast) -> None:
    proposed(cast.representative)
    meeting = convened(cast.secretary)
    with acting_as(cast.secretary):
        services.cancel(by=cast.secretary, reference=meeting.reference, why="Snow.", at=AT)
    following = convened(cast.secretary, days=40)
    assert len(titles(cast.secretary, following.reference)) == 1
    with acting_as(cast.secretary):
        assert queries.meeting(meeting.reference, eye(cast.secretary)).state == State.CANCELLED


def test_order_is_changed_point_by_point(cast: Cast) -> None:
    for title in ("One", "Two", "Three"):
        proposed(cast.representative, title)
    meeting = convened(cast.secretary)
    last = lines(cast.secretary, meeting.reference)[-1]
    with acting_as(cast.secretary):
        services.move(by=cast.secretary, point_id=last.point_id, to=0, at=AT)
    assert titles(cast.chair, meeting.reference) == ["Three", "One", "Two"]
    with pytest.raises(NotAllowed), acting_as(cast.representative):
        services.move(by=cast.representative, point_id=last.point_id, to=2, at=AT)
