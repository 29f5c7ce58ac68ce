"""Through the doors: pages and API, headers of what leaves, the form sent twice, the key used twice."""

import io
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.attachments.conftest import Attach, photo
from tests.cast import Cast, api, client

from fanal.access.services import acting_as
from fanal.alerts.models import Alert
from fanal.attachments import services
from fanal.attachments.models import Attachment

pytestmark = pytest.mark.django_db


def sent(name: str = "photo.jpg", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or photo(), "text/html")


def test_a_file_is_added_followed_and_saved(cast: Cast, alert: Alert, now: datetime) -> None:
    browser = client(cast.officer)
    page = browser.get(f"/alerts/{alert.reference}/")
    add = f"/attachments/alert/{alert.id}/"
    assert add in page.content.decode()
    assert 'capture="environment"' in browser.get(add).content.decode()
    answer = browser.post(add, {"file": sent("Noor's photo.jpg"), "submission": str(uuid4())})
    assert answer.status_code == 302
    shown = browser.get(answer.url)  # type: ignore[attr-defined]
    assert "every 2s" in shown.content.decode()
    fragment = browser.get(f"{answer.url}progress/")  # type: ignore[attr-defined]
    assert "HX-Refresh" not in fragment.headers
    attachment_id = UUID(answer.url.split("/")[-2])  # type: ignore[attr-defined]
    services.convert(attachment_id=attachment_id, at=now.max.replace(tzinfo=now.tzinfo, year=2100))
    assert browser.get(f"{answer.url}progress/").headers["HX-Refresh"] == "true"  # type: ignore[attr-defined]
    shown = browser.get(answer.url)  # type: ignore[attr-defined]
    words = shown.content.decode()
    assert "Noor&#x27;s photo.jpg" in words
    assert "Noor" not in words.split("</title>")[0]
    assert "every 2s" not in words
    assert "the place where the photo was taken" in words
    assert f'<img class="page" src="{answer.url}1.png"' in words  # type: ignore[attr-defined]


def ready(attach: Attach, now: datetime) -> UUID:
    added = attach(photo(), "<script>alert(1)</script>.html")
    services.convert(attachment_id=added.id, at=now)
    return added.id


@pytest.mark.asvs("3.2.1", "5.4.1")
@pytest.mark.parametrize("what", ["copy/", "original/?purpose=protect", "1.png"])
def test_what_leaves_is_saved_and_never_shown(
    cast: Cast, alert: Alert, attach: Attach, now: datetime, what: str
) -> None:
    answer = client(cast.officer).get(f"/attachments/{ready(attach, now)}/{what}")
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"
    kind = "png" if what == "1.png" else "jpg"
    number = "01-1" if what == "1.png" else "01"
    assert answer["Content-Disposition"] == f'attachment; filename="{alert.reference}-{number}.{kind}"'
    assert answer["Content-Type"] == ("image/png" if kind == "png" else "image/jpeg")


def test_the_original_asks_why_first(cast: Cast, attach: Attach, now: datetime) -> None:
    browser, path = client(cast.officer), f"/attachments/{ready(attach, now)}/original/"
    assert browser.get(path).status_code == 200
    assert browser.get(path, {"purpose": ""}).status_code == 422
    assert browser.get(path, {"purpose": "protect"})["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("given", "words"),
    [({}, "Choose a file or take a photo"), ({"file": b"MZ" + bytes(70)}, "not accepted"),
     ({"file": b"x", "photo": b"y"}, "one of the two")],
)  # fmt: skip
def test_what_is_wrong_is_said(cast: Cast, alert: Alert, given: dict[str, bytes], words: str) -> None:
    files = {name: sent("a.bin", data) for name, data in given.items()}
    answer = client(cast.officer).post(f"/attachments/alert/{alert.id}/", files)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_an_empty_and_a_large_file_are_told_apart(cast: Cast, alert: Alert) -> None:
    browser, path = client(cast.officer), f"/attachments/alert/{alert.id}/"
    empty = browser.post(path, {"file": io.BytesIO(b"")})
    large = browser.post(path, {"file": sent("a.pdf", b"%PDF-" + bytes(26 * 1024**2))})
    assert "25 MB" in large.content.decode()
    assert (empty.status_code, large.status_code) == (422, 422)


def test_the_same_form_sent_twice_adds_one_file(cast: Cast, alert: Alert) -> None:
    browser, key = client(cast.officer), str(uuid4())
    answers = [
        browser.post(f"/attachments/alert/{alert.id}/", {"file": sent(), "submission": key}) for _ in range(2)
    ]
    assert answers[0].url == answers[1].url  # type: ignore[attr-defined]


def test_the_api_takes_a_file_once_under_one_key(cast: Cast, alert: Alert) -> None:
    programme, path = api(cast.officer), f"/api/attachments/alert/{alert.id}"
    data = photo(900)
    headers = {"Idempotency-Key": "k1"}
    first = programme.post(path, {"file": sent(data=data)}, headers=headers)
    again = programme.post(path, {"file": sent(data=data)}, headers=headers)
    other = programme.post(path, {"file": sent(data=data + b"\0")}, headers=headers)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    with acting_as(cast.officer):
        assert Attachment.objects.count() == 1
    listed = programme.get(path).json()
    assert [line["state"] for line in listed] == ["waiting"]


def test_a_file_above_two_megabytes_may_carry_a_key(cast: Cast, alert: Alert) -> None:
    letters = b"A long letter, invented.\n" * 150_000
    answer = api(cast.officer).post(
        f"/api/attachments/alert/{alert.id}",
        {"file": sent("a.txt", letters)},
        headers={"Idempotency-Key": "k"},
    )
    assert answer.status_code == 201


def test_the_api_reads_and_hands_out(cast: Cast, attach: Attach, now: datetime) -> None:
    attachment_id, programme = ready(attach, now), api(cast.officer)
    line = programme.get(f"/api/attachments/{attachment_id}").json()
    assert (line["state"], line["media"], line["removed"]) == ("ready", "jpeg", ["metadata", "position"])
    base = f"/api/attachments/{attachment_id}"
    assert programme.get(f"{base}/copy").status_code == 200
    assert programme.get(f"{base}/previews/1")["Content-Type"] == "image/png"
    assert programme.get(f"{base}/previews/2").status_code == 404
    assert programme.get(f"{base}/original").status_code == 422
    assert programme.get(f"{base}/original?purpose=protect").content == photo()


def test_absent_and_forbidden_are_the_same(cast: Cast, alert: Alert, attach: Attach, now: datetime) -> None:
    attachment_id = ready(attach, now)
    browser, programme = client(cast.outsider), api(cast.outsider)

    def asked(who: object, path: str) -> tuple[int, bytes, int]:
        with CaptureQueriesContext(connection) as statements:
            answer = who.get(path)  # type: ignore[attr-defined]
        return answer.status_code, answer.content, len(statements)

    nobody = UUID(int=0)
    for path in ("{}/", "{}/progress/", "{}/copy/", "{}/original/", "{}/1.png"):
        there, nowhere = (f"/attachments/{path}".format(each) for each in (attachment_id, nobody))
        asked(browser, nowhere)
        assert asked(browser, there) == asked(browser, nowhere)
        assert asked(browser, there)[0] == 404
    for path in ("{}", "{}/copy", "{}/original", "{}/previews/1"):
        there, nowhere = (f"/api/attachments/{path}".format(each) for each in (attachment_id, nobody))
        asked(programme, nowhere)
        assert asked(programme, there) == asked(programme, nowhere)
    for who, base in ((browser, "/attachments/alert/{}/"), (programme, "/api/attachments/alert/{}")):
        asked(who, base.format(nobody))
        assert asked(who, base.format(alert.id)) == asked(who, base.format(nobody))
        assert asked(who, base.format(alert.id))[0] == 404


def test_an_object_is_not_found_under_another_kind(cast: Cast, alert: Alert) -> None:
    browser = client(cast.officer)
    for kind in ("referral", "person", "request", "unknown"):
        assert browser.get(f"/attachments/{kind}/{alert.id}/").status_code == 404


def test_a_coordinator_opens_none(cast: Cast, attach: Attach, now: datetime) -> None:
    attachment_id = ready(attach, now)
    assert client(cast.administrator).get(f"/attachments/{attachment_id}/").status_code == 403
    assert client(cast.coordinator).get(f"/attachments/{attachment_id}/").status_code == 404, (
        "papers of her bodies only"
    )
