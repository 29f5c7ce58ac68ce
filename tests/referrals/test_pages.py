"""Each page: its owner, the service that is asked, a stranger, and those who read no file."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.cast import Cast, client
from tests.referrals.rows import NAME, NOW, SENT, VITAL, accepted, proposed

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.referrals.models import Referral
from fanal.referrals.rules.content import Item
from fanal.web import disclosure

pytestmark = pytest.mark.django_db

REFERRAL = ("", "accept/", "refuse/", "done/", "withdraw/", "send/", "identity/")
PERSON = ("", "change/", "ground/", "propose/centre-lantern/")
LISTS = (
    "", "export.csv", "persons/", "persons/new/", "persons/new/alone/", "places/", "places/publish/", "exceptions/",
)  # fmt: skip


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def counted() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def traced(owner: Member, act: str) -> int:
    with acting_as(owner):
        return Entry.objects.filter(act=act).count()


def pages_of(row: Referral) -> list[tuple[str, str]]:
    """Every page of a referral and of its person, each with the same page of one that does not exist."""
    none = "R-0000-0000", "M-0000-0000", "0" * 8 + "-0000-0000-0000-" + "0" * 12
    return [
        *((f"{row.reference}/{page}", f"{none[0]}/{page}") for page in REFERRAL),
        *((f"persons/{row.matter.reference}/{page}", f"persons/{none[1]}/{page}") for page in PERSON),
        (f"grounds/{row.consent_id}/end/", f"grounds/{none[2]}/end/"),
        (f"grounds/{row.consent_id}/review/", f"grounds/{none[2]}/review/"),
    ]


# Nobody else


def test_absent_and_forbidden_are_the_same_bytes_and_statements(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker, items=(*SENT, Item.IDENTITY))
    for member in (cast.outsider, cast.other_centre_worker):
        stranger = client(member)
        for page, missing in pages_of(row):
            with counted() as there:
                found = stranger.get(f"/referrals/{page}")
            with counted() as nowhere:
                nothing = stranger.get(f"/referrals/{missing}")
            if found.status_code == 403:
                assert nothing.status_code == 403, "the role has no such act at all"
                continue
            assert (found.status_code, nothing.status_code) == (404, 404), page
            assert found.content == nothing.content, page
            assert len(there) == len(nowhere), page
            posted, to_nothing = stranger.post(f"/referrals/{page}"), stranger.post(f"/referrals/{missing}")
            assert posted.status_code == to_nothing.status_code, page
            assert posted.content == to_nothing.content, page
    with acting_as(cast.officer):
        assert Referral.objects.get(pk=row.pk).version == 1


def test_the_receiver_does_not_open_the_preparation(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    receiver = client(cast.centre_worker)
    for page, _missing in pages_of(row):
        if page.startswith(("persons/", "grounds/")):
            assert receiver.get(f"/referrals/{page}").status_code == 404, page


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_those_who_read_no_file_open_no_page(cast: Cast, who: str) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    browser = client(cast.all[who])
    open_pages = {"places/"} if who == "coordinator" else set()
    for page in (*LISTS, *(page for page, _ in pages_of(row))):
        assert browser.get(f"/referrals/{page}").status_code == (200 if page in open_pages else 403), page


# Reading


def test_the_identity_is_in_no_page_of_the_receiver_unless_it_was_ticked(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    receiver = client(cast.centre_worker)
    for page in (
        "",
        f"{row.reference}/",
        f"{row.reference}/accept/",
        f"{row.reference}/refuse/",
        "export.csv",
    ):
        assert NAME not in text_of(receiver.get(f"/referrals/{page}")), page
    shown = text_of(receiver.get(f"/referrals/{row.reference}/"))
    assert "Lotus" in shown
    assert "The identity was not sent." in shown
    asked = receiver.post(f"/referrals/{row.reference}/identity/", {"purpose": "protect"})
    assert asked.status_code == 404


def test_an_identity_that_was_ticked_is_shown_for_a_purpose(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker, items=(*SENT, Item.IDENTITY))
    receiver = client(cast.centre_worker)
    assert NAME not in text_of(receiver.get(f"/referrals/{row.reference}/"))
    asked = receiver.post(f"/referrals/{row.reference}/identity/", {})
    assert asked.status_code == 422
    assert NAME not in text_of(asked)
    assert NAME in text_of(receiver.post(f"/referrals/{row.reference}/identity/", {"purpose": "protect"}))
    assert traced(cast.officer, "referrals.reveal_identity") == 1


def test_opening_is_traced_for_the_owner(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    client(cast.centre_worker).get(f"/referrals/{row.reference}/")
    with acting_as(cast.officer):
        entry = Entry.objects.get(act="referrals.read")
    assert (entry.unit_id, entry.purpose) == (cast.centre_worker.unit_id, "housing")
    assert len(entry.object_ids) == 1 + len(SENT)


def test_a_revoked_consent_is_a_404_on_the_next_request(cast: Cast) -> None:
    row = accepted(cast)
    receiver, owner = client(cast.centre_worker), client(cast.officer)
    assert receiver.get(f"/referrals/{row.reference}/").status_code == 200
    ended = owner.post(f"/referrals/grounds/{row.consent_id}/end/")
    assert ended.status_code == 302
    assert receiver.get(f"/referrals/{row.reference}/").status_code == 404
    assert row.reference not in text_of(receiver.get("/referrals/"))
    assert owner.get(f"/referrals/{row.reference}/").status_code == 200


def test_the_wall_is_said_aloud(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    assert "This file is your service’s. The Lantern sees what was sent, and nothing else." in text_of(
        client(cast.officer).get(f"/referrals/{row.reference}/")
    )
    assert "Your service sees what was sent to it, and nothing else." in text_of(
        client(cast.centre_worker).get(f"/referrals/{row.reference}/")
    )


# Lists


def test_the_list_and_its_filters(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    for member, box, shown in (
        (cast.officer, "out", True), (cast.officer, "in", False),
        (cast.centre_worker, "in", True), (cast.centre_worker, "out", False),
    ):  # fmt: skip
        page = text_of(client(member).get("/referrals/", {"box": box}))
        assert (row.reference in page) is shown
    browser = client(cast.officer)
    for query, shown in (
        ({"state": "proposed"}, True), ({"state": "done"}, False), ({"purpose": "medical"}, False),
        ({"late": "on"}, False), ({"state": "nonsense"}, True),
    ):  # fmt: skip
        assert (row.reference in text_of(browser.get("/referrals/", query))) is shown, query
    with acting_as(cast.officer):
        Referral.objects.update(due_at=NOW - timedelta(days=2))
    assert row.reference in text_of(browser.get("/referrals/", {"late": "on"}))


@pytest.mark.parametrize("page", ["", "persons/", "exceptions/", "places/"])
def test_a_list_costs_the_same_however_long_it_is(cast: Cast, page: str) -> None:
    browser = client(cast.officer)
    proposed(cast.officer, cast.centre_worker, given=VITAL)
    browser.get(f"/referrals/{page}")
    with counted() as one:
        browser.get(f"/referrals/{page}")
    for _ in range(5):
        proposed(cast.officer, cast.other_centre_worker, given=VITAL)
    with counted() as many:
        browser.get(f"/referrals/{page}")
    assert len(many) == len(one)


@pytest.mark.parametrize("page", ["referral", "person"])
def test_a_file_costs_the_same_however_much_is_in_it(cast: Cast, page: str) -> None:
    small = proposed(cast.officer, cast.centre_worker, items=[Item.SEX])
    big = proposed(cast.officer, cast.centre_worker, given=VITAL)
    proposed(cast.officer, cast.other_centre_worker, matter=big.matter, given=VITAL)
    browser = client(cast.officer)
    urls = [
        f"/referrals/{row.reference}/"
        if page == "referral"
        else f"/referrals/persons/{row.matter.reference}/"
        for row in (small, big)
    ]
    browser.get(urls[0])
    counts = []
    for url in urls:
        with counted() as statements:
            assert browser.get(url).status_code == 200
        counts.append(len(statements))
    # Motivations are sealed each under a key of its own, read together: one statement more where there is any.
    assert counts[1] - counts[0] <= (1 if page == "person" else 0)


def test_the_list_is_taken_along_and_the_trace_says_so(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    browser = client(cast.officer)
    file = browser.get("/referrals/export.csv")
    assert file["Content-Disposition"] == 'attachment; filename="referrals.csv"'
    assert row.reference in text_of(file)
    assert "Lotus" not in text_of(file)
    sheet = load_workbook(io.BytesIO(browser.get("/referrals/export.xlsx").content)).active
    assert next(cell.value for cell in list(sheet.rows)[1]) == row.reference  # type: ignore[union-attr]
    with acting_as(cast.officer):
        assert [e.object_ids for e in Entry.objects.filter(act="referrals.export")] == [[row.id]] * 2
    assert browser.get("/referrals/export.exe").status_code == 404
    with acting_as(cast.centre_worker):
        assert not Entry.objects.filter(act="referrals.export").exists(), "read by the owner alone"
    client(cast.centre_worker).get("/referrals/export.csv")
    with acting_as(cast.officer):
        taken = Entry.objects.get(act="referrals.export", unit_id=cast.centre_worker.unit_id)
    assert (taken.compartment_id, taken.reference) == (row.compartment_id, row.reference)


def test_an_export_that_is_too_long_is_refused_and_not_cut(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed(cast.officer, cast.centre_worker)
    monkeypatch.setattr(disclosure, "MOST", 0)
    refused = client(cast.officer).get("/referrals/export.csv")
    assert refused.status_code == 422
    assert "Narrow it first" in text_of(refused)
