"""The rules of plans: states by day, what is wrong with a measure, what changed, what came back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.plans import rules
from fanal.plans.rules import (
    Fault,
    Frame,
    IndicatorValues,
    MeasureLine,
    MeasureValues,
    Said,
    State,
    VersionLine,
)

FRAME = Frame(
    starts_on=date(2026, 1, 1),
    ends_on=date(2030, 12, 31),
    institutions={"watch", "courts"},
    contacts={"isles-labour"},
    sisters={"peace"},
)
SOUND = MeasureValues(
    number="1.1",
    titles={"fr": "Former les gardes"},
    lead="watch",
    co_leads=("courts",),
    contacts=("isles-labour",),
    starts_on=date(2026, 1, 1),
    ends_on=date(2030, 12, 31),
    budget_cents=0,
    sdgs=("8",),
    objectives=("10",),
    principles=("children",),
    sisters=("peace",),
    indicators=(
        IndicatorValues(
            titles={"en": "Guards trained"},
            unit="guards",
            baseline=Decimal(0),
            target=Decimal(40),
            target_on=date(2030, 12, 31),
            benchmarks=((date(2026, 1, 1), Decimal(1)), (date(2028, 1, 1), Decimal(20))),
        ),
    ),
)
INDICATOR = SOUND.indicators[0]


def test_a_sound_measure_has_no_fault() -> None:
    assert rules.faults(SOUND, FRAME) == ()


DAY = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("changed", "fault", "field"),
    [
        ({"number": " "}, Fault.NO_NUMBER, "number"),
        ({"titles": {"fr": " "}}, Fault.NO_TITLE, "title"),
        ({"titles": {"fr": "x" * 501}}, Fault.TOO_LONG, "title_fr"),
        ({"texts": {"nl": "x" * 10_001}}, Fault.TOO_LONG, "text_nl"),
        ({"lead": ""}, Fault.NO_LEAD, "lead"),
        ({"lead": "nobody"}, Fault.UNKNOWN_LEAD, "lead"),
        ({"co_leads": ("nobody",)}, Fault.UNKNOWN_CO_LEAD, "co_leads"),
        ({"co_leads": ("watch",)}, Fault.LEAD_TWICE, "co_leads"),
        ({"contacts": ("watch-harbour",)}, Fault.UNKNOWN_CONTACT, "contacts"),
        ({"starts_on": None}, Fault.NO_START, "starts_on"),
        ({"ends_on": None}, Fault.NO_END, "ends_on"),
        ({"starts_on": DAY}, Fault.BEFORE_PLAN, "starts_on"),
        ({"ends_on": date(2031, 1, 1)}, Fault.AFTER_PLAN, "ends_on"),
        ({"starts_on": date(2027, 1, 2), "ends_on": date(2027, 1, 1)}, Fault.ENDS_BEFORE_START, "ends_on"),
        ({"budget_cents": -1}, Fault.BUDGET_NEGATIVE, "budget"),
        ({"sdgs": ("18",)}, Fault.UNKNOWN_GOAL, "sdgs"),
        ({"objectives": ("24",)}, Fault.UNKNOWN_GOAL, "objectives"),
        ({"principles": ("haste",)}, Fault.UNKNOWN_GOAL, "principles"),
        ({"sisters": ("war",)}, Fault.UNKNOWN_GOAL, "sisters"),
    ],
)
def test_what_is_wrong_with_a_measure(changed: dict[str, object], fault: Fault, field: str) -> None:
    found = rules.faults(replace(SOUND, **changed), FRAME)  # type: ignore[arg-type]
    assert [(each.fault, each.field) for each in found] == [(fault, field)]


@pytest.mark.parametrize(
    ("changed", "fault", "field"),
    [
        ({"titles": {}}, Fault.INDICATOR_UNNAMED, "indicator"),
        ({"unit": ""}, Fault.INDICATOR_WITHOUT_UNIT, "unit"),
        ({"baseline": None}, Fault.TARGET_WITHOUT_BASELINE, "baseline"),
        ({"target_on": None}, Fault.TARGET_WITHOUT_DAY, "target_on"),
        ({"target": None}, Fault.DAY_WITHOUT_TARGET, "target"),
        ({"target_on": date(2031, 1, 1)}, Fault.TARGET_OUTSIDE_PLAN, "target_on"),
        ({"baseline_on": date(2030, 12, 31)}, Fault.BASELINE_AFTER_TARGET, "baseline_on"),
        ({"benchmarks": ((DAY, Decimal(1)),)}, Fault.BENCHMARK_BEFORE_PLAN, "benchmarks"),
        ({"benchmarks": ((date(2031, 1, 1), Decimal(1)),)}, Fault.BENCHMARK_AFTER_PLAN, "benchmarks"),
        ({"benchmarks": ((date(2027, 1, 1), Decimal(1)),) * 2}, Fault.BENCHMARK_TWICE, "benchmarks"),
    ],
)
def test_what_is_wrong_with_an_indicator(changed: dict[str, object], fault: Fault, field: str) -> None:
    wrong = replace(INDICATOR, **changed)  # type: ignore[arg-type]
    found = rules.faults(replace(SOUND, indicators=(wrong,)), FRAME)
    assert [(each.fault, each.field) for each in found] == [(fault, field)]


def test_every_problem_is_told_at_once() -> None:
    assert len(rules.faults(MeasureValues(), FRAME)) == 5


# States


def version(number: int, effective: date | None, ends: date = date(2025, 12, 31)) -> VersionLine:
    return VersionLine(
        number=number,
        starts_on=date(2021, 1, 1),
        ends_on=ends,
        effective_on=effective,
        adopted_on=effective,
        decision="",
        act="x" if effective else "",
        notes={},
        source="",
        to_verify=False,
        complete=True,
    )


JUNE = date(2021, 6, 15)


@pytest.mark.parametrize(
    ("versions", "on", "state", "counted"),
    [
        ([version(1, None)], JUNE, State.DRAFT, None),
        ([version(1, JUNE)], date(2021, 6, 14), State.TO_COME, None),
        ([version(1, JUNE)], JUNE, State.IN_FORCE, 1),
        ([version(1, date(2020, 12, 1))], date(2020, 12, 31), State.TO_COME, 1),
        ([version(1, date(2020, 12, 1))], date(2021, 1, 1), State.IN_FORCE, 1),
        ([version(1, JUNE)], date(2025, 12, 31), State.IN_FORCE, 1),
        ([version(1, JUNE)], date(2026, 1, 1), State.CLOSED, 1),
        ([version(1, JUNE), version(2, None)], date(2023, 1, 1), State.IN_FORCE, 1),
        ([version(1, JUNE), version(2, date(2023, 7, 1))], date(2023, 6, 30), State.IN_FORCE, 1),
        ([version(1, JUNE), version(2, date(2023, 7, 1))], date(2023, 7, 1), State.IN_FORCE, 2),
        (
            [version(1, JUNE), version(2, date(2023, 7, 1), date(2026, 6, 30))],
            date(2026, 3, 1),
            State.IN_FORCE,
            2,
        ),
    ],
)
def test_where_a_plan_stands(
    versions: list[VersionLine], on: date, state: State, counted: int | None
) -> None:
    assert rules.state(versions, on) is state
    found = rules.in_force(versions, on)
    assert (found.number if found else None) == counted


# Differences


def line(key: str, **changed: object) -> MeasureLine:
    found = MeasureLine(
        key=key,
        plan_code="p",
        version=1,
        number=key,
        titles={"en": "Train the guards"},
        texts={},
        lead="watch",
        co_leads=(),
        contacts=(),
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 12, 31),
        budget_cents=None,
        funding="",
        heading="a",
        chapter="a",
    )
    return replace(found, **changed)  # type: ignore[arg-type]


def test_added_removed_changed_to_the_word() -> None:
    before = [line("1"), line("2"), line("3")]
    after = [line("4"), line("1", titles={"en": "Train all the guards"}, budget_cents=0), line("2")]
    found = rules.difference(before, after)
    assert [each.key for each in found.added] == ["4"]
    assert [each.key for each in found.removed] == ["3"]
    assert found.same == 1
    title, budget = found.changed[0].changes
    assert [(piece.kind, piece.words.strip()) for piece in title.pieces if piece.kind != "same"] == [
        ("new", "all")
    ]
    assert (budget.field, budget.before, budget.after) == ("budget_cents", None, 0)
    assert rules.difference(before, before).nothing


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_the_pieces_are_the_two_texts(before: str, after: str) -> None:
    found = rules.pieces(before, after)
    assert "".join(each.words for each in found if each.kind != "new") == before
    assert "".join(each.words for each in found if each.kind != "gone") == after


# What comes back

OLD = [
    Said(key="o1", lead="watch", texts={"en": "Train the harbour guards to recognise signs of exploitation"}),
    Said(key="o2", lead="crown", texts={"en": "Open a new house for those who are helped"}),
    Said(key="o3", lead="watch", texts={"fr": "Former les inspecteurs à la détection des victimes mineures"}),
]


def test_a_measure_that_comes_back_is_seen_with_its_reason() -> None:
    new = Said(
        key="n1",
        lead="watch",
        texts={"en": "Training of the harbour guards: recognising the signs of exploitation"},
    )
    (found,) = rules.likenesses([new], OLD)
    assert (found.older_key, found.same_lead) == ("o1", True)
    assert found.score >= rules.LIKE_WITH_SAME_LEAD
    assert "harbour" in found.shared


def test_other_words_or_another_language_do_not_come_back() -> None:
    other = Said(key="n1", lead="watch", texts={"en": "Publish yearly figures on prosecutions"})
    foreign = Said(key="n2", lead="watch", texts={"nl": "Havenwachters opleiden"})
    assert rules.likenesses([other, foreign], OLD) == ()
    assert rules.likenesses([], OLD) == rules.likenesses([other], []) == ()


def test_the_same_words_under_another_lead_need_more() -> None:
    same = Said(key="n1", lead="crown", texts=OLD[0].texts)
    near = Said(
        key="n2", lead="crown", texts={"en": "Harbour guards learn signs of exploitation at sea and on land"}
    )
    assert [(it.key, it.older_key) for it in rules.likenesses([same, near], OLD)] == [("n1", "o1")]
    led = replace(near, lead="watch")
    assert [it.older_key for it in rules.likenesses([led], OLD)] == ["o1"]


# Goals


def test_the_goals_of_the_world() -> None:
    assert [len(rules.goals(kind)) for kind in ("sdg", "objective", "principle")] == [17, 23, 10]
    for kind in ("sdg", "objective", "principle"):
        for goal in rules.goals(kind).values():
            assert all(goal.titles[language] for language in rules.LANGUAGES), goal.code
            assert goal.source.startswith("A/RES/7")
    assert rules.goals("objective")["10"].title("en").startswith("10. Prevent, combat and eradicate")
