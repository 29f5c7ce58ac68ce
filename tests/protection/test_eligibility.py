"""Whom the procedure is for, and on which grounds it ends, on testland."""

from datetime import date

import pytest
from tests.protection.files import TESTLAND

from fanal.country.schema import UnknownCode
from fanal.protection.rules.eligibility import Why, eligibility
from fanal.protection.rules.endings import Lack, Refused, lacking

LAW = TESTLAND.law(date(2026, 3, 2))
OLD = TESTLAND.law(date(2025, 6, 30))


def test_r_elig_1_an_offence_that_always_opens_it_asks_for_nothing_more() -> None:
    found = eligibility(LAW, "R10", (), unaccompanied_minor=False)
    assert (found.yes, found.why, found.article) == (True, Why.OFFENCE, "10")


@pytest.mark.parametrize(
    ("circumstances", "minor", "yes", "why"),
    [
        ((), False, False, Why.NO_CIRCUMSTANCE),
        (("H2-habit",), False, False, Why.NO_CIRCUMSTANCE),
        (("H2-habit",), True, False, Why.NO_CIRCUMSTANCE),
        (("H2-storm",), False, True, Why.CIRCUMSTANCE),
        (("H2-habit", "H2-storm"), False, True, Why.CIRCUMSTANCE),
        (("H2-child",), False, False, Why.ONLY_UNACCOMPANIED_MINOR),
        (("H2-child",), True, True, Why.CIRCUMSTANCE),
        (("H2-child", "H2-storm"), False, True, Why.CIRCUMSTANCE),
    ],
)
def test_r_elig_2_the_other_offence_needs_a_circumstance(
    circumstances: tuple[str, ...], minor: bool, yes: bool, why: Why
) -> None:
    found = eligibility(LAW, "H2", circumstances, unaccompanied_minor=minor)
    assert (found.yes, found.why) == (yes, why)


def test_plain_help_never_opens_it() -> None:
    assert eligibility(LAW, "H3", ("H2-storm",), unaccompanied_minor=True).why is Why.NEVER


def test_r_order_an_offence_belongs_to_its_version_of_the_law() -> None:
    assert eligibility(OLD, "H1", (), unaccompanied_minor=False).yes
    assert eligibility(LAW, "H1", (), unaccompanied_minor=False).code == "R10", "what replaced it"
    with pytest.raises(UnknownCode):
        eligibility(OLD, "R10", (), unaccompanied_minor=False)


@pytest.mark.parametrize("so", [{}, {"freely": False}, {"other": True}])
def test_every_fact_a_ground_asks_for_must_be_so(so: dict[str, bool]) -> None:
    found = lacking(LAW, "P1", "G1", so=so, with_magistrate=True, motivated=True)
    assert found == Refused(Lack.NOT_ALL_SO, ("freely",))


@pytest.mark.parametrize(
    ("phase", "ground", "magistrate", "motivated", "lack"),
    [
        ("P1", "G2", True, True, Lack.NOT_IN_THIS_PHASE),
        ("P3", "G9", True, True, Lack.NOT_IN_THIS_PHASE),
        ("P3", "G2", False, True, Lack.WITHOUT_MAGISTRATE),
        ("P3", "G2", True, False, Lack.WITHOUT_MOTIVATION),
        ("P3", "G3", False, False, Lack.WITHOUT_MOTIVATION),
    ],
)
def test_what_a_ground_lacks(phase: str, ground: str, magistrate: bool, motivated: bool, lack: Lack) -> None:
    found = lacking(LAW, phase, ground, so={}, with_magistrate=magistrate, motivated=motivated)
    assert found
    assert found.lack is lack


def test_a_ground_with_everything_it_asks_for() -> None:
    assert lacking(LAW, "P3", "G2", so={}, with_magistrate=True, motivated=True) is None
    assert lacking(LAW, "P1", "G1", so={"freely": True}, with_magistrate=False, motivated=True) is None
