"""The table of docs/security.md is held to the requirements and to the tests; what does not fit is found."""

import pytest
from tools.check_asvs import Row

from tools import check_asvs

KNOWN = {"1.1.1": "2", "1.2.1": "1"}
TEST = "Test: `tests/web/test_x.py::test_a`"
FIT = [Row("1.1.1", "2", TEST), Row("1.2.1", "1", "Not applicable: there is none of it")]
MARKED = {("tests/web/test_x.py", "test_a"): {"1.1.1"}, ("tests/web/test_x.py", "test_b"): set[str]()}
TEXT = "## Logging in\n\n### Keys and algorithms\n"


def test_ours_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_asvs.main() == 0, capsys.readouterr().out
    assert len(check_asvs.requirements()) == 253


def test_what_fits_is_not_found() -> None:
    assert list(check_asvs.against_requirements(FIT, KNOWN)) == []
    assert list(check_asvs.answers(FIT, TEXT)) == []
    assert list(check_asvs.against_tests(FIT, MARKED)) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (FIT[:1], ["1.2.1 is not in the table"]),
        ([*FIT, FIT[0]], ["1.1.1 stands in the table more than once"]),
        ([FIT[0], Row("1.2.1", "2", TEST)], ["1.2.1 is not a requirement of level 2"]),
        ([*FIT, Row("9.9.9", "1", TEST)], ["9.9.9 is not a requirement of level 1"]),
    ],
)
def test_a_requirement_that_is_missing_or_made_up_is_found(rows: list[Row], said: list[str]) -> None:
    assert list(check_asvs.against_requirements(rows, KNOWN)) == said


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes", "begins with none of"),
        ("Test: somewhere", "no test is named"),
        ("Document: somewhere", "no section is named"),
        ("Document: [x](#elsewhere)", "there is no section #elsewhere"),
        ("Not applicable: no", "no reason is given"),
    ],
)
def test_an_answer_that_answers_nothing_is_found(answer: str, said: str) -> None:
    (found,) = check_asvs.answers([Row("1.1.1", "2", answer)], TEXT)
    assert said in found
    assert list(check_asvs.answers([Row("1.1.1", "2", "Document: [x](#keys-and-algorithms)")], TEXT)) == []


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ({}, "tests/web/test_x.py::test_a does not exist; it is named for 1.1.1"),
        ({("tests/web/test_x.py", "test_a"): set[str]()}, "tests/web/test_x.py::test_a does not carry 1.1.1"),
        (
            MARKED | {("tests/web/test_x.py", "test_b"): {"1.2.1"}},
            "tests/web/test_x.py::test_b carries 1.2.1, and the table does not name it there",
        ),
    ],
)
def test_a_test_and_the_table_that_disagree_are_found(
    marked: dict[check_asvs.Place, set[str]], said: str
) -> None:
    assert list(check_asvs.against_tests(FIT, marked)) == [said]
