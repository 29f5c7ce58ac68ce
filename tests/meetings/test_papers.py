"""The agenda as a file: for its reader, and without a trace of what is not for her."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from tests.cast import Cast, api, client
from tests.meetings.acts import DAY, convened, proposed

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.errors import Invalid, NotFound
from fanal.meetings import services
from fanal.meetings.models import Item, Meeting

pytestmark = pytest.mark.urls("fanal.config.urls")
NOW = timezone.now()
CANARY, PAPER = "Zeppelinwaffles", "Quietmarmalade"


def _zipped(content: bytes) -> str:
    """Every part of a word processor's file, so that nothing hides in its properties."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def _pdf(content: bytes) -> str:
    book = PdfReader(io.BytesIO(content))
    return "".join(page.extract_text() for page in book.pages) + str(book.metadata)


TEXT: dict[str, Callable[[bytes], str]] = {"pdf": _pdf, "docx": _zipped, "odt": _zipped}


def paper(member: Member, reference: str, format: str, **more: str) -> bytes:
    with acting_as(member):
        return services.paper(by=member, reference=reference, format=format, at=NOW, **more).content


def restricted(cast: Cast, ordinary: Item, meeting: Meeting) -> Item:
    """An item for the chair alone on the agenda, and a paper for the chair alone on the ordinary item."""
    with acting_as(cast.rapporteur):
        seats = [bodies.demand_seat("bureau", cast.chair, NOW.date()).id]
    item = proposed(cast.rapporteur, CANARY, text=CANARY, seats=seats, meeting=meeting.reference, at=NOW)
    with acting_as(cast.rapporteur):
        services.annex(
            by=cast.rapporteur, reference=ordinary.reference, title=PAPER, name=f"{PAPER}.txt", data=b"for few",
            seats=seats, at=NOW,
        )  # fmt: skip
    return item


def test_the_named_read_it_and_the_others_receive_the_same_bytes_as_without_it(cast: Cast) -> None:
    ordinary = proposed(cast.representative, "The leaflet", text="New words.\n\nNew pictures.", at=NOW)
    meeting = convened(cast.chair, at=NOW)
    before = {format: paper(cast.representative, meeting.reference, format) for format in TEXT}
    item = restricted(cast, ordinary, meeting)
    for format, words in TEXT.items():
        hers = paper(cast.representative, meeting.reference, format)
        assert hers == before[format], format
        assert "The leaflet" in words(hers), format
        assert not {each for each in (CANARY, PAPER, item.reference) if each in words(hers)}, format
        named = words(paper(cast.chair, meeting.reference, format))
        assert {each for each in (CANARY, PAPER, item.reference) if each in named} == {
            CANARY, PAPER, item.reference,
        }, format  # fmt: skip


def test_both_doors_give_the_file_under_its_reference(cast: Cast) -> None:
    proposed(cast.representative, "The leaflet", at=NOW)
    meeting = convened(cast.chair, at=NOW)
    browser = client(cast.representative)
    page = browser.get(reverse("meetings:meeting", args=[meeting.reference])).content.decode()
    for format in TEXT:
        address = reverse("meetings:printed", args=[meeting.reference, format])
        assert f'href="{address}"' in page
    answer = browser.get(reverse("meetings:printed", args=[meeting.reference, "odt"]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{meeting.reference}.odt"'
    assert "The leaflet" in _zipped(answer.content)
    called = api(cast.representative).get(f"/api/meetings/{meeting.reference}/paper/html?language=nl")
    assert 'lang="nl-BE"' in called.content.decode()
    assert (
        client(cast.outsider).get(reverse("meetings:printed", args=[meeting.reference, "pdf"])).status_code
        == 404
    )


def test_what_it_refuses(cast: Cast) -> None:
    meeting = convened(cast.chair, at=NOW)
    with pytest.raises(Invalid) as refused:
        paper(cast.chair, meeting.reference, "exe")
    assert refused.value.code == "format"
    with pytest.raises(Invalid) as refused:
        paper(cast.chair, meeting.reference, "pdf", language="tlh")
    assert refused.value.code == "unknown_language"
    with pytest.raises(NotFound):
        paper(cast.outsider, meeting.reference, "pdf")


def test_a_cancelled_and_an_empty_agenda_are_printed_too(cast: Cast) -> None:
    meeting = convened(cast.secretary, body="cell", at=NOW)
    with acting_as(cast.secretary):
        services.cancel(by=cast.secretary, reference=meeting.reference, why="Snow.", at=NOW + DAY)
    assert "cancelled" in paper(cast.secretary, meeting.reference, "html").decode()
