"""A person cut into items: what is not ticked does not travel."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.alerts.rules.ages import Age, Minority
from fanal.country.schema import Calendar, Law, code_list, same
from fanal.referrals.rules.content import (
    OFFERED,
    About,
    Identity,
    Item,
    Practical,
    SafeContact,
    from_json,
    known,
    merged,
    minority_of,
    needs,
    only,
    to_json,
)

ON = date(2026, 3, 2)
LAW = Law.of_facts(
    code_list("age_basis", "test", {c: same(c) for c in ("known", "estimated", "doubtful", "unknown")},
              flags={"unknown": ("maybe_minor",)}),
    Calendar("BE"), ON,
)  # fmt: skip
WHOLE = About(
    summary="Found on a building site.", pseudonym="Lotus", age=Age(basis="known", birth_date=date(1998, 2, 28)),
    unaccompanied=False, sex="F", languages=("vi",), needs=Practical(children=1, words="sees badly"),
    safe_contact=SafeContact(("phone",), "0470", "after six"), signs=("papers_kept",), citizenship=("VN",),
    documents="Contract follows.", identity=Identity("Nguyễn", "Thị Sen", date(1998, 2, 28), "Huế"),
)  # fmt: skip


def test_everything_is_an_item() -> None:
    assert known(WHOLE) == frozenset(Item)
    assert only(WHOLE, Item) == WHOLE
    assert known(About()) == frozenset()


def test_identity_is_not_offered() -> None:
    assert Item.IDENTITY not in OFFERED
    assert OFFERED | {Item.IDENTITY} == set(Item)


@given(st.frozensets(st.sampled_from(Item)))
def test_only_what_is_ticked_travels(items: frozenset[Item]) -> None:
    sent = only(WHOLE, items)
    assert known(sent) == items
    assert from_json(to_json(sent)) == sent
    assert ("Nguyễn" in str(to_json(sent))) == (Item.IDENTITY in items)


def test_a_later_sending_corrects_an_earlier_one() -> None:
    first = only(WHOLE, [Item.PSEUDONYM, Item.SEX])
    second = About(sex="X", documents="Now here.")
    assert merged([first, second]) == About(pseudonym="Lotus", sex="X", documents="Now here.")


def test_a_false_and_a_zero_are_known() -> None:
    assert known(About(unaccompanied=False)) == {Item.AGE}
    assert known(About(needs=Practical(children=0))) == {Item.NEEDS}
    assert from_json(to_json(About(needs=Practical(children=0)))).needs.children == 0


@pytest.mark.parametrize(
    ("age", "bounds", "minor"),
    [
        (None, (None, None), Minority.DOUBTFUL),
        (Age(basis="known", birth_date=date(2008, 3, 2)), (18, 18), Minority.ADULT),
        (Age(basis="known", birth_date=date(2008, 3, 3)), (17, 17), Minority.MINOR),
        (Age(basis="known", birth_date=date(2008, 2, 29)), (18, 18), Minority.ADULT),
        (Age(basis="known", birth_year=2008), (17, 18), Minority.DOUBTFUL),
        (Age(basis="known", years=30), (30, 30), Minority.ADULT),
        (Age(basis="estimated", years=25), (18, None), Minority.ADULT),
        (Age(basis="estimated", years=16), (None, 17), Minority.MINOR),
        (Age(basis="doubtful", years=19), (None, None), Minority.DOUBTFUL),
        (Age(basis="unknown"), (None, None), Minority.DOUBTFUL),
    ],
)
def test_what_an_age_says_to_a_centre(
    age: Age | None, bounds: tuple[int | None, int | None], minor: Minority
) -> None:
    about = About(age=age)
    found = needs(about, LAW)
    assert (found.age_from, found.age_to) == bounds
    assert minority_of(about, LAW) is minor


def test_an_unknown_sex_is_no_sex() -> None:
    assert needs(About(sex="U"), LAW).sex == ""
    assert needs(About(sex="M"), LAW).sex == "M"
