"""A ground holds for one recipient and one purpose; an exception says why and is reviewed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fanal.referrals.rules.grounds import Fault, Given, Standing, fault, holds, is_exception, review_is_due

ON = date(2026, 3, 2)
FLAGS = {
    "consent": (),
    "vital_interest": ("reviewed",),
    "minor": ("reviewed",),
    "law": ("reviewed", "needs_article"),
}
CONSENT = Given(ground="consent", given_on=ON, form="oral")
VITAL = Given(ground="vital_interest", given_on=ON, why="unconscious", review_due=date(2026, 3, 9))
MINOR = replace(VITAL, ground="minor")
LAW = replace(VITAL, ground="law", article="art. 10")


def found_fault(given: Given, *, maybe_minor: bool = False) -> Fault | None:
    return fault(given, FLAGS[given.ground], maybe_minor=maybe_minor, on=ON)


@pytest.mark.parametrize("given", [CONSENT, VITAL, LAW])
def test_sound_grounds(given: Given) -> None:
    assert found_fault(given) is None


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (replace(CONSENT, given_on=date(2026, 3, 3)), Fault.IN_THE_FUTURE),
        (replace(VITAL, given_on=date(2026, 3, 3)), Fault.IN_THE_FUTURE),
        (replace(CONSENT, form=""), Fault.NO_FORM),
        (replace(CONSENT, form="presumed"), Fault.NO_FORM),
        (replace(VITAL, why=" "), Fault.NO_MOTIVATION),
        (replace(VITAL, review_due=None), Fault.NO_REVIEW),
        (replace(VITAL, review_due=date(2026, 3, 1)), Fault.NO_REVIEW),
        (replace(VITAL, review_due=date(2027, 3, 4)), Fault.NO_REVIEW),
        (replace(LAW, article=" "), Fault.NO_ARTICLE),
        (MINOR, Fault.ADULT),
    ],
)
def test_what_is_wrong_with_a_ground(given: Given, found: Fault) -> None:
    assert found_fault(given) is found


def test_a_child_is_protected_also_in_doubt() -> None:
    assert found_fault(MINOR, maybe_minor=True) is None


def test_consent_is_no_exception() -> None:
    assert not is_exception(FLAGS[CONSENT.ground])
    assert is_exception(FLAGS[LAW.ground])


def test_a_ground_holds_for_one_recipient_and_one_purpose_until_it_is_revoked() -> None:
    ground = Standing(to_unit_id=7, purpose="housing", revoked_at=None)
    assert holds(ground, to_unit_id=7, purpose="housing")
    assert not holds(ground, to_unit_id=8, purpose="housing")
    assert not holds(ground, to_unit_id=7, purpose="legal")
    assert not holds(
        replace(ground, revoked_at=datetime(2026, 3, 2, tzinfo=UTC)), to_unit_id=7, purpose="housing"
    )


def test_a_review_is_due_from_its_day_on() -> None:
    assert not review_is_due(date(2026, 3, 9), on=date(2026, 3, 8))
    assert review_is_due(date(2026, 3, 9), on=date(2026, 3, 9))
    assert not review_is_due(None, on=ON)
