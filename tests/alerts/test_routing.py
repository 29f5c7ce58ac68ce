"""Who is told: one table per condition of a route."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.alerts.law import law, route

from fanal.alerts import rules
from fanal.alerts.rules import Facts, Minority, Receipt, may_close
from fanal.country.schema import LANGUAGES

AT = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Brussels"))
MINOR, DOUBTFUL, ADULT = Minority.MINOR, Minority.DOUBTFUL, Minority.ADULT


def facts(**given: Any) -> Facts:
    usual = {
        "detector": "police_cell", "phenomenon": "trafficking", "forms": ("work",), "minorities": (ADULT,),
        "urgent": False, "located": True, "at": AT,
    }  # fmt: skip
    return Facts(**(usual | given))


@pytest.mark.parametrize(
    ("condition", "given", "told"),
    [
        ({}, {}, True),
        ({"detectors": ("police_cell",)}, {}, True),
        ({"detectors": ("centre",)}, {}, False),
        ({"phenomena": ("trafficking",)}, {}, True),
        ({"phenomena": ("trafficking",)}, {"phenomenon": "smuggling"}, False),
        ({"phenomena": ("trafficking",)}, {"phenomenon": ""}, False),
        ({"purposes": ("work",)}, {"forms": ("sex", "work")}, True),
        ({"purposes": ("work",)}, {"forms": ("sex",)}, False),
        ({"purposes": ("work",)}, {"forms": ()}, True),  # `schema.Route`: a form not known yet may be any
        ({"age": "minor_or_doubtful"}, {"minorities": (ADULT, MINOR)}, True),
        ({"age": "minor_or_doubtful"}, {"minorities": (DOUBTFUL,)}, True),
        ({"age": "minor_or_doubtful"}, {"minorities": (ADULT,)}, False),
        ({"age": "minor_or_doubtful"}, {"minorities": ()}, False),
        ({"age": "adult"}, {"minorities": (ADULT, ADULT)}, True),
        ({"age": "adult"}, {"minorities": (ADULT, DOUBTFUL)}, False),
        ({"age": "adult"}, {"minorities": ()}, False),
        ({"urgent": True}, {"urgent": True}, True),
        ({"urgent": True}, {}, False),
        ({"urgent": False}, {"urgent": True}, False),
        ({"located": False}, {"located": False}, True),
        ({"located": False}, {}, False),
        ({"urgent": True, "age": "minor_or_doubtful"}, {"urgent": True}, False),
    ],
)
def test_each_condition_of_a_route_must_hold(
    condition: dict[str, Any], given: dict[str, Any], told: bool
) -> None:
    found = rules.route(facts(**given), law(route("r", "parquet", **condition)))
    assert [routing.unit_kind for routing in found] == (["parquet"] if told else [])


def test_a_routing_carries_what_the_pack_says() -> None:
    pack_route = route(
        "r", "centre", by_place=True, term="week", mandatory=False, level="exists", purpose="accompany"
    )
    (found,) = rules.route(facts(), law(pack_route))
    assert (found.route, found.by_place, found.mandatory, found.level) == ("r", True, False, "exists")
    assert (found.purpose, found.legal_basis) == ("accompany", "art. r")
    assert found.due_at == AT + timedelta(days=7)


@pytest.mark.parametrize(
    ("first", "second", "kept", "hours", "level", "mandatory"),
    [
        ({"mandatory": False, "term": "hour"}, {"term": "week"}, "b", 1, "read", True),
        ({"term": "week"}, {"term": "hour"}, "b", 1, "read", True),
        ({"term": "week"}, {"term": "hour", "mandatory": False, "level": "exists"}, "a", 1, "read", True),
        ({"level": "exists"}, {"level": "read"}, "a", 24, "read", True),
        ({"level": "exists"}, {"level": "exists", "mandatory": False}, "a", 24, "exists", True),
        ({}, {}, "a", 24, "read", True),
    ],
)
def test_of_several_routes_to_one_kind_the_strictest_of_each_is_kept(
    first: dict[str, Any], second: dict[str, Any], kept: str, hours: int, level: str, mandatory: bool
) -> None:
    (found,) = rules.route(facts(), law(route("a", "parquet", **first), route("b", "parquet", **second)))
    assert (found.route, found.due_at, found.level, found.mandatory) == (
        kept, AT + timedelta(hours=hours), level, mandatory,
    )  # fmt: skip
    assert "ground a" in found.reason.en
    assert "ground b" in found.reason.en


def test_the_reason_names_ground_and_conditions_in_four_languages() -> None:
    (found,) = rules.route(
        facts(urgent=True, minorities=(MINOR,)),
        law(route("r", "guardianship", urgent=True, age="minor_or_doubtful", purposes=("work",))),
    )
    assert found.reason.en == "ground r – purpose work; a person is a minor or may be one; it is urgent."
    assert (
        found.reason.fr
        == "motif r – purpose work; une personne est mineure ou pourrait l’être; c’est urgent."
    )
    assert len({found.reason.get(language) for language in LANGUAGES}) == 4


CHILD_LAW = law(
    route("1", "immigration_cell", age="minor_or_doubtful"),
    route("2", "guardianship", age="minor_or_doubtful"),
    route("3", "centre", age="minor_or_doubtful", by_place=True),
    route("4", "parquet"),
    route("5", "auditorat", age="minor_or_doubtful", mandatory=False),
)
ALL_THREE = [Receipt(kind, True) for kind in ("immigration_cell", "guardianship", "centre")]


@pytest.mark.parametrize(
    ("given", "receipts", "missing"),
    [
        ({}, [], []),
        ({"minorities": ()}, [], []),
        ({"minorities": (ADULT, MINOR)}, [], ["centre", "guardianship", "immigration_cell"]),
        ({"minorities": (DOUBTFUL,)}, [], ["centre", "guardianship", "immigration_cell"]),
        ({"minorities": (MINOR,)}, ALL_THREE, []),
        ({"minorities": (MINOR,)}, ALL_THREE[:2], ["centre"]),
        ({"minorities": (MINOR,)}, [*ALL_THREE[:2], Receipt("centre", False)], ["centre"]),
        ({"minorities": (MINOR,)}, [*ALL_THREE, Receipt("centre", False)], []),
        ({"minorities": (MINOR,), "detector": "centre"}, ALL_THREE[:2], []),
    ],
)
def test_a_child_is_never_closed_away_before_the_services_have_it(
    given: dict[str, Any], receipts: list[Receipt], missing: list[str]
) -> None:
    found = may_close(facts(**given), receipts, CHILD_LAW)
    assert [obstacle.unit_kind for obstacle in found] == missing


def test_an_obstacle_says_whether_it_was_sent_at_all() -> None:
    found = may_close(facts(minorities=(MINOR,)), [*ALL_THREE[:2], Receipt("centre", False)], CHILD_LAW)
    assert [(obstacle.sent, obstacle.reason.en) for obstacle in found] == [
        (True, "unit_kind centre: receipt is not confirmed yet, and a person is a minor or may be one.")
    ]
    never = may_close(facts(minorities=(MINOR,)), ALL_THREE[:2], CHILD_LAW)
    assert [(obstacle.sent, obstacle.reason.fr[:14]) for obstacle in never] == [(False, "unit_kind cent")]
