"""Periods, zero that is no empty cell, contradictions, and what stops a report."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.statistics.rules import Bar, Chosen, FigureLine, Matter, Status, contradicting, fault, settle, span

D = date
MATTER = Matter("identified_victim", "trafficking", "2019")


def line(code: str, value: int | None, **more: object) -> FigureLine:
    status = Status.UNKNOWN if value is None else Status.ZERO if value == 0 else Status.KNOWN
    plain = FigureLine(
        id=UUID(int=1), code=code, version=1, matter=MATTER, value=value, status=status, definition="d", source="s",
        extracted_on=None, note="", protected=True, synthetic=False, current=True,
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2018", (D(2018, 1, 1), D(2018, 12, 31))),
        ("2019-04", (D(2019, 4, 1), D(2019, 4, 30))),
        ("2024-02", (D(2024, 2, 1), D(2024, 2, 29))),
        ("2024-Q1", (D(2024, 1, 1), D(2024, 3, 31))),
        ("2012-2021", (D(2012, 1, 1), D(2021, 12, 31))),
        ("2021-2012", None),
        ("2019-13", None),
        ("2019-Q5", None),
        ("19", None),
        ("2019-4", None),
        ("1800", None),
        ("2019 ", None),
        ("last year", None),
    ],
)
def test_a_period_is_two_days(period: str, days: tuple[date, date] | None) -> None:
    assert span(period) == days


@pytest.mark.parametrize(
    ("status", "value", "wrong"),
    [
        (Status.KNOWN, 3, ""),
        (Status.KNOWN, None, "value_missing"),
        (Status.KNOWN, 0, "zero_is_zero"),
        (Status.KNOWN, -1, "value_negative"),
        (Status.ZERO, 0, ""),
        (Status.ZERO, None, "zero_is_zero"),
        (Status.ZERO, 2, "zero_is_zero"),
        (Status.UNKNOWN, None, ""),
        (Status.UNKNOWN, 4, "value_without_number"),
        (Status.NOT_APPLICABLE, 0, "value_without_number"),
        (Status.SUPPRESSED, None, ""),
        (Status.SUPPRESSED, 3, "value_without_number"),
    ],
)
def test_an_empty_cell_never_means_zero(status: Status, value: int | None, wrong: str) -> None:
    assert fault(status, value) == wrong


def test_the_year_2019_stands_side_by_side() -> None:
    three = [line("a", 145), line("b", 159), line("c", 265)]
    same = replace(line("d", 88), matter=replace(MATTER, period="2020"))
    assert contradicting([*three, same, replace(same, code="e")]) == {MATTER: tuple(three)}
    assert contradicting([line("a", 145), line("b", None)]) == {}, "the unknown contradicts nothing"
    assert contradicting([line("a", 145), line("b", 9, current=False)]) == {}, "nor does what was corrected"


@given(st.lists(st.integers(min_value=0, max_value=3), max_size=6))
def test_a_contradiction_is_two_values_of_one_matter(values: list[int]) -> None:
    lines = [line(str(n), value) for n, value in enumerate(values)]
    found = contradicting(lines)
    assert bool(found) == (len(set(values)) > 1)
    assert all(tuple(lines) == told for told in found.values()), "with everything that is said of it"


def test_the_key_of_a_matter_says_nothing_aloud() -> None:
    matter = Matter("identified_victim", "smuggling_aggravated", "2019", "SEX", "children")
    assert matter.key == "identified-victim-sa-2019-sex-children"


A, B = line("a", 145), line("b", 265)
RIVALS = contradicting([A, B])
CHOSEN = {MATTER: Chosen("b", 1, "because")}


@pytest.mark.parametrize(
    ("code", "pinned", "figures", "rivals", "choices", "value", "bar"),
    [
        ("a", 1, [A], {}, {}, 145, None),
        ("a", None, [A], {}, {}, 145, None),
        ("x", None, [A], {}, {}, None, Bar.MISSING),
        ("a", 1, [replace(A, version=2)], {}, {}, None, Bar.SUPERSEDED),
        ("a", 2, [replace(A, version=2)], {}, {}, 145, None),
        ("a", 1, [replace(A, protected=False)], {}, {}, None, Bar.UNPROTECTED),
        ("a", 1, [A, B], RIVALS, {}, None, Bar.CONTRADICTED),
        ("a", 1, [A, B], RIVALS, CHOSEN, 265, None),
        ("a", 1, [A, replace(B, version=2)], RIVALS, CHOSEN, None, Bar.CONTRADICTED),
        ("a", 1, [A, replace(B, protected=False)], RIVALS, CHOSEN, None, Bar.UNPROTECTED),
        ("a", 1, [replace(A, version=2)], {}, {MATTER: Chosen("a", 2, "seen")}, 145, None),
    ],
)
def test_what_stands_for_a_reference_and_what_stops_it(
    code: str,
    pinned: int | None,
    figures: list[FigureLine],
    rivals: dict[Matter, tuple[FigureLine, ...]],
    choices: dict[Matter, Chosen],
    value: int | None,
    bar: Bar | None,
) -> None:
    found, stopped = settle(code, pinned, {each.code: each for each in figures}, rivals, choices)
    assert (found and found.value, stopped) == (value, bar)
