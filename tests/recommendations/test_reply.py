"""The reply to a body: what is held stands in it, what is missing is said, in four formats."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast, client
from tests.recommendations.conftest import Recorder

from fanal.access.services import acting_as
from fanal.documents.publish import read_docx
from fanal.errors import Invalid, NotFound
from fanal.recommendations import services


@pytest.fixture
def cycle(
    recorded: Recorder, cast: Cast, now: datetime, measure_key: str, decision_number: str
) -> tuple[str, str]:
    """Two recommendations of one document: one with everything, one with nothing."""
    full, empty = (
        recorded("Count better", paragraph="1"),
        recorded("Fund the houses", paragraph="2", theme="funding"),
    )
    with acting_as(cast.secretary):
        services.add_answer(by=cast.secretary, number=full.number, kind="measure", key=measure_key, at=now)
        services.add_answer(
            by=cast.secretary, number=full.number, kind="decision", key=decision_number, at=now
        )
        services.add_answer(
            by=cast.secretary, number=full.number, kind="evidence", words="The table of 2020",
            link="https://example.org/t", at=now,
        )  # fmt: skip
    with acting_as(cast.chair):
        services.state_position(
            by=cast.chair, number=full.number, position="accepted", reason="We count <better>.",
            stated_on=timezone.localdate(now), at=now,
        )  # fmt: skip
    return full.number, empty.number


def test_what_is_held_stands_in_it_and_what_is_missing_is_said(
    cycle: tuple[str, str], cast: Cast, now: datetime, measure_key: str, decision_number: str
) -> None:
    full, empty = cycle
    with acting_as(cast.secretary):
        made = services.reply(
            by=cast.secretary, body="greta", document="GRETA(2013)14", language="en", format="docx", at=now
        )
        said = read_docx(made.content)
    for words in (full, empty, "We count &lt;better&gt;.", "The table of 2020", measure_key, decision_number, "yes",
                  "No position yet.", f"1 recommendation has no position yet: {empty}."):  # fmt: skip
        assert words in said, words
    with acting_as(cast.officer):
        other = services.reply(
            by=cast.officer, body="greta", document="GRETA(2013)14", language="fr", format="html", at=now
        ).content.decode()
    assert decision_number not in other
    assert "Petits" in other


@pytest.mark.parametrize(
    ("format", "start"), [("docx", b"PK\x03\x04"), ("odt", b"PK\x03\x04"), ("pdf", b"%PDF-"), ("html", b"<!")]
)
def test_four_formats_from_the_page(cycle: tuple[str, str], cast: Cast, format: str, start: bytes) -> None:
    address = reverse("recommendations:reply") + "?body=greta&document=GRETA(2013)14"
    browser = client(cast.secretary)
    page = browser.get(address).content.decode()
    assert cycle[1] in page
    made = browser.post(address, {"language": "nl", "format": format})
    assert made.content.startswith(start)
    assert f"reply-greta-2013-09-25.{format}" in made["Content-Disposition"]


def test_a_document_that_asked_nothing_is_not_found(cast: Cast, now: datetime) -> None:
    with acting_as(cast.secretary):
        with pytest.raises(NotFound):
            services.reply(by=cast.secretary, body="greta", document="X", language="en", format="pdf", at=now)
        with pytest.raises(Invalid):
            services.reply(by=cast.secretary, body="greta", document="X", language="en", format="exe", at=now)
