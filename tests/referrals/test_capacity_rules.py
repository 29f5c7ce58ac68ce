"""Which centre can take whom: a table by hand, and what must hold for any offer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.referrals.rules.capacity import Answer, Criterion, Needs, Offer, Reason, fit

AT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
TOMORROW = AT + timedelta(days=1)
WOMAN = Needs(
    age_from=30, age_to=30, sex="F", languages=frozenset({"ro"}), children=0, wheelchair=False, night=True
)
HOUSE = Offer(
    free=2,
    valid_until=TOMORROW,
    sexes=frozenset({"F"}),
    age_from=18,
    languages=frozenset({"ro", "fr"}),
    night=True,
)

TABLE = [
    (WOMAN, HOUSE, Answer.YES, None),
    (WOMAN, replace(HOUSE, free=0), Answer.NO, Criterion.PLACES),
    (replace(WOMAN, children=2), replace(HOUSE, free=2, children=True), Answer.NO, Criterion.PLACES),
    (replace(WOMAN, children=2), replace(HOUSE, free=3, children=True), Answer.YES, None),
    (replace(WOMAN, children=2), replace(HOUSE, free=3), Answer.NO, Criterion.CHILDREN),
    (replace(WOMAN, children=None), HOUSE, Answer.UNKNOWN, Criterion.CHILDREN),
    (replace(WOMAN, sex="M"), HOUSE, Answer.NO, Criterion.SEX),
    (replace(WOMAN, sex=""), HOUSE, Answer.UNKNOWN, Criterion.SEX),
    (replace(WOMAN, sex=""), replace(HOUSE, sexes=frozenset()), Answer.YES, None),
    (replace(WOMAN, age_from=17, age_to=17), HOUSE, Answer.NO, Criterion.AGE),
    (replace(WOMAN, age_from=18, age_to=18), HOUSE, Answer.YES, None),
    (replace(WOMAN, age_from=None, age_to=17), HOUSE, Answer.NO, Criterion.AGE),
    (replace(WOMAN, age_from=18, age_to=None), HOUSE, Answer.YES, None),
    (replace(WOMAN, age_from=18, age_to=None), replace(HOUSE, age_to=60), Answer.UNKNOWN, Criterion.AGE),
    (replace(WOMAN, age_from=None, age_to=None), HOUSE, Answer.UNKNOWN, Criterion.AGE),
    (replace(WOMAN, age_from=61, age_to=61), replace(HOUSE, age_to=60), Answer.NO, Criterion.AGE),
    (replace(WOMAN, wheelchair=True), HOUSE, Answer.NO, Criterion.WHEELCHAIR),
    (replace(WOMAN, wheelchair=True), replace(HOUSE, wheelchair=True), Answer.YES, None),
    (WOMAN, replace(HOUSE, night=False), Answer.NO, Criterion.NIGHT),
    (replace(WOMAN, night=False), replace(HOUSE, night=False), Answer.YES, None),
    (replace(WOMAN, languages=frozenset({"vi"})), HOUSE, Answer.UNKNOWN, Criterion.LANGUAGE),
    (WOMAN, replace(HOUSE, valid_until=AT - timedelta(minutes=1)), Answer.UNKNOWN, Criterion.CURRENT),
    (WOMAN, None, Answer.UNKNOWN, Criterion.PUBLISHED),
]  # fmt: skip


@pytest.mark.parametrize(("needs", "offer", "answer", "because"), TABLE)
def test_table(needs: Needs, offer: Offer | None, answer: Answer, because: Criterion | None) -> None:
    found = fit(needs, offer, at=AT)
    assert found.answer is answer
    assert (found.against[0].criterion if found.against else None) is because


def test_a_lack_of_places_says_how_many() -> None:
    found = fit(replace(WOMAN, children=2), replace(HOUSE, children=True), at=AT)
    assert found.against == (Reason(Criterion.PLACES, Answer.NO, wanted=3, had=2),)


def test_figures_out_of_date_do_not_count_places() -> None:
    found = fit(WOMAN, replace(HOUSE, free=0, valid_until=AT - timedelta(hours=1)), at=AT)
    assert Criterion.PLACES not in {reason.criterion for reason in found.reasons}


ages = st.none() | st.integers(0, 99)
maybe = st.none() | st.booleans()
languages = st.frozensets(st.sampled_from(["fr", "ro", "vi"]))
all_needs = st.builds(
    Needs,
    ages,
    ages,
    st.sampled_from(["", "F", "M", "X"]),
    languages,
    st.none() | st.integers(0, 4),
    maybe,
    maybe,
)
all_offers = st.builds(
    Offer, st.integers(0, 5), st.sampled_from([AT, TOMORROW, AT - timedelta(hours=1)]),
    st.frozensets(st.sampled_from(["F", "M", "X"])), ages, ages, languages, st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip


@given(all_needs, all_offers)
def test_one_no_is_a_no_and_no_doubt_is_a_yes(needs: Needs, offer: Offer) -> None:
    found = fit(needs, offer, at=AT)
    answers = {reason.answer for reason in found.reasons}
    if Answer.NO in answers:
        assert found.answer is Answer.NO
    else:
        assert (found.answer is Answer.YES) == (answers == {Answer.YES})


@given(all_needs, all_offers)
def test_a_wider_offer_never_takes_fewer(needs: Needs, offer: Offer) -> None:
    wider = replace(offer, free=offer.free + 9, sexes=frozenset(), age_from=None, age_to=None)
    wider = replace(wider, children=True, wheelchair=True, night=True)
    if fit(needs, offer, at=AT).answer is Answer.YES:
        assert fit(needs, wider, at=AT).answer is Answer.YES
    assert fit(needs, wider, at=AT).answer is not Answer.NO or offer.valid_until < AT


@given(all_needs, all_offers)
def test_who_is_not_known_is_never_turned_away_but_for_places(needs: Needs, offer: Offer) -> None:
    nobody_knows = Needs()
    found = fit(nobody_knows, offer, at=AT)
    assert {r.criterion for r in found.reasons if r.answer is Answer.NO} <= {Criterion.PLACES}
    assert fit(needs, None, at=AT).answer is Answer.UNKNOWN
