"""What the system puts on an agenda is read in the reader's language, whoever made it happen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation
from tests.cast import Cast
from tests.meetings.acts import AT, convened, eye, proposed, titles, whole

from fanal.access.services import acting_as
from fanal.bodies.rules import Due
from fanal.meetings import queries, services
from fanal.meetings.services import dues
from fanal.progress import queries as progress

TITLES = {"fr": "Approbation", "nl": "Goedkeuring", "de": "Genehmigung", "en": "Approval"}


def test_it_is_read_in_four_languages_and_found_in_each(cast: Cast) -> None:
    with translation.override("nl"):
        item = proposed(replace(cast.secretary, language="nl"), TITLES["nl"], titles=TITLES)
    meeting = convened(cast.secretary)
    for language, words in TITLES.items():
        with translation.override(language):
            assert titles(cast.chair, meeting.reference) == [words]
            with acting_as(cast.chair):
                assert queries.items(eye(cast.chair), text=words).get().heading == words
    with acting_as(cast.secretary), translation.override("fr"):
        values = {"by": cast.secretary, "reference": item.reference, "aim": "decision", "at": AT}
        services.amend(title="Approbation", text="Avec remarques.", **values)
    with translation.override("de"):
        assert titles(cast.chair, meeting.reference) == ["Genehmigung"]
    with acting_as(cast.secretary):
        services.amend(title="My own words", **values)
    with translation.override("de"):
        assert titles(cast.chair, meeting.reference) == ["My own words"]


def test_what_is_sent_to_the_other_body_keeps_its_languages(cast: Cast) -> None:
    proposed(cast.secretary, TITLES["en"], titles=TITLES)
    meeting = convened(cast.secretary, days=1)
    (line,) = [each for each in whole(cast.secretary, meeting.reference) if each.title == "Approval"]
    with acting_as(cast.secretary):
        services.settle(
            by=cast.secretary,
            point_id=line.point_id,
            outcome="sent",
            to_body="cell",
            at=AT + timedelta(days=1),
        )
    there = convened(cast.secretary, body="cell", days=20)
    with translation.override("fr"):
        assert titles(cast.secretary, there.reference) == ["Approbation"]


def test_what_is_due_is_made_in_every_language(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    due = Due(
        kind="measure", key="m-1", title="plan 1.1 Lamps", url="/", due_on=None, reason="late",
        titles={"fr": "plan 1.1 Lampes", "nl": "plan 1.1 Lampen", "de": "plan 1.1 Lampen", "en": "plan 1.1 Lamps"},
    )  # fmt: skip
    monkeypatch.setattr(dues, "_followed", lambda *_given: (due,))
    meeting = convened(cast.secretary)
    with translation.override("fr"):
        assert [line.title for line in whole(cast.chair, meeting.reference)] == ["plan 1.1 Lampes"]


def test_measures_come_with_the_plan_before_their_number(cast: Cast) -> None:
    with acting_as(cast.chair):
        found = progress.due(cast.chair, AT.date(), AT.date() + timedelta(days=90))
    assert found
    for due in found:
        assert set(due.titles) == {"fr", "nl", "de", "en"}
        assert due.title in due.titles.values()
        plan, number, *_words = due.title.split(" ")
        assert due.key.startswith(plan) or plan
        assert number[0].isdigit()
