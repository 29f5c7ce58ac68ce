"""The Belgian procedure against tables written by hand from the law's text: rules by their identifiers.

Aliens Act of 15-12-1980, art. 61/2 to 61/5, 77bis, 77quater; Penal Code art. 433quinquies, 258 to 260.
"""

from datetime import date, timedelta

import pytest
from tests.protection.files import ZONE, Story

from fanal.countries.belgium import PACK
from fanal.country.schema import Calendar
from fanal.protection.rules import moves
from fanal.protection.rules.conditions import State
from fanal.protection.rules.deadlines import Clock, answer_due, dues, opening_due
from fanal.protection.rules.eligibility import eligibility
from fanal.protection.rules.endings import Lack, lacking
from fanal.protection.rules.escalation import step_reached
from fanal.protection.rules.facts import Answer, status
from fanal.protection.rules.opening import askers, deciders

OPENED = date(2026, 5, 4)
OLD_CODE, NEW_CODE = date(2026, 4, 7), date(2026, 4, 8)
DECLARED = {"accompanied", "contact_broken", "no_danger", "identity_attempted", "extension_needed",
            "best_interests", "minor_sheet_sent"}  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(text)


def story(track: str = "residence", on: date = OPENED, **known: object) -> Story:
    offence = "258" if on >= NEW_CODE else "433quinquies"
    return Story(PACK.law(on), track, on, **({"offence": offence} | known))


def state_of(told: Story, move: str, condition: str) -> State:
    return next(c.state for c in told.option(move).conditions if c.condition.code == condition)


# R-ELIG


@pytest.mark.parametrize(("on", "offence"), [("2018-01-01", "433quinquies"), ("2026-04-07", "433quinquies"),
                                             ("2026-04-08", "258"), ("2026-04-08", "433quinquies")])  # fmt: skip
@pytest.mark.parametrize("minor", [True, False])
def test_r_elig_1_trafficking_opens_the_procedure_to_everybody(on: str, offence: str, minor: bool) -> None:
    assert eligibility(PACK.law(day(on)), offence, (), unaccompanied_minor=minor).yes


# circumstance of art. 77quater → adult, unaccompanied minor
SMUGGLING = {
    (): (False, False),
    ("1",): (False, True),
    ("2",): (True, True),
    ("3",): (True, True),
    ("3bis",): (True, True),
    ("4",): (True, True),
    ("5",): (True, True),
    ("6",): (False, False),
    ("7",): (False, False),
    ("6", "7"): (False, False),
    ("1", "6"): (False, True),
    ("1", "4"): (True, True),
}


@pytest.mark.parametrize(("numbers", "expected"), SMUGGLING.items())
def test_r_elig_2_smuggling_only_with_certain_circumstances(
    numbers: tuple[str, ...], expected: tuple[bool, bool]
) -> None:
    codes = [f"77quater-{number}" for number in numbers]
    for minor, yes in zip((False, True), expected, strict=True):
        for on, offence in ((OLD_CODE, "77bis"), (NEW_CODE, "77bis"), (NEW_CODE, "259")):
            found = eligibility(PACK.law(on), offence, codes, unaccompanied_minor=minor)
            assert found.yes is yes, f"{on} {offence}: {found}"


@pytest.mark.parametrize("offence", ["77", "433ter", "433decies"])
def test_r_elig_neighbouring_offences_do_not_open_it(offence: str) -> None:
    assert not eligibility(PACK.law(OLD_CODE), offence, (), unaccompanied_minor=True).yes


# Who asks, who decides


@pytest.mark.parametrize(
    ("track", "asks", "decides"),
    [
        ("residence", ("centre",), ("immigration_cell",)),
        ("minor", ("centre", "guardianship"), ("immigration_cell",)),
        ("eu", (), ("centre",)),
    ],
)
def test_who_asks_and_who_decides(track: str, asks: tuple[str, ...], decides: tuple[str, ...]) -> None:
    law = PACK.law(OPENED)
    assert (askers(law, track), deciders(law, track)) == (asks, decides)


# R-P1-1 and the length of phase 1


def test_r_p1_1_annex_15_only_without_a_residence_title() -> None:
    assert state_of(story(), "open_reflection", "no_residence_title") is State.MET
    assert state_of(story(has_title=True), "open_reflection", "no_residence_title") is State.NOT_SO


@pytest.mark.parametrize(
    ("issued", "document", "last"),
    [
        ("2017-05-19", "OQT", "2017-07-02"),  # before annex 15: an order to leave of 45 days
        ("2017-05-20", "ANNEXE15", "2017-07-03"),
        ("2026-10-13", "ANNEXE15", "2026-11-26"),
        ("2028-01-20", "ANNEXE15", "2028-03-04"),  # over 29 February
        ("2026-12-01", "ANNEXE15", "2027-01-14"),
    ],
)
def test_r_order_forty_five_days_under_the_law_of_the_day(issued: str, document: str, last: str) -> None:
    told = story(on=day(issued))
    paper = told.made("open_reflection", day(issued))
    assert paper
    assert (paper.kind, paper.last_day) == (document, day(last))


# R-P2


@pytest.mark.parametrize(
    ("issued", "last", "extended"),
    [
        ("2026-05-02", "2026-08-01", "2026-11-01"),
        ("2026-11-30", "2027-02-28", "2027-05-31"),  # no 30 February: the month's own end
        ("2027-11-30", "2028-02-29", "2028-05-31"),  # leap year
        ("2026-01-31", "2026-04-30", "2026-07-31"),
        ("2025-12-15", "2026-03-14", "2026-06-14"),
    ],
)
def test_r_p2_1_three_calendar_months_and_three_more(issued: str, last: str, extended: str) -> None:
    told = story(on=day(issued))
    told.said(day(issued))
    first = told.made("open_first_document", day(issued))
    second = told.made("extend_first_document", day(last) - timedelta(days=5))
    assert first
    assert second
    assert (first.kind, first.last_day) == ("AI", day(last))
    assert (second.kind, second.first_day, second.last_day) == (
        "AI_EXT", day(last) + timedelta(days=1), day(extended),
    )  # fmt: skip


def in_p2() -> Story:
    told = story()
    told.said(OPENED)
    told.made("open_first_document", OPENED)
    return told


def test_r_p2_2_one_extension_at_most() -> None:
    told = in_p2()
    told.made("extend_first_document", date(2026, 7, 20))
    assert "extend_first_document" not in [option.move.code for option in moves.options(told.file, told.law)]


def test_r_p2_3_the_magistrate_is_asked_before_the_certificate_ends() -> None:
    told = in_p2()
    clocks = {due.clock: due.on for due in dues(told.file, told.law, ZONE)}
    assert clocks[Clock.ASK] == clocks[Clock.DOCUMENT_END] == date(2026, 8, 3)
    steps = {
        "2026-07-03": None, "2026-07-04": "escalation_first", "2026-07-19": "escalation_second",
        "2026-07-29": "escalation_third", "2026-08-03": "escalation_third", "2026-08-04": "overdue",
    }  # fmt: skip
    for today, step in steps.items():
        assert step_reached(date(2026, 8, 3), OPENED, day(today), told.law) == step, today


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-05-04", "2026-05-19"),  # ten working days; Ascension Day is 14 May
        ("2026-05-13", "2026-05-29"),  # Ascension Day and Whit Monday, 25 May
        ("2026-12-18", "2027-01-05"),  # Christmas and New Year are Fridays
        ("2026-07-13", "2026-07-28"),  # 21 July
    ],
)
def test_the_answer_in_ten_working_days(asked: str, due: str) -> None:
    on = day(asked)
    moment = story(on=on).opened_at
    assert answer_due(moment, None, PACK.law(on), ZONE).on == day(due)


def test_an_opening_is_decided_in_five_working_days() -> None:
    assert opening_due(story(on=date(2026, 4, 30)).opened_at, PACK.law(date(2026, 4, 30)), ZONE).on == date(
        2026, 5, 8
    )  # 1 May is a holiday


# R-P3-1


@pytest.mark.parametrize("answer", [Answer.NO, Answer.NOT_YET])
@pytest.mark.parametrize("question", ["proceedings_ongoing", "will_to_cooperate", "link_broken"])
def test_r_p3_1_the_card_needs_three_positives(question: str, answer: Answer) -> None:
    told = in_p2()
    told.asks(date(2026, 7, 1), {question: answer})
    assert [c.condition.code for c in told.option("residence").lacking(DECLARED)] == ["magistrate_confirms"]
    told.asks(date(2026, 7, 2), {})
    assert told.option("residence").lacking(DECLARED) == ()


@pytest.mark.parametrize(
    ("issued", "last", "renewed"),
    [
        ("2026-05-29", "2026-11-28", "2027-05-28"),
        ("2026-08-31", "2027-02-28", "2027-08-31"),
        ("2027-08-31", "2028-02-29", "2028-08-31"),
    ],
)
def test_six_months_and_again_while_the_proceedings_last(issued: str, last: str, renewed: str) -> None:
    on = day(issued)
    told = story(on=on)
    told.said(on)
    told.made("open_first_document", on)
    told.asks(on, {})
    card = told.made("residence", on)
    told.asks(day(last), {})
    again = told.made("renew_residence", day(last))
    assert card
    assert again
    assert (card.kind, card.last_day, again.last_day) == ("CARD_A", day(last), day(renewed))
    assert told.option("renew_residence").bar is None


# R-P4-1


@pytest.mark.parametrize(
    ("event", "opens"),
    [
        ("conviction", True),
        ("requisition_keeps_charge", True),
        ("acquittal", False),
        ("proceedings_ended", False),
    ],
)
def test_r_p4_1_unlimited_stay_needs_a_conviction_or_the_charge_kept(event: str, opens: bool) -> None:
    told = in_p2()
    told.asks(OPENED, {})
    told.made("residence", OPENED)
    told.events[event] = OPENED
    assert told.option("unlimited").ready is opens


def test_r_p4_1_an_acquittal_does_not_undo_a_charge_that_was_kept() -> None:
    told = in_p2()
    told.asks(OPENED, {})
    told.made("residence", OPENED)
    told.events |= {"requisition_keeps_charge": OPENED, "acquittal": OPENED}
    assert told.option("unlimited").ready


# R-MIN


def test_r_min_1_an_unaccompanied_minor_skips_phase_1() -> None:
    told = story("minor", unaccompanied_minor=True)
    option = told.option("open_minor")
    assert "P1" not in told.law.track("minor").phases
    assert option.lacking(DECLARED) == ()
    told.made("open_minor", OPENED)
    assert status(told.file).phase == "P2"
    assert not story("minor").option("open_minor").ready


def test_r_min_2_the_track_of_minors_asks_for_the_best_interests() -> None:
    tracks = {track.code: track.best_interests for track in PACK.law(OPENED).tracks}
    assert tracks == {"residence": False, "eu": False, "minor": True}


def test_r_min_3_the_sheet_for_minors_is_declared_at_the_opening() -> None:
    told = story("minor", unaccompanied_minor=True)
    lacking_ = told.option("open_minor").lacking(DECLARED - {"minor_sheet_sent"})
    assert [each.condition.code for each in lacking_] == ["minor_sheet_sent"]


# Endings: T1 to T11 by phase

GROUNDS = {
    "P0": {"T7", "T8", "T9", "T10", "T11"},
    "P1": {"T1", "T2", "T7", "T8", "T9", "T10", "T11"},
    "P2": {"T1", "T2", "T7", "T8", "T9", "T10", "T11"},
    "P2X": {"T1", "T2", "T7", "T8", "T9", "T10", "T11"},
    "P3": {"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11"},
    "ACC": {"T7", "T8", "T9", "T10", "T11"},
    "P4": set(),
    "END": set(),
}


@pytest.mark.parametrize(("phase", "grounds"), GROUNDS.items())
def test_the_grounds_differ_by_phase(phase: str, grounds: set[str]) -> None:
    assert {ground.code for ground in PACK.law(OPENED).grounds(phase)} == grounds


ADVERBS = ("active", "voluntary", "own_initiative")


@pytest.mark.parametrize("missing", ADVERBS)
def test_t1_needs_its_three_adverbs(missing: str) -> None:
    law, so = PACK.law(OPENED), dict.fromkeys(ADVERBS, True)
    assert lacking(law, "P2", "T1", so=so, with_magistrate=False, motivated=True) is None
    found = lacking(law, "P2", "T1", so=so | {missing: False}, with_magistrate=False, motivated=True)
    assert found
    assert (found.lack, found.facts) == (Lack.NOT_ALL_SO, (missing,))


@pytest.mark.parametrize("ground", ["T5", "T6"])
def test_fraud_is_established_with_the_judicial_authorities(ground: str) -> None:
    law = PACK.law(OPENED)
    found = lacking(law, "P3", ground, so={}, with_magistrate=False, motivated=True)
    assert found
    assert found.lack is Lack.WITHOUT_MAGISTRATE
    assert lacking(law, "P3", ground, so={}, with_magistrate=True, motivated=True) is None


def test_the_calendar_is_belgiums() -> None:
    assert PACK.calendar.country == Calendar("BE").country
