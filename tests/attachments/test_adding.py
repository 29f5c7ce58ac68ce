"""From the file as it came to the working copy: added, read in the cage, opened, copied."""

import hashlib
import io
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from PIL import Image
from tests.attachments.conftest import Attach, photo
from tests.cast import Cast

from fanal.access import vault
from fanal.access.services import acting_as
from fanal.alerts.models import Alert
from fanal.attachments import queries, services
from fanal.attachments.models import Attachment, Conversion, Piece, State
from fanal.audit.models import Entry
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal

pytestmark = pytest.mark.django_db


@pytest.mark.asvs("5.3.2")
def test_a_photo_is_sealed_read_and_opened(cast: Cast, alert: Alert, attach: Attach, now: datetime) -> None:
    data, by = photo(), cast.officer
    added = attach(data, "C:\\Noor \u202egpj.exe.jpg")
    assert services.convert(attachment_id=added.id, at=now) is State.READY
    with acting_as(by):
        sheet = services.consult(by=by, attachment_id=added.id, at=now)
        assert (sheet.line.name, sheet.line.media, sheet.line.pages) == ("Noor gpj.exe.jpg", "jpeg", 1)
        assert sheet.line.sha256 == hashlib.sha256(data).hexdigest()
        assert set(sheet.line.removed) == {"metadata", "position"}
        original = services.download(by=by, attachment_id=added.id, original=True, purpose="protect", at=now)
        assert original.content == data
        assert original.name == f"{alert.reference}-01.jpg"
        copy = services.download(by=by, attachment_id=added.id, original=False, at=now)
        assert b"CANARY-PHONE" in data
        assert b"CANARY-PHONE" not in copy.content
        assert not Image.open(io.BytesIO(copy.content)).getexif()
        picture = services.preview(by=by, attachment_id=added.id, page=1, at=now)
        assert Image.open(io.BytesIO(picture.content)).format == "PNG"
        traced = list(
            Entry.objects.filter(compartment_id=alert.compartment_id, act__startswith="attachments.")
            .order_by("at", "id")
            .values_list("act", "verb", "purpose")
        )
    assert ("attachments.original", "disclose", "protect") in traced
    assert [line[:2] for line in traced] == [
        ("attachments.add", "collect"), ("attachments.consult", "consult"), ("attachments.original", "disclose"),
        ("attachments.copy", "consult"), ("attachments.preview", "consult"),
    ]  # fmt: skip


@pytest.mark.asvs("5.3.1")
def test_nothing_of_a_file_lies_in_clear(cast: Cast, attach: Attach, now: datetime) -> None:
    data = b"The canary sings in the harbour.\n" * 40_000
    added = attach(data, "canary of Noor.txt")
    services.convert(attachment_id=added.id, at=now)
    with acting_as(cast.officer):
        assert Piece.objects.count() > 8, "several pieces"
        everything = b"".join(
            bytes(column)
            for table in ("attachments_attachment", "attachments_piece")
            for column in _bytes_of(table)
        )
    assert b"canary" not in everything
    assert hashlib.sha256(data).digest() not in everything


def _bytes_of(table: str) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT convert_to({table}::text, 'UTF8') || sealed FROM {table}")  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.asvs("11.3.3")
def test_a_piece_that_was_moved_or_left_out_is_a_fault(cast: Cast, attach: Attach, now: datetime) -> None:
    added = attach(b"0123456789abcdef\n" * 60_000, "long.txt")
    services.convert(attachment_id=added.id, at=now)
    by = cast.officer
    with acting_as(by):
        last = Piece.objects.filter(attachment_id=added.id, part="copy").order_by("-number").first()
        assert last is not None
        assert last.number > 0
        last.delete()
        with pytest.raises(InvalidTag):
            services.download(by=by, attachment_id=added.id, original=False, at=now)


@pytest.mark.asvs("5.2.1")
@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b"MZ" + bytes(99), "not_on_the_list"), (b" <SVG onload=x>", "not_on_the_list"),
     (bytes(25 * 1024**2 + 1), "too_large")],
)  # fmt: skip
def test_refused_at_the_door(attach: Attach, data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        attach(data)
    assert refused.value.code == code
    assert str(refused.value.message)


def test_a_reader_adds_nothing_and_a_stranger_finds_nothing(
    cast: Cast, alert: Alert, attach: Attach, now: datetime
) -> None:
    added = attach(photo())
    with pytest.raises(NotAllowed):
        attach(photo(), by=cast.centre_worker)
    with pytest.raises(NotFound):
        attach(photo(), by=cast.outsider)
    services.convert(attachment_id=added.id, at=now)
    with acting_as(cast.centre_worker):
        assert services.download(
            by=cast.centre_worker, attachment_id=added.id, original=False, at=now
        ).content


@pytest.mark.asvs("5.2.2")
def test_a_file_that_is_refused_leaves_no_bytes(cast: Cast, attach: Attach, now: datetime) -> None:
    added = attach(photo() + b"PK\x03\x04 and so on", "double.jpg")
    assert services.convert(attachment_id=added.id, at=now) is State.REFUSED
    by = cast.officer
    with acting_as(by):
        line = services.consult(by=by, attachment_id=added.id, at=now).line
        assert (line.state, line.code) == (State.REFUSED, "two_kinds")
        assert not Piece.objects.filter(attachment_id=added.id).exists()
        with pytest.raises(Refusal):
            services.download(by=by, attachment_id=added.id, original=True, purpose="protect", at=now)


def test_what_waits_is_not_opened(cast: Cast, attach: Attach, now: datetime) -> None:
    added = attach(photo())
    with acting_as(cast.officer), pytest.raises(Refusal) as refused:
        services.download(by=cast.officer, attachment_id=added.id, original=False, at=now)
    assert refused.value.code == "not_ready"


def test_the_original_asks_for_a_purpose(cast: Cast, attach: Attach, now: datetime) -> None:
    added = attach(photo())
    services.convert(attachment_id=added.id, at=now)
    with acting_as(cast.officer), pytest.raises(Invalid) as refused:
        services.download(by=cast.officer, attachment_id=added.id, original=True, at=now)
    assert refused.value.field == "purpose"


def test_sent_twice_is_added_once(cast: Cast, attach: Attach) -> None:
    key = uuid4()
    assert attach(photo(), submission=key) == attach(photo(), submission=key)
    with acting_as(cast.officer):
        assert Attachment.objects.count() == 1


def test_read_twice_is_read_once(cast: Cast, attach: Attach, now: datetime) -> None:
    added = attach(photo())
    assert services.convert(attachment_id=added.id, at=now) is State.READY
    assert services.convert(attachment_id=added.id, at=now) is None


def test_what_a_worker_left_is_begun_again_and_given_up_in_the_end(
    cast: Cast, attach: Attach, now: datetime
) -> None:
    added = attach(photo())
    with acting_as(cast.officer):
        Conversion.objects.filter(attachment_id=added.id).update(tries=1, due_at=now + timedelta(minutes=5))
    assert services.sweep(at=now) == 0
    assert services.sweep(at=now + timedelta(minutes=6)) == 1
    other = attach(photo())
    with acting_as(cast.officer):
        Conversion.objects.filter(attachment_id=other.id).update(tries=5)
    assert services.convert(attachment_id=other.id, at=now) is State.REFUSED


def test_the_reading_is_in_the_queue_in_the_acts_own_transaction(attach: Attach) -> None:
    added = attach(photo())
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'attachment_id' FROM procrastinate_jobs WHERE queue_name = 'files'")
        assert cursor.fetchall() == [(str(added.id),)]


def test_an_erased_subject_takes_its_attachments_along(
    cast: Cast, alert: Alert, attach: Attach, now: datetime
) -> None:
    added = attach(photo())
    services.convert(attachment_id=added.id, at=now)
    by = cast.officer
    with acting_as(by):
        subjects = queries.subjects_of([alert.compartment_id])
        assert subjects
        vault.erase(subjects)
        assert services.consult(by=by, attachment_id=added.id, at=now).line.name == ""
        with pytest.raises(NotFound):
            services.download(by=by, attachment_id=added.id, original=False, at=now)
    with pytest.raises(Refusal):
        attach(photo())
