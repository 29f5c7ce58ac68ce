"""What cannot be right in a report: a table of bad input."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from tests.alerts.law import law

from fanal.alerts.rules import Done, Identity, PersonReport, Problem, Report, Sign, Wrong, problems, protected

LAW = law(on=date(2026, 11, 24))
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
GOOD = Report(
    phenomenon="trafficking", forms=("work",), narrative="Six people sleep behind the kitchen.", sector="A",
    signs=(Sign(indicator="debt", seen_on=date(2026, 11, 23), source="self"),),
    seen_from=date(2026, 11, 20), seen_to=date(2026, 11, 23),
    persons=(PersonReport(subject="victim", age_basis="estimated", estimated_age=30, sex="F", languages=("ti",)),),
    done=(Done(duty="tell", on=date(2026, 11, 24)),),
)  # fmt: skip


def test_a_sound_report_has_no_problem() -> None:
    assert problems(GOOD, LAW, NOW) == ()


@pytest.mark.parametrize("text", ["ليلى محمود", "Ольга Петренко", "阮氏明", "‏‮abc", "É̂milie 👩🏽", "a" * 5000])
def test_words_of_any_script_are_taken(text: str) -> None:
    assert problems(replace(GOOD, narrative=text), LAW, NOW) == ()


@pytest.mark.parametrize(
    ("change", "field", "wrong"),
    [
        ({"phenomenon": "piracy"}, "phenomenon", Wrong.UNKNOWN_CODE),
        ({"phenomenon": "adjacent"}, "phenomenon", Wrong.UNKNOWN_CODE),
        ({"forms": ("work", "nope")}, "forms.1", Wrong.UNKNOWN_CODE),
        ({"sector": "ZZ"}, "sector", Wrong.UNKNOWN_CODE),
        ({"detected_through": "gossip"}, "detected_through", Wrong.UNKNOWN_CODE),
        ({"handling": "H9"}, "handling", Wrong.UNKNOWN_CODE),
        ({"signs": (Sign(indicator="nope"),)}, "signs.0.indicator", Wrong.UNKNOWN_CODE),
        ({"signs": (Sign(indicator="debt", seen_on=date(2027, 1, 1)),)}, "signs.0.seen_on", Wrong.FUTURE),
        ({"seen_to": date(2026, 11, 19)}, "seen_to", Wrong.ENDS_BEFORE_START),
        ({"seen_from": date(2026, 11, 25), "seen_to": None}, "seen_from", Wrong.FUTURE),
        ({"narrative": "x" * 5001}, "narrative", Wrong.TOO_LONG),
        ({"platform": "x" * 201}, "platform", Wrong.TOO_LONG),
        ({"done": (Done(duty="nope", on=date(2026, 11, 24)),)}, "done.0.duty", Wrong.UNKNOWN_CODE),
        ({"done": (Done(duty="tell", on=date(2026, 11, 25)),)}, "done.0.on", Wrong.FUTURE),
        ({"done": (Done(duty="tell", on=date(2026, 11, 24), at=time(14, 31)),)}, "done.0.at", Wrong.FUTURE),
        ({"seen_to": date(2026, 11, 24), "seen_at": time(23)}, "seen_at", Wrong.FUTURE),
        ({"persons": GOOD.persons * 51}, "persons", Wrong.TOO_MANY),
    ],
)
def test_what_an_alert_cannot_say(change: dict[str, Any], field: str, wrong: Wrong) -> None:
    assert problems(replace(GOOD, **change), LAW, NOW) == (Problem(field, wrong),)


@pytest.mark.parametrize(
    ("change", "field", "wrong"),
    [
        ({"subject": ""}, "subject", Wrong.REQUIRED),
        ({"subject": "ghost"}, "subject", Wrong.UNKNOWN_CODE),
        ({"age_basis": "guessed"}, "age_basis", Wrong.UNKNOWN_CODE),
        ({"sex": "?"}, "sex", Wrong.UNKNOWN_CODE),
        ({"citizenship": "Belgian"}, "citizenship", Wrong.UNKNOWN_CODE),
        ({"languages": ("french!",)}, "languages.0", Wrong.UNKNOWN_CODE),
        ({"safe_contact": ("pigeon",)}, "safe_contact.0", Wrong.UNKNOWN_CODE),
        ({"birth_year": 2027}, "birth_year", Wrong.FUTURE),
        ({"birth_year": 1800}, "birth_year", Wrong.IMPOSSIBLE_AGE),
        ({"estimated_age": 121}, "estimated_age", Wrong.IMPOSSIBLE_AGE),
        ({"estimated_age": -1}, "estimated_age", Wrong.IMPOSSIBLE_AGE),
        ({"identity": Identity(birth_date=date(2026, 11, 25))}, "identity.birth_date", Wrong.FUTURE),
        ({"identity": Identity(birth_date=date(1850, 1, 1))}, "identity.birth_date", Wrong.IMPOSSIBLE_AGE),
        (
            {"identity": Identity(birth_date=date(1990, 1, 1)), "birth_year": 1991},
            "birth_year",
            Wrong.CONTRADICTS,
        ),
        ({"identity": Identity(phone="0" * 201)}, "identity.phone", Wrong.TOO_LONG),
        ({"pseudonym": "x" * 201}, "pseudonym", Wrong.TOO_LONG),
    ],
)
def test_what_cannot_be_said_of_a_person(change: dict[str, Any], field: str, wrong: Wrong) -> None:
    report = replace(GOOD, persons=(GOOD.persons[0], replace(GOOD.persons[0], **change)))
    assert problems(report, LAW, NOW) == (Problem(f"persons.1.{field}", wrong),)


def test_a_report_that_says_nothing_is_refused() -> None:
    assert problems(Report(narrative="  \n"), LAW, NOW) == (Problem("forms", Wrong.EMPTY),)


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1558, 1560)]
)
def test_small_counts_are_hidden_and_others_rounded(count: int, shown: int | None) -> None:
    assert protected(count) == shown
