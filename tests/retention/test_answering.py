"""The answer to a person who asks what is held of her: her language, neutral words, this unit's own files."""

import io
from datetime import datetime

import pytest
from pypdf import PdfReader
from tests.cast import api, client
from tests.house.scenario import NAME, Scenario
from tests.walls import second_wall_open

from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.documents.rules import forbidden_words
from fanal.errors import Invalid, NotFound
from fanal.retention import services
from fanal.retention.models import Answer

pytestmark = pytest.mark.django_db
TITLES = {
    "en": "Your personal data",
    "fr": "Vos données",
    "nl": "Uw persoonsgegevens",
    "de": "Ihre personenbezogenen",
}


def read(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize("language", TITLES)
def test_everything_the_unit_holds_in_her_language(scene: Scenario, now: datetime, language: str) -> None:
    by = scene.cast.centre_worker
    with acting_as(by):
        made = services.answer(
            by=by, reference=scene.request.reference, language=language, words="We met you.", at=now
        )
    said = read(made.content)
    for held in (NAME, "Noor", "Lotus", "04.05.1996", scene.request.reference, "We met you."):
        assert held in said, held
    assert TITLES[language] in said
    assert forbidden_words(said) == []
    assert PdfReader(io.BytesIO(made.content)).trailer["/Root"]["/MarkInfo"]["/Marked"], "tagged"
    assert NAME not in made.filename
    line = Entry.objects.get(act="retention.answer")
    assert (line.verb, line.facts["outcome"], line.facts["language"]) == ("disclose", "full", language)


def test_the_police_sends_her_to_the_authority(scene: Scenario, now: datetime) -> None:
    by = scene.cast.officer
    with acting_as(by):
        made = services.answer(
            by=by, reference=scene.alert.reference, person=scene.person, language="en", words=NAME, at=now
        )
    said = read(made.content)
    assert "The Eye" in said
    assert NAME not in said
    assert "Lotus" not in said


def test_a_restricted_answer_has_a_ground_and_a_reason_that_stays_in_the_house(
    scene: Scenario, now: datetime
) -> None:
    by = scene.cast.centre_worker
    asked = {"by": by, "reference": scene.request.reference, "language": "en", "at": now}
    with acting_as(by):
        with pytest.raises(Invalid) as refused:
            services.answer(**asked, restriction="obstruct")
        assert refused.value.field == "why"
        said = read(
            services.answer(**asked, restriction="obstruct", why="Her brother waits outside.").content
        )
        assert NAME not in said
        assert "brother" not in said
        row = Answer.objects.get(outcome="restricted")
        assert b"brother" not in bytes(row.sealed or b"")
        assert row.restriction == "obstruct"


def test_a_word_that_may_not_stand_on_paper_is_read_out(scene: Scenario, now: datetime) -> None:
    by = scene.cast.centre_worker
    with acting_as(by):
        made = services.answer(
            by=by, reference=scene.request.reference, language="en", words="Victim of trafficking.", at=now
        )
    said = read(made.content)
    assert "trafficking" not in said
    assert "reads this to you" in said


def test_only_the_owner_answers(scene: Scenario, now: datetime) -> None:
    for stranger in (scene.cast.outsider, scene.cast.magistrate):
        with acting_as(stranger), pytest.raises(NotFound):
            services.answer(by=stranger, reference=scene.request.reference, language="en", at=now)
    with second_wall_open():
        before = Answer.objects.count()
    with acting_as(scene.cast.centre_worker), pytest.raises(Invalid):
        services.answer(by=scene.cast.centre_worker, reference=scene.request.reference, language="xx", at=now)
    with second_wall_open():
        assert Answer.objects.count() == before


def test_page_and_api_hand_out_the_same_paper(scene: Scenario) -> None:
    by, reference = scene.cast.centre_worker, scene.request.reference
    page = client(by).post(f"/retention/{reference}/answer/", {"language": "nl"})
    assert page["Content-Type"] == "application/pdf"
    assert NAME in read(page.content)
    answer = api(by).post(
        f"/api/retention/{reference}/answer", {"language": "nl"}, content_type="application/json"
    )
    assert answer.status_code == 200
    assert NAME in read(answer.content)
