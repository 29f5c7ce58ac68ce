"""A ground holds for one recipient and one purpose; an exception says why and is reviewed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fanal.referrals.rules.grounds import Fault, Given, Standing, fault, holds, is_exception, review_is_due

ON = date(2026, 3, 2)
CONSENT = Given(ground="consent", flags=(), given_on=ON, form="oral")
VITAL = Given(
    ground="vital_interest", flags=("reviewed",), given_on=ON, why="unconscious", review_due=date(2026, 3, 9)
)
MINOR = replace(VITAL, ground="minor")
LAW = replace(VITAL, ground="law", flags=("reviewed", "needs_article"), article="art. 10")


@pytest.mark.parametrize("given", [CONSENT, VITAL, LAW])
def test_sound_grounds(given: Given) -> None:
    assert fault(given, maybe_minor=False, on=ON) is None


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (replace(CONSENT, given_on=date(2026, 3, 3)), Fault.GIVEN_IN_THE_FUTURE),
        (replace(VITAL, given_on=date(2026, 3, 3)), Fault.GIVEN_IN_THE_FUTURE),
        (replace(CONSENT, form=""), Fault.NO_FORM),
        (replace(CONSENT, form="presumed"), Fault.NO_FORM),
        (replace(VITAL, why=" "), Fault.NO_MOTIVATION),
        (replace(VITAL, review_due=None), Fault.NO_REVIEW),
        (replace(VITAL, review_due=date(2026, 3, 1)), Fault.NO_REVIEW),
        (replace(LAW, article=" "), Fault.NO_ARTICLE),
        (MINOR, Fault.ADULT),
    ],
)
def test_what_is_wrong_with_a_ground(given: Given, found: Fault) -> None:
    assert fault(given, maybe_minor=False, on=ON) is found


def test_a_child_is_protected_also_in_doubt() -> None:
    assert fault(MINOR, maybe_minor=True, on=ON) is None


def test_consent_is_no_exception() -> None:
    assert not is_exception(CONSENT.flags)
    assert is_exception(LAW.flags)


def test_a_ground_holds_for_one_recipient_and_one_purpose_until_it_is_revoked() -> None:
    ground = Standing(to_unit_id=7, purpose="housing", revoked_at=None)
    assert holds(ground, to_unit_id=7, purpose="housing")
    assert not holds(ground, to_unit_id=8, purpose="housing")
    assert not holds(ground, to_unit_id=7, purpose="legal")
    assert not holds(replace(ground, revoked_at=datetime(2026, 3, 2, tzinfo=UTC)), to_unit_id=7, purpose="housing")


def test_a_review_is_due_from_its_day_on() -> None:
    assert not review_is_due(date(2026, 3, 9), on=date(2026, 3, 8))
    assert review_is_due(date(2026, 3, 9), on=date(2026, 3, 9))
    assert not review_is_due(None, on=ON)
