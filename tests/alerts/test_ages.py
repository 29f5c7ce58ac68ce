"""Minor, doubtful or adult: a table."""

from datetime import date

import pytest
from tests.alerts.law import law

from fanal.alerts.rules import Age, Minority, minority, years_between

MINOR, DOUBTFUL, ADULT = Minority.MINOR, Minority.DOUBTFUL, Minority.ADULT
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (Age(basis="known", birth_date=date(2008, 11, 25)), MINOR),
        (Age(basis="known", birth_date=date(2008, 11, 24)), ADULT),
        (Age(basis="known", birth_year=2009), MINOR),
        (Age(basis="known", birth_year=2008), DOUBTFUL),
        (Age(basis="known", birth_year=2007), ADULT),
        (Age(basis="estimated", years=17), MINOR),
        (Age(basis="estimated", years=18), ADULT),
        (Age(basis="known", minor=False), ADULT),
        (Age(basis="estimated", minor=True), MINOR),
        (Age(basis="known"), DOUBTFUL),
        (Age(basis="estimated"), DOUBTFUL),
        (Age(basis="unknown"), DOUBTFUL),
        (Age(basis="doubtful", years=25), DOUBTFUL),
        (Age(basis="doubtful", birth_date=date(1990, 1, 1)), DOUBTFUL),
    ],
)
def test_age_says_whether_the_person_may_be_a_child(age: Age, expected: Minority) -> None:
    assert minority(age, law(on=TODAY)) is expected


def test_in_doubt_the_person_is_a_child() -> None:
    assert [m for m in Minority if m.protects] == [MINOR, DOUBTFUL]


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 11, 24), date(2026, 11, 24), 0),
    ],
)
def test_years_of_leap_days(birth: date, on: date, years: int) -> None:
    assert years_between(birth, on) == years
