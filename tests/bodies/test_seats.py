"""Who holds which seat, and the walls that follow from it."""

from datetime import UTC, date, datetime

import pytest
from tests.cast import Cast

from fanal.access.models import Compartment
from fanal.access.services import acting_as
from fanal.bodies import queries, services
from fanal.bodies.rules import SeatKind
from fanal.errors import NotAllowed, NotFound

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_each_finds_the_seat_of_her_unit(cast: Cast) -> None:
    held = {name: queries.my_seat("bureau", member, ON) for name, member in cast.all.items()}
    kinds = {name: seat.kind for name, seat in held.items() if seat is not None}
    assert kinds == {
        "chair": SeatKind.CHAIR,
        "secretary": SeatKind.SECRETARIAT,
        "representative": SeatKind.VOTING,
        "correspondent": SeatKind.VOTING,
        "rapporteur": SeatKind.ADVISORY,
        "coordinator": SeatKind.OBSERVER,
        "immigration_agent": SeatKind.VOTING,
        "inspector": SeatKind.VOTING,
        "reception": SeatKind.VOTING,
    }
    assert held["chair"] is not None
    assert held["chair"].votes
    assert held["chair"].prepares
    assert held["secretary"] is not None
    assert held["secretary"].prepares
    assert not held["secretary"].votes


def test_the_houses_have_one_seat_together(cast: Cast) -> None:
    one = queries.demand_seat("cell", cast.centre_worker, ON)
    assert one == queries.demand_seat("cell", cast.other_centre_worker, ON)
    assert len(one.unit_ids) == 2
    assert one.label == "The houses"
    assert queries.my_seat("bureau", cast.centre_worker, ON) is None


def test_without_a_seat_nothing_is_there_and_another_seat_does_not_prepare(cast: Cast) -> None:
    with pytest.raises(NotFound):
        queries.demand_seat("bureau", cast.outsider, ON)
    with pytest.raises(NotFound):
        queries.demand_prepares("bureau", cast.outsider, ON)
    with pytest.raises(NotAllowed) as refused:
        queries.demand_prepares("bureau", cast.representative, ON)
    assert refused.value.code == "seat_does_not_prepare"
    assert queries.demand_prepares("district-harbour", cast.magistrate, ON).kind is SeatKind.CHAIR


def test_the_papers_of_a_body_are_open_to_the_units_of_its_seats_alone(cast: Cast) -> None:
    wall = queries.compartment("bureau")
    sees = set()
    for name, member in cast.all.items():
        with acting_as(member):
            sees |= {name} if Compartment.objects.filter(pk=wall).exists() else set()
    assert sees == {n for n, m in cast.all.items() if queries.my_seat("bureau", m, ON)}


def test_what_is_for_named_seats_is_theirs_and_of_who_restricts_it(cast: Cast) -> None:
    named = queries.demand_seat("bureau", cast.rapporteur, ON)
    with acting_as(cast.secretary):
        wall = services.restrict(by=cast.secretary, body_code="bureau", seat_ids=[named.id], at=AT)
    with acting_as(cast.rapporteur):
        assert len(queries.circle_of(wall, cast.rapporteur)) == 2
    with acting_as(cast.representative):
        assert queries.circle_of(wall, cast.representative) == ()
        assert not Compartment.objects.filter(pk=wall).exists()
