"""A file opened in an emergency: to one person, for an hour, told, reviewed; and nothing else behind it."""

from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.alerts.conftest import report
from tests.cast import Cast, api, client, join, load

from fanal.access.context import set_units
from fanal.access.models import Compartment, Glass
from fanal.access.models import Kind as Compartments
from fanal.access.queries import memberships
from fanal.access.rules import Member, Permission, Role
from fanal.access.services import acting_as, sweep_grants
from fanal.accounts import queries, services
from fanal.alerts import services as alerts
from fanal.alerts.models import Alert
from fanal.audit.models import Entry
from fanal.directory.models import Unit
from fanal.errors import NotAllowed, NotFound
from fanal.notify.models import Message

pytestmark = pytest.mark.django_db
WHY = "She called from the station and gave this reference."


def an_alert(by: Member, at: datetime) -> Alert:
    with acting_as(by):
        return alerts.record(by=by, report=report(), at=at)


def broken(by: Member, reference: str, at: datetime) -> Glass:
    with acting_as(by):
        opened = services.break_glass(by=by, reference=reference, reason=WHY, at=at)
        return Glass.objects.get(pk=opened.glass_id)


def opened_by(member: Member) -> bool:
    with acting_as(member):
        return Glass.objects.exists()


def now_acting(by: Member) -> Member:
    """The member as her next request makes her."""
    from fanal.access.models import Account
    from fanal.access.queries import member_from

    return member_from(memberships(Account.objects.get(pk=by.person_id), timezone.localdate())[0])


def test_the_person_reads_and_nobody_else_of_her_service(cast: Cast, now: datetime) -> None:
    alert = an_alert(cast.officer, now)
    beside = join("beside", Role.OFFICER, "police_cell", -1, on=timezone.localdate(now))
    browser = client(cast.outsider)
    assert browser.get(f"/alerts/{alert.reference}/").status_code == 404
    answer = browser.post("/emergency/", {"reference": alert.reference, "reason": WHY})
    assert answer.headers["Location"] == f"/alerts/{alert.reference}/"
    page = browser.get(f"/alerts/{alert.reference}/")
    assert page.status_code == 200
    assert client(beside).get(f"/alerts/{alert.reference}/").status_code == 404
    # She reads and writes nothing; a program of hers does not even read.
    assert api(cast.outsider).get(f"/api/alerts/{alert.reference}").status_code == 404
    reader = now_acting(cast.outsider)
    with acting_as(reader):
        assert Alert.objects.filter(pk=alert.pk).exists()
        assert reader.unit_id not in Compartment.objects.get(pk=alert.compartment_id).acl_write


def test_the_owner_is_told_at_once_and_reads_why(cast: Cast, now: datetime) -> None:
    alert = an_alert(cast.officer, now)
    glass = broken(cast.outsider, alert.reference, now)
    assert Message.objects.filter(unit_id=cast.officer.unit_id, kind="accounts.glass").count() == 1
    with acting_as(cast.officer):
        entry = Entry.objects.get(act="accounts.break_glass")
    assert (entry.person_id, entry.compartment_id) == (cast.outsider.person_id, alert.compartment_id)
    assert WHY.encode() not in bytes(glass.sealed)
    assert WHY not in f"{entry.facts} {entry.purpose} {entry.reference}"
    home = client(cast.officer).get("/").content.decode()
    assert f"/emergency/reviews/{glass.id}/" in home
    page = client(cast.officer).get(f"/emergency/reviews/{glass.id}/").content.decode()
    assert WHY in page
    with acting_as(cast.officer):
        assert Entry.objects.filter(act="accounts.read_reason").count() == 1


def test_a_review_is_owed_until_somebody_else_gives_it(cast: Cast, now: datetime) -> None:
    glass = broken(cast.outsider, an_alert(cast.officer, now).reference, now)
    officer_of_protection = join("watcher", Role.DATA_PROTECTION_OFFICER, on=timezone.localdate(now))
    for member in (cast.officer, officer_of_protection):
        assert f"/emergency/reviews/{glass.id}/" in client(member).get("/").content.decode(), member.role
    with acting_as(cast.outsider), pytest.raises(NotAllowed):
        services.review(by=cast.outsider, glass_id=glass.id, outcome="justified", at=now)
    with acting_as(cast.centre_worker), pytest.raises(NotFound):
        services.review(by=cast.centre_worker, glass_id=glass.id, outcome="justified", at=now)
    answer = client(cast.officer).post(f"/emergency/reviews/{glass.id}/", {"outcome": "unjustified"})
    assert answer.status_code == 302
    with acting_as(officer_of_protection):  # the first review stands
        services.review(by=officer_of_protection, glass_id=glass.id, outcome="justified", at=now)
    glass.refresh_from_db()
    assert (glass.outcome, glass.reviewed_by_id) == ("unjustified", cast.officer.person_id)
    for member in (cast.officer, officer_of_protection):
        assert f"/emergency/reviews/{glass.id}/" not in client(member).get("/").content.decode()


def test_absent_accompanied_and_foreign_kinds_answer_alike(cast: Cast, now: datetime) -> None:
    """Same status, same bytes, same number of statements: nothing says which of them is there."""
    alert = an_alert(cast.centre_worker, now)
    hidden = an_alert(cast.centre_worker, now)
    # A file of an accompaniment has no reference of its own; were there one, its compartment alone would shut it.
    with acting_as(cast.centre_worker):
        made_so = Compartment.objects.filter(pk=hidden.compartment_id).update(kind=Compartments.ACCOMPANIMENT)
    assert made_so == 1
    browser = client(cast.outsider)
    browser.get("/emergency/")

    def ask(reference: str) -> tuple[int, bytes, int]:
        with CaptureQueriesContext(connection) as told:
            answer = browser.post("/emergency/", {"reference": reference, "reason": WHY})
        return answer.status_code, answer.content, len(told)

    absent = ask("A-0000-0000")
    assert absent[0] == 404
    assert ask(hidden.reference) == absent
    assert ask("R-0000-0000") == absent
    assert not cast.outsider.may(Permission.PROTECTION_READ)
    assert ask("P-0000-0000") == absent
    assert ask("X-0000-0000") == absent
    assert not opened_by(cast.outsider)
    assert ask(alert.reference)[0] == 302


def test_a_procedure_is_opened_only_to_a_role_that_reads_procedures(cast: Cast, now: datetime) -> None:
    from tests.house.scenario import build

    scene = build(cast)
    assert (
        client(cast.outsider)
        .post("/emergency/", {"reference": scene.procedure.reference, "reason": WHY})
        .status_code
        == 404
    )
    browser = client(cast.other_centre_worker)
    for reference, page in (
        (scene.procedure.reference, f"/protection/{scene.procedure.reference}/"),
        (scene.taken.reference, f"/referrals/{scene.taken.reference}/"),
    ):
        assert browser.get(page).status_code == 404
        assert browser.post("/emergency/", {"reference": reference, "reason": WHY}).status_code == 302
        assert browser.get(page).status_code == 200, page


@pytest.mark.parametrize("part", ["coordinator", "administrator"])
def test_who_reads_no_file_breaks_no_glass(cast: Cast, now: datetime, part: str) -> None:
    alert = an_alert(cast.officer, now)
    answers = [
        client(getattr(cast, part)).post("/emergency/", {"reference": reference, "reason": WHY})
        for reference in (alert.reference, "A-0000-0000")
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert not opened_by(getattr(cast, part))


def test_a_reason_is_needed_and_a_program_has_none(cast: Cast, now: datetime) -> None:
    alert = an_alert(cast.officer, now)
    answer = client(cast.outsider).post("/emergency/", {"reference": alert.reference, "reason": "urgent"})
    assert answer.status_code == 422
    assert not opened_by(cast.outsider)


def test_who_reads_the_file_anyway_opens_nothing(cast: Cast, now: datetime) -> None:
    alert = an_alert(cast.officer, now)
    answer = client(cast.officer).post("/emergency/", {"reference": alert.reference, "reason": WHY})
    assert answer.headers["Location"] == f"/alerts/{alert.reference}/"
    assert not opened_by(cast.officer)


def test_the_owner_shuts_it_before_the_hour_is_over(cast: Cast, now: datetime) -> None:
    alert = an_alert(cast.officer, now)
    glass = broken(cast.outsider, alert.reference, now)
    browser = client(cast.outsider)
    assert browser.get(f"/alerts/{alert.reference}/").status_code == 200
    client(cast.officer).post(f"/emergency/reviews/{glass.id}/end/")
    assert browser.get(f"/alerts/{alert.reference}/").status_code == 404


def test_nobody_lengthens_the_hour_in_the_database(cast: Cast, now: datetime) -> None:
    glass = broken(cast.outsider, an_alert(cast.officer, now).reference, now)
    assert glass.until - glass.at == timedelta(hours=1)
    for change in ({"until": now + timedelta(days=1)}, {"membership_id": cast.officer.membership_id}):
        with pytest.raises(Exception, match="permission denied"), acting_as(cast.outsider):
            Glass.objects.filter(pk=glass.pk).update(**change)
    with pytest.raises(Exception, match="permission denied"), acting_as(cast.outsider):
        Glass.objects.create(
            number=99, reference="A-0000-0000", compartment_id=glass.compartment_id, owner_unit_id=glass.owner_unit_id,
            account_id=glass.account_id, membership_id=glass.membership_id, unit_id=glass.unit_id, at=now,
            until=now + timedelta(minutes=1),
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_after_the_hour_the_database_alone_says_no(postgres, now: datetime) -> None:  # type: ignore[no-untyped-def]
    """The sweep has not run and the application still claims the number: row-level security stops reading."""
    from tests.postgres import DATABASE

    cast = load()
    alert = an_alert(cast.officer, now)
    glass = broken(cast.outsider, alert.reference, now)

    def seen() -> bool:
        with transaction.atomic():
            set_units([cast.outsider.unit_id, -glass.number])
            return Alert.objects.filter(pk=alert.pk).exists()

    assert seen()
    with psycopg.connect(postgres.url(DATABASE, "postgres"), autocommit=True) as owner:
        owner.execute(
            "UPDATE access_glass SET at = at - interval '61 minutes', until = until - interval '61 minutes'"
        )
    assert not seen()
    assert client(cast.outsider).get(f"/alerts/{alert.reference}/").status_code == 404
    with acting_as(cast.officer):
        before = Alert.objects.get(pk=alert.pk).acl
    assert sweep_grants() == 1
    with acting_as(cast.officer):
        after = Alert.objects.get(pk=alert.pk).acl
    assert set(before) - set(after) == {-glass.number}


def test_the_number_of_another_opens_nothing_that_is_not_signed(cast: Cast, now: datetime) -> None:
    """The arrays say who reads; a claim that the application did not sign is refused as before."""
    glass = broken(cast.outsider, an_alert(cast.officer, now).reference, now)
    with transaction.atomic(), connection.cursor() as cursor:
        set_units([cast.outsider.unit_id])
        cursor.execute("SELECT set_config('fanal.context', %s, true)", [f"{{{-glass.number}}}"])
        with pytest.raises(Exception, match="forged"), transaction.atomic():
            Alert.objects.count()


def test_the_glass_of_a_closed_account_is_shut(cast: Cast, now: datetime) -> None:
    alert = an_alert(cast.officer, now)
    broken(cast.outsider, alert.reference, now)
    browser = client(cast.outsider)
    with acting_as(cast.administrator):
        services.close(by=cast.administrator, membership_id=cast.outsider.membership_id, at=now)
    assert browser.get(f"/alerts/{alert.reference}/").status_code == 302


def test_an_opening_is_read_by_the_services_concerned_and_the_officers_of_their_houses(
    cast: Cast, now: datetime
) -> None:
    glass = broken(cast.outsider, an_alert(cast.officer, now).reference, now)
    assert opened_by(cast.officer)
    assert not opened_by(cast.centre_worker)
    officer = cast.data_protection_officer
    with acting_as(officer):
        house = set(Unit.objects.filter(institution__units=officer.unit_id).values_list("id", flat=True))
        concerned = bool(house & {glass.unit_id, glass.owner_unit_id})
        assert queries.glasses(officer).exists() == Glass.objects.exists() == concerned
