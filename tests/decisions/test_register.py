"""The register of decisions: numbers, states, evidence, what stands in the place of what."""

from datetime import UTC, date, datetime

import pytest
from tests.cast import Cast

from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.bodies import services as circles
from fanal.decisions import queries, services
from fanal.decisions.models import Decision
from fanal.decisions.rules import State
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def recorded(cast: Cast, title: str = "Print the leaflet again", **more: object) -> Decision:
    given = {
        "body_code": "bureau",
        "title": title,
        "text": "",
        "taken_on": date(2026, 11, 10),
        "owner_unit_ids": [cast.correspondent.unit_id],
        "due_on": date(2026, 12, 1),
        "at": AT,
    } | more
    with acting_as(cast.secretary):
        return services.record(by=cast.secretary, **given)  # type: ignore[arg-type]


def test_decisions_are_numbered_by_body_and_year(cast: Cast) -> None:
    numbers = [
        recorded(cast).number,
        recorded(cast).number,
        recorded(cast, taken_on=date(1998, 5, 4), due_on=None).number,
        recorded(cast, body_code="cell").number,
    ]
    assert numbers == ["TAB-2026-001", "TAB-2026-002", "TAB-1998-001", "MOO-2026-001"]


def test_what_is_open_returns_until_it_is_finished(cast: Cast) -> None:
    late, later = recorded(cast, due_on=date(2026, 11, 20)), recorded(cast, due_on=None)
    with acting_as(cast.secretary):
        due = queries.open_for("bureau", cast.secretary, ON)
    assert [it.key for it in due] == [late.number, later.number]
    assert due[0].due_on == date(2026, 11, 20)
    with acting_as(cast.correspondent):
        services.follow(by=cast.correspondent, number=late.number, state=State.DONE, note="Printed.", at=AT)
        assert [it.key for it in queries.open_for("bureau", cast.correspondent, ON)] == [later.number]
        assert queries.open_for("cell", cast.correspondent, ON) == []


def test_a_decision_is_recorded_by_who_prepares_and_followed_by_who_answers_for_it(cast: Cast) -> None:
    row = recorded(cast)
    with acting_as(cast.representative), pytest.raises(NotAllowed):
        services.record(by=cast.representative, body_code="bureau", title="x", text="", taken_on=ON, at=AT)
    with acting_as(cast.inspector), pytest.raises(NotAllowed) as refused:
        services.follow(by=cast.inspector, number=row.number, state=State.DONE, note="x", at=AT)
    assert refused.value.code == "not_owner"
    with acting_as(cast.outsider), pytest.raises(NotFound):
        queries.get(row.number, cast.outsider, on=ON)
    with acting_as(cast.correspondent), pytest.raises(NotAllowed):
        services.follow(by=cast.correspondent, number=row.number, state=State.DROPPED, note="x", at=AT)


def test_bad_input_is_told(cast: Cast) -> None:
    told = {}
    for field, more in {
        "title": {"title": "  "},
        "taken_on": {"taken_on": date(2027, 1, 1)},
        "due_on": {"due_on": date(2026, 11, 9)},
        "owners": {"owner_unit_ids": [cast.outsider.unit_id]},
    }.items():
        with pytest.raises(Invalid) as refused:
            recorded(cast, **more)
        told[field] = refused.value.field
    assert all(field == said for field, said in told.items())
    row = recorded(cast)
    with acting_as(cast.correspondent), pytest.raises(Invalid) as refused:
        services.follow(by=cast.correspondent, number=row.number, state=State.DONE, at=AT)
    assert refused.value.code == "no_evidence"


def test_nothing_supersedes_itself_nor_in_a_circle(cast: Cast) -> None:
    first, second, third = (recorded(cast).number for _ in range(3))
    with acting_as(cast.secretary):

        def supersede(number: str, by_number: str) -> None:
            services.supersede(by=cast.secretary, number=number, by_number=by_number, at=AT)

        with pytest.raises(Invalid) as refused:
            supersede(first, first.lower())
        assert refused.value.code == "supersedes_itself"
        supersede(first, second)
        supersede(second, third)
        with pytest.raises(Invalid) as refused:
            supersede(third, first)
        assert refused.value.code == "superseded_in_a_circle"
        with pytest.raises(Refusal) as again:
            supersede(first, third)
        assert again.value.code == "superseded"
        with pytest.raises(Refusal) as final:
            services.follow(by=cast.secretary, number=first, state=State.OPEN, note="x", at=AT)
        assert final.value.code == "no_such_move"


def test_what_is_for_named_seats_has_a_number_that_tells_nothing(cast: Cast) -> None:
    with acting_as(cast.secretary):
        named = bodies.demand_seat("bureau", cast.rapporteur, ON)
        wall = circles.restrict(by=cast.secretary, body_code="bureau", seat_ids=[named.id], at=AT)
    hidden = recorded(cast, compartment_id=wall, owner_unit_ids=[cast.rapporteur.unit_id])
    assert recorded(cast).number == "TAB-2026-001"
    assert hidden.number.startswith("TAB-2026-X")
    with acting_as(cast.rapporteur):
        assert queries.get(hidden.number, cast.rapporteur, on=ON) == hidden
    with acting_as(cast.representative):
        assert not Decision.objects.filter(pk=hidden.pk).exists()
        with pytest.raises(NotFound):
            queries.get(hidden.number, cast.representative, on=ON)
