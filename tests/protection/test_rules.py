"""The rules of the procedure on testland, whose terms and words are nobody else's."""

from datetime import date, datetime, timedelta

import pytest
from tests.protection.files import TESTLAND, ZONE, Story

from fanal.country.schema import Law
from fanal.protection.rules import moves
from fanal.protection.rules.conditions import State
from fanal.protection.rules.deadlines import Clock, Party, answer_due, dues
from fanal.protection.rules.facts import Answer, status
from fanal.protection.rules.moves import Bar

OPENED = date(2026, 3, 2)


@pytest.fixture
def law() -> Law:
    return TESTLAND.law(OPENED)


@pytest.fixture
def story(law: Law) -> Story:
    return Story(law, "residence", OPENED)


def states(story: Story, move: str) -> dict[str, State]:
    return {each.condition.code: each.state for each in story.option(move).conditions}


def clocks(story: Story) -> dict[Clock, date]:
    return {due.clock: due.on for due in dues(story.file, story.law, ZONE)}


def test_a_new_file_stands_in_the_first_phase_of_its_track_and_waits_for_the_office(story: Story) -> None:
    at = status(story.file)
    assert (at.phase, at.since, at.paper, at.ended) == ("P0", OPENED, None, None)
    (due,) = dues(story.file, story.law, ZONE)
    assert (due.clock, due.waits_for, due.on) == (Clock.OPENING, Party.OFFICE, date(2026, 3, 4))


def test_a_file_that_was_never_opened_is_a_fault(law: Law) -> None:
    story = Story(law, "residence", OPENED)
    story.facts.clear()
    with pytest.raises(ValueError, match="begins with its opening"):
        status(story.file)


def test_r_p1_1_no_document_of_reflection_for_who_holds_a_title(law: Law) -> None:
    for has_title, state in ((False, State.MET), (True, State.NOT_SO)):
        story = Story(law, "residence", OPENED, has_title=has_title)
        assert states(story, "open_reflection")["no_residence_title"] is state


def test_r_min_1_the_track_of_minors_has_no_reflection(law: Law) -> None:
    story = Story(law, "minor", OPENED, unaccompanied_minor=True)
    assert [option.move.code for option in moves.options(story.file, law)] == ["open_minor"]
    story.made("open_minor", OPENED)
    assert status(story.file).phase == "P2"
    assert law.track("minor").best_interests


def test_the_track_without_residence_document_gives_none_and_runs_no_clock(law: Law) -> None:
    story = Story(law, "eu", OPENED)
    assert story.made("open_accompaniment", OPENED) is None
    assert status(story.file).phase == "ACC"
    assert dues(story.file, law, ZONE) == ()


def test_a_statement_opens_the_next_phase_and_only_in_time(story: Story) -> None:
    paper = story.made("open_reflection", OPENED)
    assert paper
    assert paper.last_day == date(2026, 4, 10)  # forty days since the reform, 2 March counted
    assert states(story, "first_document")["statement_made"] is State.NOT_SO
    story.said(paper.last_day + timedelta(days=1))
    assert states(story, "first_document")["statement_made"] is State.TOO_LATE
    story.said(paper.last_day)
    assert states(story, "first_document")["statement_made"] is State.MET


def test_while_the_person_reflects_the_centre_is_awaited(story: Story) -> None:
    story.made("open_reflection", OPENED)
    found = {due.clock: (due.waits_for, due.on) for due in dues(story.file, story.law, ZONE)}
    end = date(2026, 4, 10)
    assert found == {Clock.DOCUMENT_END: (Party.OFFICE, end), Clock.STATEMENT: (Party.CENTRE, end)}
    story.said(date(2026, 3, 20))
    assert Clock.STATEMENT not in clocks(story)
    assert clocks(story)[Clock.REQUEST] == end
    story.requested("first_document", date(2026, 3, 21))
    assert Clock.REQUEST not in clocks(story)


def reaching_p2(story: Story) -> Story:
    story.said(OPENED)
    paper = story.made("open_first_document", OPENED)
    assert paper
    assert (paper.first_day, paper.last_day) == (
        OPENED,
        date(2026, 5, 4),
    )  # 1 May is a holiday, then a weekend
    return story


def test_r_p2_2_the_extension_follows_the_document_and_comes_once(story: Story) -> None:
    reaching_p2(story)
    option = story.option("extend_first_document")
    assert moves.first_days(option, status(story.file), date(2026, 4, 20)) == (date(2026, 5, 5),) * 2
    paper = story.made("extend_first_document", date(2026, 4, 20))
    assert paper
    assert (paper.first_day, paper.last_day) == (date(2026, 5, 5), date(2026, 6, 4))
    assert moves.option(story.file, story.law, "extend_first_document") is None


def test_r_p2_2_holds_even_if_the_law_led_back_to_the_phase(story: Story) -> None:
    """Reference data is edited by people: an extension already made stays barred wherever the file stands."""
    reaching_p2(story)
    story.made("extend_first_document", date(2026, 4, 20))
    story.facts.append(story.facts[-2].__class__(9, story.facts[-2].kind, "back", date(2026, 5, 1), "P2"))
    assert story.option("extend_first_document").bar is Bar.USED


def test_an_extension_decided_late_begins_on_the_day_of_the_decision(story: Story) -> None:
    reaching_p2(story)
    paper = story.made("extend_first_document", date(2026, 5, 20))
    assert paper
    assert paper.first_day == date(2026, 5, 20)


def test_r_p2_3_the_magistrate_must_be_asked_before_the_document_ends(story: Story) -> None:
    reaching_p2(story)
    assert clocks(story)[Clock.ASK] == date(2026, 5, 4)
    story.asks(date(2026, 4, 1))
    assert Clock.ASK not in clocks(story)
    assert clocks(story)[Clock.DOCUMENT_END] == date(2026, 5, 4)


def test_the_answer_is_due_in_working_days_and_never_after_the_document(law: Law) -> None:
    asked = datetime(2026, 4, 1, 15, 0, tzinfo=ZONE)  # a Wednesday; Easter Monday is the 6th
    due = answer_due(asked, date(2026, 5, 4), law, ZONE)
    assert (due.waits_for, due.on, due.at) == (Party.MAGISTRATE, date(2026, 4, 9), None)
    assert answer_due(asked, None, law, ZONE).on == date(2026, 4, 9)
    assert answer_due(asked, date(2026, 4, 7), law, ZONE).on == date(2026, 4, 7)
    assert answer_due(asked, date(2026, 3, 1), law, ZONE).on == date(2026, 4, 1)


@pytest.mark.parametrize("answer", [Answer.NO, Answer.NOT_YET])
@pytest.mark.parametrize("question", ["proceedings_ongoing", "will_to_cooperate", "link_broken"])
def test_r_p3_1_needs_three_positives(story: Story, question: str, answer: Answer) -> None:
    reaching_p2(story)
    assert states(story, "residence")["magistrate_confirms"] is State.NOT_ASKED
    story.asks(date(2026, 4, 1))
    assert states(story, "residence")["magistrate_confirms"] is State.NOT_ANSWERED
    story.asks(date(2026, 4, 2), {question: answer})
    (standing,) = [c for c in story.option("residence").conditions if c.condition.proof == "answered"]
    assert (standing.state, standing.questions) == (State.ANSWERED_OTHERWISE, (question,))
    assert not story.option("residence").ready
    story.asks(date(2026, 4, 3), {})
    assert story.option("residence").ready


def test_the_fourth_question_does_not_decide(story: Story) -> None:
    reaching_p2(story)
    story.asks(date(2026, 4, 1), {"still_victim": Answer.NOT_YET})
    assert story.option("residence").ready


def reaching_p3(story: Story) -> Story:
    reaching_p2(story)
    story.asks(date(2026, 4, 1), {})
    paper = story.made("residence", date(2026, 4, 10))
    assert paper
    assert (paper.first_day, paper.last_day) == (date(2026, 4, 10), date(2026, 8, 10))  # the 9th is a Sunday
    return story


def test_a_new_document_closes_the_one_it_replaces(story: Story) -> None:
    reaching_p3(story)
    first, second = story.papers
    assert first.until == second.first_day - timedelta(days=1) == date(2026, 4, 9)
    assert not first.runs(second.first_day)
    assert second.runs(second.first_day)


def test_each_renewal_asks_again_and_there_is_no_last_one(story: Story) -> None:
    reaching_p3(story)
    day = date(2026, 8, 3)
    for _ in range(3):
        assert states(story, "renew_residence")["magistrate_confirms"] is State.NOT_ASKED
        assert Clock.ASK in clocks(story)
        story.asks(day, {})
        assert story.option("renew_residence").ready
        paper = story.made("renew_residence", day)
        assert paper
        assert paper.last_day
        assert paper.first_day == story.papers[-2].last_day + timedelta(days=1)  # type: ignore[operator]
        day = paper.last_day - timedelta(days=7)


def test_r_p4_1_needs_a_judicial_outcome_that_opens_it(story: Story) -> None:
    reaching_p3(story)
    other = next(code.code for code in story.law.codes("judicial_event") if "residence" not in code.flags)
    story.events[other] = date(2026, 5, 1)
    assert states(story, "unlimited")["judicial_outcome"] is State.NOT_SO
    story.events["verdict"] = date(2026, 5, 2)
    assert states(story, "unlimited")["judicial_outcome"] is State.MET
    paper = story.made("unlimited", date(2026, 5, 3))
    assert paper
    assert paper.last_day is None
    assert dues(story.file, story.law, ZONE) == ()


def test_the_end_is_final(story: Story) -> None:
    reaching_p3(story)
    story.ended("G3", date(2026, 5, 1))
    assert status(story.file).phase == "END"
    assert moves.options(story.file, story.law) == ()
    assert moves.ending(story.file, story.law) is None
    assert dues(story.file, story.law, ZONE) == ()


def test_declared_conditions_are_for_the_person_who_decides(story: Story) -> None:
    option = story.option("open_reflection")
    assert option.ready
    assert [each.condition.code for each in option.lacking()] == ["accompanied"]
    assert option.lacking(["accompanied"]) == ()
    assert option.decided_by("immigration_cell")
    assert not option.decided_by("centre")
    assert option.requested_by("centre")


# R-ORDER: the law of the day of the act. The reform of 1 July 2025 made the rest 40 days instead of 30.
@pytest.mark.parametrize(
    ("day", "last"),
    [("2025-06-30", "2025-07-29"), ("2025-07-01", "2025-08-09"), ("2025-06-01", "2025-06-30")],
)
def test_r_order_the_law_of_the_day_of_the_act_decides(day: str, last: str) -> None:
    on = date.fromisoformat(day)
    story = Story(TESTLAND.law(on), "residence", on)
    paper = story.made("open_reflection", on)
    assert paper
    assert paper.last_day == date.fromisoformat(last)
