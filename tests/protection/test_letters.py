"""R-DOC-1 on everything that the procedure puts on paper, in a mailbox, in a file name or on a calendar."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader
from tests.cast import client
from tests.protection.acts import DAY, Stage, later

from fanal.access import services as access
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.countries.belgium import PACK as BELGIUM
from fanal.country.schema import DocumentKind, Ground, Move, Question
from fanal.documents.rules import FORBIDDEN_WORDS, forbidden_words
from fanal.documents.services import Letter
from fanal.errors import Invalid, NotFound
from fanal.protection import services
from fanal.protection.models import Fact, Procedure

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "nl", "de", "en")


def text_of(made: Letter) -> str:
    pages = PdfReader(io.BytesIO(made.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def letters(stage: Stage, row: Procedure, by: Member, language: str) -> dict[str, Letter]:
    """Every letter of a file that the member may make, by the kind of its fact."""
    made = {}
    with acting_as(by):
        for fact in Fact.objects.filter(procedure=row, kind__in=services.LETTERS).select_related("document"):
            about = {"by": by, "reference": row.reference, "number": fact.number, "language": language}
            made[fact.kind] = services.letter(**about, at=later(60))
            if hasattr(fact, "document"):
                made["invitation"] = services.letter(**about, invitation=True, at=later(60))
    return made


def whole_life(stage: Stage) -> Procedure:
    row = stage.in_p2()
    stage.answered(stage.asked(row, days=1, judicial_reference="HA-77/26"), days=2)
    agent = stage.cast.immigration_agent
    with acting_as(agent):
        services.refuse(
            by=agent,
            reference=row.reference,
            move="extend_first_document",
            words="The enquiry is over.",
            at=later(3),
        )
    return stage.ended(row, "G1", days=5, so={"freely": True}, order_to_leave=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_r_doc_1_no_letter_says_what_happened(stage: Stage, language: str) -> None:
    row = whole_life(stage)
    made = letters(stage, row, stage.cast.immigration_agent, language)
    assert set(made) == {"opened", "decided", "asked", "refused", "ended", "invitation"}
    for kind, letter in made.items():
        metadata = PdfReader(io.BytesIO(letter.content)).metadata
        for said in (text_of(letter), letter.filename, letter.title, str(metadata.title if metadata else "")):
            assert said
            assert forbidden_words(said, (*FORBIDDEN_WORDS, "bondage", "servage", "leibeigenschaft")) == [], (
                kind
            )
        assert row.reference in text_of(letter)
        assert "Invented" not in text_of(letter), "no letter carries a name"
        assert "Kestrel" not in text_of(letter)


def test_a_letter_says_what_was_decided(stage: Stage) -> None:
    row = whole_life(stage)
    made = letters(stage, row, stage.cast.immigration_agent, "en")
    assert "Leaf" in text_of(made["decided"])
    assert "Monday 2 March 2026" in text_of(made["decided"])
    assert "Monday 4 May 2026" in text_of(made["decided"])
    assert "HA-77/26" in text_of(made["asked"])
    assert "Tie cut?" in text_of(made["asked"])
    assert "Tuesday 10 March 2026" in text_of(made["asked"])
    assert "The enquiry is over." in text_of(made["refused"])
    assert "Back to the masters" in text_of(made["ended"])
    assert "order to leave" in text_of(made["ended"])
    assert "For the holder of the document" in text_of(made["invitation"])


def test_the_centre_gets_its_notices_and_not_the_questions(stage: Stage) -> None:
    row = whole_life(stage)
    worker = stage.cast.centre_worker
    with acting_as(worker):
        numbers = dict(Fact.objects.filter(procedure=row).values_list("kind", "number"))
        asked = {"by": worker, "reference": row.reference, "language": "fr", "at": later(60)}
        services.letter(**asked, number=numbers["ended"])
        for kind in ("asked", "statement"):
            with pytest.raises(NotFound):
                services.letter(**asked, number=numbers[kind])
    with acting_as(stage.cast.immigration_agent):
        (entry,) = Entry.objects.filter(act="protection.letter", unit_id=worker.unit_id)
        assert entry.verb == "disclose"


def test_a_stranger_gets_no_letter(stage: Stage) -> None:
    row = stage.in_p2()
    for member in (stage.cast.outsider, stage.cast.magistrate, stage.cast.other_centre_worker):
        with acting_as(member), pytest.raises(NotFound):
            services.letter(by=member, reference=row.reference, number=1, language="fr", at=later(1))


@pytest.mark.parametrize("words", ["Victim of human trafficking.", "mensenhandel", "En servage depuis mai."])
def test_r_doc_1_a_motivation_that_says_it_is_refused_before_it_is_paper(stage: Stage, words: str) -> None:
    row = stage.in_p2()
    agent = stage.cast.immigration_agent
    with acting_as(agent), pytest.raises(Invalid) as refused:
        services.refuse(by=agent, reference=row.reference, move="residence", words=words, at=later(1))
    assert (refused.value.code, refused.value.field) == ("indiscreet", "words")
    with pytest.raises(Invalid):
        stage.ended(row, days=2, words=words)


def test_r_doc_1_belgium_prints_no_dangerous_word() -> None:
    """Everything of the Belgian law that these letters print: documents, steps, grounds, questions, short names."""
    law = BELGIUM.law(DAY)
    for kind in (DocumentKind, Move, Ground, Question):
        for it in law.of(kind):
            for language in LANGUAGES:
                assert forbidden_words(it.label.get(language)) == [], f"{kind.__name__} {it.code}"


def test_r_doc_1_titles_addresses_and_file_names(stage: Stage) -> None:
    row = stage.in_p3()
    agent = client(stage.cast.immigration_agent)
    for path in ("", "deadlines/", f"{row.reference}/", f"{row.reference}/end/", f"{row.reference}/ask/"):
        answer = agent.get(f"/protection/{path}")
        title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
        assert title
        assert forbidden_words(f"{title[1]} {path}") == []
        assert "Invented" not in answer.content.decode()
    for path in ("export.csv", "export.xlsx", "deadlines/export.csv"):
        assert forbidden_words(agent.get(f"/protection/{path}")["Content-Disposition"]) == []
    answer = agent.get(f"/protection/{row.reference}/letters/1.pdf?language=nl")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{row.reference}-2026-03-02.pdf"'


def feed(stage: Stage, member: Member) -> str:
    now = timezone.now()
    with acting_as(member):
        _token, secret = access.issue_token(
            by=member, label="phone", at=now, expires_at=now + timedelta(days=1), scope="calendar"
        )
    answer = Client().get(f"/protection/deadlines/{secret}.ics")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_calendar_holds_references_and_dates_and_no_name(stage: Stage) -> None:
    row = stage.in_p3()
    content = feed(stage, stage.cast.immigration_agent)
    calendar = Calendar.from_ical(content)
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    assert f"{row.reference} · Decide what follows" in events
    assert events[f"{row.reference} · Decide what follows"].decoded("dtstart").isoformat() == "2026-07-31"
    assert forbidden_words(content) == []
    for name in ("Invented", "Kestrel"):
        assert name not in content


def test_a_calendar_address_opens_nothing_else_and_an_api_token_no_calendar(stage: Stage) -> None:
    stage.in_p2()
    assert "BEGIN:VEVENT" in feed(stage, stage.cast.immigration_agent)
    assert "BEGIN:VEVENT" not in feed(stage, stage.cast.outsider)
    assert Client().get("/protection/deadlines/fnl_nothing.ics").status_code == 404
    agent, now = stage.cast.immigration_agent, timezone.now()
    with acting_as(agent):
        _t, calendar_secret = access.issue_token(
            by=agent, label="x", at=now, expires_at=now + timedelta(days=1), scope="calendar"
        )
        _t, api_secret = access.issue_token(by=agent, label="x", at=now, expires_at=now + timedelta(days=1))
    bearer = Client(headers={"Authorization": f"Bearer {calendar_secret}"})
    assert bearer.get("/api/protection/deadlines").status_code == 401
    assert Client().get(f"/protection/deadlines/{api_secret}.ics").status_code == 404
