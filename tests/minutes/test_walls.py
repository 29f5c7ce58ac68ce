"""What is written of a restricted item stands nowhere but before the seats that it names; each wall holds alone."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import Error, connection, transaction
from django.utils import timezone
from pypdf import PdfReader
from tests.cast import api, client
from tests.minutes.conftest import CANARY, Scene, decided
from tests.walls import second_wall_open

from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.documents.publish import Format
from fanal.minutes import queries, services
from fanal.minutes.models import Action, Ballot, Minutes, Note, Outcome, Remark, Version, Vote
from fanal.notify import services as notify
from fanal.notify.models import Message

TABLES = (Note, Version, Outcome, Ballot, Vote, Action, Remark)


@pytest.fixture
def told(session: Scene) -> Scene:
    """Everything that can be said is said of the restricted item, with the canary in it, and the draft goes round."""
    secretary, rapporteur = session.cast.secretary, session.cast.rapporteur
    voting = {seat.id: "yes" for seat in session.seats.values() if seat.votes}
    where = {"reference": session.reference, "item_id": session.secret}
    with acting_as(secretary):
        services.save_note(by=secretary, words=f"{CANARY} in a note", base=0, at=timezone.now(), **where)
        services.add_action(
            by=secretary, text=f"{CANARY} to do", unit_id=secretary.unit_id, at=timezone.now(), **where
        )
        services.conclude(
            by=secretary, at=timezone.now(), **where,
            outcome=decided(
                session, secretary, session.secret, way="vote", votes=voting, text=f"{CANARY} is decided"
            ),
        )  # fmt: skip
        services.save_note(
            by=secretary, words="Open words", base=0, at=timezone.now(), reference=session.reference,
            item_id=session.first,
        )  # fmt: skip
        services.close_session(by=secretary, reference=session.reference, at=timezone.now())
        services.circulate(by=secretary, reference=session.reference, at=timezone.now())
    with acting_as(rapporteur):
        services.remark(by=rapporteur, text=f"{CANARY} is remarked", at=timezone.now(), **where)
    return session


def pages(scene: Scene) -> Iterator[str]:
    base = f"/minutes/{scene.reference}"
    yield from (
        "/",
        "/minutes/",
        f"{base}/",
        f"{base}/remark/",
        "/minutes/written/",
        "/decisions/",
        "/meetings/",
    )
    yield from (f"{base}/items/{scene.first}/", f"{base}/items/{scene.secret}/")
    yield f"/decisions/?q={CANARY[:-2]}"
    yield f"/minutes/?q={CANARY[:-2]}&body=bureau"


def text_of(name: str, content: bytes) -> str:
    if name == Format.PDF:
        return "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(content)).pages)
    if name == Format.HTML:
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        return "".join(
            box.read(each).decode(errors="ignore") for each in box.namelist() if each.endswith(".xml")
        )


@pytest.mark.parametrize("other", ["representative", "correspondent", "coordinator"])
def test_no_page_and_no_file_says_a_word_of_it(told: Scene, other: str) -> None:
    member = getattr(told.cast, other)
    browser = client(member)
    for address in pages(told):
        answer = browser.get(address)
        assert CANARY not in answer.content.decode(), address
    found = f"/minutes/{told.reference}/"
    assert found not in browser.get(f"/minutes/?q={CANARY[:-2]}").content.decode()
    assert found in browser.get("/minutes/?q=open+WORD").content.decode()
    assert found in client(told.cast.rapporteur).get(f"/minutes/?q={CANARY[:-2]}").content.decode()
    assert browser.get(f"/minutes/{told.reference}/items/{told.secret}/").status_code == 404
    assert browser.get(f"/minutes/{told.reference}/items/{told.secret}/paper/pdf/").status_code == 404
    assert CANARY not in api(member).get(f"/api/minutes/{told.reference}").content.decode()
    with acting_as(member):
        made = services.paper(by=member, reference=told.reference, format="html", at=timezone.now())
    said = text_of("html", made.content)
    assert CANARY not in said
    assert "Open words" in said


@pytest.mark.parametrize("format", ["pdf", "docx", "odt"])
def test_each_format_is_made_for_its_reader(told: Scene, format: str) -> None:
    found = {}
    for name in ("representative", "rapporteur"):
        member = getattr(told.cast, name)
        with acting_as(member):
            made = services.paper(by=member, reference=told.reference, format=format, at=timezone.now())
        assert made.name == f"{told.reference}.{format}"
        found[name] = text_of(format, made.content)
    assert CANARY not in found["representative"]
    assert CANARY in found["rapporteur"]
    assert "Open words" in found["representative"]


def test_those_it_names_read_it_and_an_extract_of_it(told: Scene) -> None:
    rapporteur = told.cast.rapporteur
    browser = client(rapporteur)
    page = browser.get(f"/minutes/{told.reference}/").content.decode()
    for words in ("in a note", "to do", "is decided", "is remarked"):
        assert f"{CANARY} {words}" in page
    extract = browser.get(f"/minutes/{told.reference}/items/{told.secret}/paper/html/")
    assert CANARY in extract.content.decode()
    assert CANARY not in extract["Content-Disposition"]


def test_the_room_never_sees_it(session: Scene) -> None:
    secretary = session.cast.secretary
    with acting_as(secretary):
        services.save_note(
            by=secretary, reference=session.reference, item_id=session.secret, words=f"{CANARY} in a note",
            base=0, at=timezone.now(),
        )  # fmt: skip
    browser = client(secretary)
    assert CANARY in browser.get(f"/minutes/{session.reference}/").content.decode()
    assert CANARY not in browser.get(f"/minutes/{session.reference}/room/").content.decode()


def test_mail_and_trace_say_references_only(told: Scene) -> None:
    kinds = set(Message.objects.filter(reference=told.reference).values_list("kind", flat=True))
    assert "minutes.circulated" in kinds
    notify.deliver(at=timezone.now())
    assert mail.outbox
    assert all(CANARY not in f"{each.subject}{each.body}" for each in mail.outbox)
    with acting_as(told.cast.secretary):
        entries = list(Entry.objects.filter(act__startswith="minutes."))
    assert {"minutes.save_note", "minutes.conclude", "minutes.close_ballot"} <= {each.act for each in entries}
    assert all(CANARY not in str(each.facts) for each in entries)


def test_each_wall_holds_alone(told: Scene) -> None:
    member, walls = told.cast.representative, _secret(told)
    with acting_as(member):
        for table in TABLES:
            assert not table.objects.filter(compartment_id__in=walls).exists(), table
    with second_wall_open():
        assert all(table.objects.filter(compartment_id__in=walls).exists() for table in TABLES)
        sheet = queries.sheet(told.reference, queries.sight(member, timezone.now()), timezone.now())
        assert told.secret not in [each.line.item_id for each in sheet.items]
        assert CANARY not in str([(each.text, each.actions, each.remarks) for each in sheet.items])


def _secret(scene: Scene) -> list[object]:
    with second_wall_open():
        return list(Note.objects.filter(item=scene.secret).values_list("compartment_id", flat=True))


def test_approved_minutes_are_changed_by_nobody(told: Scene) -> None:
    secretary = told.cast.secretary
    with second_wall_open():
        Remark.objects.update(taken=True, answered_at=timezone.now(), answered_by=secretary.person_id)
        Minutes.objects.update(
            state="approved",
            approved_at=timezone.now(),
            approved_by=secretary.person_id,
            approved_in="TAB-2026-02",
        )
    tries = [
        f"UPDATE {table._meta.db_table} SET item = gen_random_uuid()"  # noqa: S608
        for table in (Note, Outcome, Ballot, Remark)
    ]
    tries += [
        "UPDATE minutes_minutes SET state = 'draft', approved_at = NULL, approved_by = NULL",
        "UPDATE minutes_minutes SET held_on = held_on + 1",
        "UPDATE minutes_presence SET who = 'somebody else'",
        "UPDATE minutes_action SET text = 'another'",
        "UPDATE minutes_vote SET choice = 'no'",
        "UPDATE minutes_version SET text = 'another'",
        "DELETE FROM minutes_version",
        "DELETE FROM minutes_outcome",
        "DELETE FROM minutes_vote",
    ]
    for statement in tries:
        with second_wall_open(), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with second_wall_open(), connection.cursor() as cursor:
        cursor.execute("UPDATE minutes_action SET done_at = now(), done_by = gen_random_uuid()")
        assert cursor.rowcount > 0
        cursor.execute("UPDATE minutes_note SET acl = acl")
