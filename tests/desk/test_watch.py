"""Who opens many files outside her work is found within a minute, and told to those whom it concerns, once."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.utils import timezone
from tests.cast import Cast, api, client

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.audit import services as audit
from fanal.audit.models import Entry, Finding
from fanal.audit.services import Verb
from fanal.desk.services import watch
from fanal.notify import services as notify
from fanal.notify.models import Message

pytestmark = pytest.mark.django_db
FILES = 6  # testland tells from six files on, twice the usual


def opened(
    by: Member,
    owner: Member,
    count: int,
    at: datetime,
    *,
    verb: Verb = Verb.CONSULT,
    files: list[UUID] | None = None,
) -> list[UUID]:
    """So many files of one owner, each opened (or whatever it was) once."""
    files = files or [uuid4() for _nth in range(count)]
    with acting_as(by):
        for nth, file in enumerate(files):
            audit.record(
                by=by, verb=verb, act="alerts.consult", at=at - timedelta(seconds=nth), compartment_id=file,
                owner_unit_id=owner.unit_id, reference=f"A-7F3K-9QX{nth}" if nth < 10 else "",
            )  # fmt: skip
    return files


def refused(by: Member, count: int, at: datetime, code: str = "not_found") -> None:
    with acting_as(by):
        for _nth in range(count):
            audit.record(by=by, verb=Verb.REFUSED, act="GET alerts:alert", at=at, facts={"code": code})


def findings(of: Member) -> list[Finding]:
    with acting_as(of):
        return list(Finding.objects.order_by("at"))


def test_many_files_outside_ones_work_are_told_to_the_owner_and_to_who_watches(cast: Cast) -> None:
    now = timezone.now()
    files = opened(cast.outsider, cast.centre_worker, FILES, now)
    opened(cast.outsider, cast.magistrate, 1, now)
    assert watch(at=now) == 3
    (owner,), (other,), (watcher,) = (
        findings(member) for member in (cast.centre_worker, cast.magistrate, cast.data_protection_officer)
    )
    assert (owner.count, set(owner.files), owner.person_id) == (FILES, set(files), cast.outsider.person_id)
    assert (other.count, len(other.files)) == (1, 1), "of the files of others an owner is told nothing"
    assert (watcher.count, watcher.files) == (FILES + 1, []), "who watches learns how much, not what"
    assert owner.reference == other.reference == watcher.reference
    told = set(Message.objects.filter(kind="audit.unusual").values_list("unit_id", flat=True))
    assert told == {cast.centre_worker.unit_id, cast.magistrate.unit_id, cast.data_protection_officer.unit_id}
    assert findings(cast.outsider) == [], "who is watched is not told"


def test_it_is_told_once_and_again_only_after_the_stretch_of_time(cast: Cast) -> None:
    now = timezone.now()
    opened(cast.outsider, cast.centre_worker, FILES, now)
    assert watch(at=now) == 2
    assert watch(at=now) == watch(at=now + timedelta(minutes=1)) == 0
    later = now + timedelta(minutes=61)
    opened(cast.outsider, cast.centre_worker, 30, later)
    assert watch(at=later) == 2


@pytest.mark.parametrize("count", [FILES - 1, 0])
def test_few_files_are_nobodys_business(cast: Cast, count: int) -> None:
    now = timezone.now()
    opened(cast.outsider, cast.centre_worker, count, now) if count else None
    assert watch(at=now) == 0


def test_the_same_file_many_times_is_one_file(cast: Cast) -> None:
    now = timezone.now()
    opened(cast.outsider, cast.centre_worker, 0, now, files=[uuid4()] * 30)
    assert watch(at=now) == 0


def test_files_that_somebody_works_on_are_not_counted(cast: Cast) -> None:
    now = timezone.now()
    mine = opened(cast.officer, cast.officer, FILES + 3, now - timedelta(days=5), verb=Verb.COLLECT)
    opened(cast.officer, cast.officer, 0, now, files=mine)
    opened(cast.officer, cast.centre_worker, FILES - 1, now)
    assert watch(at=now) == 0, "together they would be many"


def test_files_of_ones_own_unit_on_which_one_never_worked_are_told_to_who_watches(cast: Cast) -> None:
    now = timezone.now()
    opened(cast.outsider, cast.outsider, FILES, now)
    assert watch(at=now) == 1
    assert len(findings(cast.data_protection_officer)) == 1
    assert findings(cast.outsider) == []


def test_what_is_usual_for_somebody_is_not_told_until_the_ceiling(cast: Cast) -> None:
    now = timezone.now()
    for day in range(1, 8):
        opened(cast.outsider, cast.centre_worker, 5, now - timedelta(days=day, minutes=30))
    opened(cast.outsider, cast.centre_worker, 10, now)  # twice the usual, and no more than that
    assert watch(at=now) == 0
    opened(cast.outsider, cast.centre_worker, 1, now)
    assert watch(at=now) == 2


def test_many_refusals_are_told_to_who_watches_alone(cast: Cast) -> None:
    now = timezone.now()
    refused(cast.outsider, 4, now)
    refused(cast.outsider, 9, now, code="unknown_code")  # a form that was filled in badly
    assert watch(at=now) == 0
    refused(cast.outsider, 1, now, code="not_allowed")
    assert watch(at=now) == 1
    (found,) = findings(cast.data_protection_officer)
    assert (found.kind, found.count, found.acts) == ("refusals", 5, {"GET alerts:alert": 5})


def test_a_finding_reaches_its_readers_by_mail_without_saying_what(cast: Cast) -> None:
    now = timezone.now()
    opened(cast.outsider, cast.centre_worker, FILES, now)
    watch(at=now)
    notify.deliver(at=now)
    to = {address for each in mail.outbox for address in each.to}
    assert "data_protection_officer@testland.example" in to
    assert "outsider@testland.example" not in to
    assert "Outsider" not in "".join(each.body for each in mail.outbox)


def test_the_pages_show_each_reader_what_is_hers(cast: Cast) -> None:
    now = timezone.now()
    (file, *_) = opened(cast.outsider, cast.centre_worker, FILES, now)
    opened(cast.outsider, cast.magistrate, 1, now)
    watch(at=now)
    owner = client(cast.centre_worker).get("/unusual/").content.decode()
    assert "Outsider" in owner
    assert "6 files opened" in owner
    assert f"/files/{file}/trace/" in owner
    watcher = client(cast.data_protection_officer).get("/unusual/").content.decode()
    assert "7 files opened" in watcher
    assert "/trace/" not in watcher
    assert "A-7F3K" not in watcher
    for stranger in (cast.outsider, cast.other_centre_worker, cast.officer):
        assert "Nothing unusual" in client(stranger).get("/unusual/").content.decode()
    items = api(cast.centre_worker).get("/api/desk/unusual").json()["items"]
    assert (items[0]["count"], len(items[0]["traces"])) == (6, 6)
    for nobody in (cast.coordinator, cast.administrator, cast.supervisory_authority):
        assert client(nobody).get("/unusual/").status_code == 403
    home = client(cast.centre_worker).get("/").content.decode()
    assert f"/unusual/#{items[0]['reference']}" in home


def test_counts_are_of_the_house_one_watches_over_and_name_nobody(cast: Cast) -> None:
    now = timezone.now()
    opened(cast.officer, cast.centre_worker, 4, now)
    opened(cast.centre_worker, cast.centre_worker, 3, now, verb=Verb.ALTER)
    refused(cast.officer, 2, now)
    lines = api(cast.data_protection_officer).get("/api/desk/acts").json()
    assert {line["unit"] for line in lines} == {"Watch Harbour", "Night watch, Watch"}
    own = {(line["verb"], line["acts"]) for line in lines if line["unit"] == "Watch Harbour"}
    assert own == {("consulted", 4), ("was refused", 2)}
    everything = api(cast.supervisory_authority).get("/api/desk/acts").json()
    assert ("changed", 3, 3) in {(line["verb"], line["acts"], line["files"]) for line in everything}
    page = client(cast.data_protection_officer).get("/acts/").content.decode()
    assert "consulted" in page
    assert "Officer" not in page.replace("Data protection officer", "")
    for nobody in (cast.officer, cast.administrator, cast.coordinator):
        assert client(nobody).get("/acts/").status_code == 403
        assert api(nobody).get("/api/desk/acts").status_code == 403


def test_the_database_alone_counts_for_nobody_else(cast: Cast) -> None:
    from fanal.audit.queries import counts

    now = timezone.now()
    opened(cast.officer, cast.centre_worker, 4, now)
    for member in (cast.officer, cast.centre_worker, cast.administrator):
        with acting_as(member):
            assert counts(since=now - timedelta(days=1), until=now + timedelta(days=1)) == []


@pytest.mark.parametrize(
    "period", [{"begins": "02.03.2026", "ends": "01.03.2026"}, {"begins": "01.01.2020", "ends": "1.3.2026"}]
)
def test_a_period_that_cannot_be_is_refused_in_words(cast: Cast, period: dict[str, str]) -> None:
    answer = client(cast.data_protection_officer).get("/acts/", period)
    assert answer.status_code == 422
    assert period["begins"] in answer.content.decode()


@pytest.mark.parametrize("path", ["/unusual/", "/acts/"])
def test_reading_what_is_watched_leaves_one_line_an_hour(cast: Cast, path: str) -> None:
    browser = client(cast.data_protection_officer)
    for _nth in range(3):
        assert browser.get(path).status_code == 200
    with acting_as(cast.data_protection_officer):
        assert Entry.objects.filter(membership_id=cast.data_protection_officer.membership_id).count() == 1


def test_reading_the_trace_of_a_file_is_in_it_once_an_hour(cast: Cast) -> None:
    now = timezone.now()
    (file,) = opened(cast.centre_worker, cast.officer, 1, now)
    from fanal.access import services as access
    from fanal.access.services import Kind

    with acting_as(cast.officer):
        file = access.open_compartment(by=cast.officer, kind=Kind.ALERT, at=now).id
    browser = client(cast.officer)
    for _nth in range(3):
        page = browser.get(f"/files/{file}/trace/").content.decode()
    api(cast.officer).get(f"/api/desk/files/{file}/trace")
    assert "desk.read_trace" in page
    with acting_as(cast.officer):
        assert Entry.objects.filter(compartment_id=file, act="desk.read_trace").count() == 1
