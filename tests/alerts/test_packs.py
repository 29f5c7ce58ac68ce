"""What every country must say so that the rules of alerts hold in it."""

from datetime import date, datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest

from fanal.alerts.rules import Facts, Minority, required_for_a_child, route
from fanal.country.schema import Law

AT = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture(scope="module", params=["testland", "belgium"])
def law(request: pytest.FixtureRequest) -> Law:
    pack = import_module(f"fanal.countries.{request.param}").PACK
    return pack.law(date(2026, 11, 24))  # type: ignore[no-any-return]


def facts(law: Law, detector: str, minority: Minority) -> Facts:
    return Facts(
        detector=detector,
        phenomenon="trafficking",
        forms=(law.purposes[0].code,),
        minorities=(minority,),
        urgent=False,
        located=True,
        at=AT,
    )


@pytest.mark.parametrize(
    "detector", ["police_cell", "local_police", "inspection", "reception", "detention", "centre"]
)
@pytest.mark.parametrize("minority", [Minority.MINOR, Minority.DOUBTFUL])
def test_a_child_always_reaches_guardianship_immigration_and_a_centre(
    law: Law, detector: str, minority: Minority
) -> None:
    """Circular of 23-12-2016, after the sheet for unaccompanied minors (circular of 23-4-2004)."""
    needed = {"guardianship", "immigration_cell", "centre"}
    assert required_for_a_child(facts(law, detector, minority), law) >= needed
    assert {found.unit_kind for found in route(facts(law, detector, minority), law)} >= needed


@pytest.mark.parametrize("detector", ["police_cell", "local_police", "inspection"])
def test_the_duties_at_detection_reach_immigration_and_a_centre(law: Law, detector: str) -> None:
    """Aliens Act, art. 61/2 §1: inform the Immigration Office at once, and put the person in contact with a centre."""
    told = {found.unit_kind for found in route(facts(law, detector, Minority.ADULT), law) if found.mandatory}
    assert told >= {"immigration_cell", "centre"}
    assert law.duties(detector), "a service that holds signs has duties"
    assert "guardianship" not in told
