"""When a file is looked at again, and what stands in the way of erasing it: tables, and what holds for every day."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.countries.belgium import PACK as BELGIUM
from fanal.countries.testland import PACK as TESTLAND
from fanal.retention import rules
from fanal.retention.rules import Bar, Kind, Proposal, Standing

DAY = date(2026, 3, 31)
LAW = TESTLAND.law(DAY)


@pytest.mark.parametrize(
    ("kind", "opened", "kept", "on"),
    [
        (Kind.ALERT, date(2026, 1, 31), None, date(2026, 7, 31)),
        (Kind.ALERT, date(2025, 8, 31), None, date(2026, 2, 28)),
        (Kind.REFERRAL, date(2026, 1, 1), None, date(2026, 5, 1)),
        (Kind.PROCEDURE, date(2024, 5, 29), None, date(2025, 3, 1)),
        (Kind.REQUEST, date(2026, 1, 1), date(2030, 1, 1), date(2030, 1, 1)),
    ],
)
def test_the_day_of_the_review(kind: Kind, opened: date, kept: date | None, on: date) -> None:
    if (kind, opened) == (Kind.PROCEDURE, date(2024, 5, 29)):
        on = date(2025, 2, 28)  # nine months end with the last day of a shorter month
    assert rules.review_on(kind, opened, kept, LAW) == on


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(Kind), st.integers(0, 400))
def test_a_later_opening_is_never_reviewed_earlier(opened: date, kind: Kind, later: int) -> None:
    first = rules.review_on(kind, opened, None, LAW)
    assert opened < first <= rules.review_on(kind, opened + timedelta(later), None, LAW)


@pytest.mark.parametrize(
    ("standing", "found"),
    [
        (Standing(False, 0, False), ()),
        (Standing(False, 2, False), (Bar.HELD,)),
        (Standing(False, 0, True), (Bar.RUNNING,)),
        (Standing(True, 1, True), (Bar.ERASED, Bar.HELD, Bar.RUNNING)),
    ],
)
def test_what_stands_in_the_way(standing: Standing, found: tuple[Bar, ...]) -> None:
    assert rules.bars(standing) == found


def test_two_persons_within_thirty_days() -> None:
    one, other = uuid4(), uuid4()
    proposal = Proposal(one, DAY)
    assert rules.agreement(proposal, one, DAY) is Bar.SAME_PERSON
    assert rules.agreement(proposal, other, DAY) is None
    assert rules.agreement(proposal, other, DAY + timedelta(30)) is None
    assert rules.agreement(proposal, other, DAY + timedelta(31)) is Bar.LAPSED


@pytest.mark.parametrize(
    ("days", "sound"), [(0, False), (-1, False), (1, True), (5 * 366, True), (5 * 366 + 1, False)]
)
def test_how_far_a_keep_may_lie(days: int, sound: bool) -> None:
    assert rules.keep_is_sound(DAY + timedelta(days), DAY) is sound


@pytest.mark.parametrize("pack", [BELGIUM, TESTLAND])
def test_every_kind_has_its_term_with_a_source(pack) -> None:
    law = pack.law(DAY)
    for kind in Kind:
        assert law.term(rules.TERMS[kind]).source


def test_in_belgium_the_police_does_not_answer_itself_and_nothing_unread_counts_as_read() -> None:
    law = BELGIUM.law(DAY)
    police, centre = law.rights("police_cell"), law.rights("centre")
    assert police is not None
    assert centre is not None
    assert (police.answers, police.regime, centre.answers, centre.regime) == (
        "indirect",
        "led",
        "direct",
        "gdpr",
    )
    assert police.to_verify
    assert law.term("review_alert").to_verify
