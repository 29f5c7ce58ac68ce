"""Who sits where over time: seats held once, persons in one seat, walls that follow."""

from datetime import date, timedelta

import pytest
from tests.bodies.people import AT, ON, colleague
from tests.cast import Cast

from fanal.access.models import Compartment
from fanal.access.services import Kind as Kinds
from fanal.access.services import acting_as, open_compartment
from fanal.bodies import queries, services
from fanal.bodies.models import Circle, Request, Seat
from fanal.bodies.rules import SeatKind
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal

FIRST = date(2026, 1, 1)


def seat_id(cast: Cast, name: str = "representative", body: str = "bureau") -> object:
    return queries.demand_seat(body, getattr(cast, name), ON).id


def name_in(cast: Cast, seat: object, member: object, **more: object) -> object:
    given = {"valid_from": FIRST, "at": AT} | more
    with acting_as(cast.secretary):
        return services.seat_person(
            by=cast.secretary,
            seat_id=seat,
            membership_id=member.membership_id,
            **given,  # type: ignore
        )


def test_once_somebody_is_named_only_those_named_sit_there(cast: Cast) -> None:
    seat = seat_id(cast)
    name_in(cast, seat, cast.representative)
    assert queries.my_seat("bureau", cast.representative, ON) is not None
    assert queries.my_seat("bureau", cast.correspondent, ON) is None
    assert queries.my_seat("bureau", cast.correspondent, FIRST - timedelta(days=1)) is not None
    name_in(cast, seat, cast.correspondent, substitute=True)
    held = queries.demand_seat("bureau", cast.correspondent, ON)
    assert held.member_ids == (cast.representative.membership_id, cast.correspondent.membership_id)


@pytest.mark.parametrize(
    ("second", "more", "code", "field"),
    [
        ("correspondent", {}, "seat_held", "valid_from"),
        ("representative", {"substitute": True}, "twice_in_seat", "member"),
        (
            "correspondent",
            {"valid_from": ON, "valid_to": ON - timedelta(days=1)},
            "ends_before_start",
            "valid_to",
        ),
        ("inspector", {}, "not_of_the_seat", "member"),
        ("correspondent", {"valid_from": date(2009, 1, 1)}, "outside_the_seat", "valid_from"),
    ],
)
def test_a_seat_held_twice_is_refused_with_what_to_do(
    cast: Cast, second: str, more: dict[str, object], code: str, field: str
) -> None:
    seat = seat_id(cast)
    name_in(cast, seat, cast.representative)
    with pytest.raises(Invalid) as refused:
        name_in(cast, seat, getattr(cast, second), **more)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_person_sits_in_one_seat_of_a_body(cast: Cast) -> None:
    """The chair's service holds two seats; its chair sits in one of them."""
    name_in(cast, seat_id(cast, "chair"), cast.chair)
    with pytest.raises(Invalid) as refused:
        name_in(cast, seat_id(cast, "secretary"), cast.chair)
    assert refused.value.code == "two_seats"
    name_in(cast, seat_id(cast, "chair", "cell"), cast.chair)


def test_a_sitting_ends_with_a_day_and_the_next_begins(cast: Cast) -> None:
    seat = seat_id(cast)
    sitting = name_in(cast, seat, cast.representative)
    with acting_as(cast.secretary):
        services.unseat_person(by=cast.secretary, sitting_id=sitting.id, last_day=ON, at=AT)  # type: ignore
        with pytest.raises(Refusal) as again:
            services.unseat_person(by=cast.secretary, sitting_id=sitting.id, last_day=ON, at=AT)  # type: ignore
    assert again.value.code == "ended_already"
    name_in(cast, seat, cast.correspondent, valid_from=ON + timedelta(days=1))
    assert queries.my_seat("bureau", cast.representative, ON) is not None
    assert queries.my_seat("bureau", cast.representative, ON + timedelta(days=1)) is None
    assert FIRST in queries.changes("bureau")
    assert ON + timedelta(days=1) in queries.changes("bureau")


def test_only_who_prepares_changes_the_composition(cast: Cast) -> None:
    seat = seat_id(cast)
    with acting_as(cast.inspector), pytest.raises(NotAllowed):
        services.end_seat(by=cast.inspector, seat_id=seat, last_day=ON, at=AT)  # type: ignore
    with acting_as(cast.outsider), pytest.raises(NotFound):
        services.end_seat(by=cast.outsider, seat_id=seat, last_day=ON, at=AT)  # type: ignore


def sees(member: object, wall: object) -> bool:
    with acting_as(member):  # type: ignore
        return Compartment.objects.filter(pk=wall).exists()


def test_the_wall_follows_the_seats(cast: Cast) -> None:
    wall = queries.compartment("bureau")
    assert not sees(cast.outsider, wall)
    with acting_as(cast.chair):
        added = services.add_seat(
            by=cast.chair, body_code="bureau", kind=SeatKind.ADVISORY, unit_ids=[cast.outsider.unit_id],
            valid_from=ON, at=AT,
        )  # fmt: skip
        assert sees(cast.chair, wall), "the context is the chair's own again"
    assert sees(cast.outsider, wall)
    with acting_as(cast.chair):
        services.end_seat(by=cast.chair, seat_id=added.id, last_day=ON, at=AT)
    assert sees(cast.outsider, wall), "its last day counts"
    services.sweep(at=AT + timedelta(days=2))
    assert not sees(cast.outsider, wall)
    assert sees(cast.representative, wall)


def test_a_service_does_not_hold_such_a_seat_twice_and_an_observer_does_not_vote(cast: Cast) -> None:
    with acting_as(cast.chair):

        def add(kind: SeatKind, unit: int, **more: object) -> object:
            return services.add_seat(
                by=cast.chair,
                body_code="bureau",
                kind=kind,
                unit_ids=[unit],
                valid_from=ON,
                at=AT,
                **more,  # type: ignore
            )

        with pytest.raises(Invalid) as twice:
            add(SeatKind.VOTING, cast.representative.unit_id)
        assert twice.value.code == "seat_held_twice"
        with pytest.raises(Invalid) as watching:
            add(SeatKind.OBSERVER, cast.outsider.unit_id, votes=True)
        assert watching.value.code == "observer_does_not_vote"
        with pytest.raises(Invalid) as nobody:
            services.add_seat(
                by=cast.chair, body_code="bureau", kind=SeatKind.VOTING, unit_ids=[], valid_from=ON, at=AT
            )
        assert nobody.value.code == "no_holder"


def test_a_body_keeps_a_seat_that_prepares(cast: Cast) -> None:
    seat = queries.demand_seat("district-harbour", cast.magistrate, ON)
    with acting_as(cast.magistrate), pytest.raises(Refusal) as refused:
        services.end_seat(by=cast.magistrate, seat_id=seat.id, last_day=ON, at=AT)
    assert refused.value.code == "last_that_prepares"


def test_a_working_group_is_a_body_of_its_own(cast: Cast) -> None:
    with acting_as(cast.chair):
        group = services.found_group(
            by=cast.chair, name="Minors", prefix="wgm", parent_code="bureau", valid_from=ON, at=AT
        )
        with pytest.raises(Invalid) as taken:
            services.found_group(
                by=cast.chair, name="Again", prefix="WGM", parent_code="bureau", valid_from=ON, at=AT
            )
    assert taken.value.code == "prefix_taken"
    assert (group.code, group.vote_rule) == ("group-wgm", "together")
    assert queries.demand_prepares("group-wgm", cast.chair, ON).kind is SeatKind.CHAIR
    assert queries.my_seat("group-wgm", cast.representative, ON) is None
    assert not sees(cast.representative, group.compartment_id)


def test_where_a_seat_names_persons_its_papers_are_theirs_and_not_their_service_s(cast: Cast) -> None:
    """The wall in the database knows units; the first wall asks the person."""
    name_in(cast, seat_id(cast), cast.representative)
    with acting_as(cast.secretary):
        services.ask_meeting(by=cast.secretary, body_code="bureau", reason="Canary", at=AT)
        services.restrict(by=cast.secretary, body_code="bureau", seat_ids=[seat_id(cast)], at=AT)  # type: ignore
    with acting_as(cast.representative):
        assert queries.papers(Request, cast.representative, ON).count() == 1
        assert queries.papers(Circle, cast.representative, ON).count() == 1
    with acting_as(cast.correspondent):
        assert queries.papers(Request, cast.correspondent, ON).count() == 0
        assert queries.papers(Circle, cast.correspondent, ON).count() == 0
        assert list(queries.waiting(cast.correspondent, AT)) == []


def test_papers_that_are_of_no_body_are_read_by_their_wall(cast: Cast) -> None:
    with acting_as(cast.correspondent):
        wall = open_compartment(by=cast.correspondent, kind=Kinds.BODY, at=AT)
        assert queries.closed_to(cast.correspondent, ON) == []
        assert wall.pk


def test_another_loading_changes_nothing_and_leaves_what_people_changed(cast: Cast) -> None:
    from fanal.country.queries import pack

    assert all(not (it.created or it.updated or it.closed) for it in services.load(pack(), on=ON))
    with acting_as(cast.secretary):
        services.end_seat(by=cast.secretary, seat_id=seat_id(cast), last_day=ON, at=AT)  # type: ignore
    bodies, seats = services.load(pack(), on=ON)
    assert (bodies.kept, seats.kept) == (0, 1)
    assert Seat.objects.get(pk=Seat.objects.filter(edited_at__isnull=False).get().pk).valid_to == ON


def test_the_database_keeps_a_seat_held_once(cast: Cast) -> None:
    from django.db import IntegrityError, transaction

    from fanal.bodies.models import Sitting

    other = colleague(cast.representative, "other")
    row = {"seat_id": seat_id(cast), "valid_from": FIRST}
    Sitting.objects.create(membership_id=cast.representative.membership_id, **row)
    with pytest.raises(IntegrityError, match="bodies_seat_held_once"), transaction.atomic():
        Sitting.objects.create(membership_id=other.membership_id, **row)
