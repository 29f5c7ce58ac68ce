"""A person of an alert: what it says is copied, the identity only for a purpose, and she stays one person."""

import pytest
from django.utils import timezone
from tests.alerts.conftest import NOOR, adult, report
from tests.cast import Cast, client
from tests.referrals.rows import CONSENT, NOW, prepared, proposed

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import queries as alerts
from fanal.alerts import services as alert_services
from fanal.alerts.queries import Handoff
from fanal.audit.models import Entry
from fanal.errors import Invalid, NotFound, Refusal
from fanal.referrals import queries, services
from fanal.referrals.models import Matter
from fanal.referrals.rules.content import About, Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(cast: Cast) -> Handoff:
    told = report(persons=(adult(identity=NOOR, pseudonym="The cook", languages=("ti",), citizenship="ER"),))
    with acting_as(cast.officer):
        alert = alert_services.record(by=cast.officer, report=told, at=timezone.now())
        (found,) = alerts.persons_of(alert.reference, cast.officer)
    return found


def begun(by: Member, person: Handoff, **more: str) -> Matter:
    with acting_as(by):
        about = queries.from_alert(person.reference, person.person_id, by)
        return services.prepare(
            by=by, about=about, alert=person.reference, person_id=person.person_id, at=NOW, **more
        )


def held(by: Member, row: Matter) -> About:
    with acting_as(by):
        return queries.about(queries.matter(row.reference, by))


def test_what_the_alert_says_is_copied_without_the_identity(cast: Cast, person: Handoff) -> None:
    row = begun(cast.officer, person)
    about = held(cast.officer, row)
    assert (about.pseudonym, about.languages, about.citizenship) == ("The cook", ("ti",), ("ER",))
    assert about.identity == About().identity
    assert (row.person, row.alert_reference) == (person.person_id, person.reference)
    assert begun(cast.officer, person).pk == row.pk, "twice is once"
    with acting_as(cast.officer):
        assert not Entry.objects.filter(act="alerts.reveal_identity").exists()


def test_the_identity_is_copied_for_a_purpose_that_is_traced(cast: Cast, person: Handoff) -> None:
    with pytest.raises(Invalid):
        begun(cast.officer, person, identity_for="curiosity")
    row = begun(cast.officer, person, identity_for="protect")
    about = held(cast.officer, row)
    assert about.identity.family_name == NOOR.family_name
    assert about.safe_contact.details == NOOR.phone
    with acting_as(cast.officer):
        assert Entry.objects.get(act="alerts.reveal_identity").purpose == "protect"


def test_an_alert_that_is_not_visible_gives_nothing(cast: Cast, person: Handoff) -> None:
    with acting_as(cast.outsider), pytest.raises(NotFound):
        services.prepare(
            by=cast.outsider, about=About(sex="F"), alert=person.reference, person_id=person.person_id, at=NOW
        )


def test_two_services_that_refer_one_person_get_one_acceptance(cast: Cast, person: Handoff) -> None:
    ours, theirs = begun(cast.officer, person), begun(cast.immigration_agent, person)
    assert ours.pk != theirs.pk
    items = [Item.PSEUDONYM]
    first = proposed(cast.officer, cast.centre_worker, matter=ours, items=items)
    second = proposed(
        cast.immigration_agent, cast.other_centre_worker, matter=theirs, items=items, given=CONSENT
    )
    with acting_as(cast.centre_worker):
        services.accept(by=cast.centre_worker, reference=first.reference, at=NOW)
    by = cast.other_centre_worker
    with acting_as(by), pytest.raises(Refusal) as late:
        services.accept(by=by, reference=second.reference, at=NOW)
    assert late.value.code == "taken_elsewhere"
    assert services.close_taken(at=NOW) == 1
    with acting_as(cast.immigration_agent):
        assert [row.state for row in queries.siblings(cast.immigration_agent, matter=theirs)] == ["elsewhere"]


def test_the_way_from_an_alert_by_hand(cast: Cast, person: Handoff) -> None:
    browser = client(cast.officer)
    found = browser.post("/referrals/persons/new/", {"alert": person.reference.lower()})
    url = f"/referrals/persons/new/{person.reference}/{person.person_id}/"
    assert url in found.content.decode()
    form = browser.get(url).content.decode()
    assert "The cook" in form
    assert NOOR.family_name not in form
    sent = browser.post(url, {"pseudonym": "The cook", "identity_for": "protect"})
    assert sent.status_code == 302
    assert browser.get(url)["Location"] == sent["Location"], "she is already in preparation"
    assert client(cast.outsider).get(url).status_code == 404
    nothing = client(cast.outsider).post("/referrals/persons/new/", {"alert": person.reference})
    absent = client(cast.outsider).post("/referrals/persons/new/", {"alert": "A-0000-0000"})
    assert (nothing.status_code, absent.status_code) == (422, 422)
    assert person.reference not in nothing.content.decode().replace(f'value="{person.reference}"', "")


def test_a_person_alone_is_a_person_of_her_own(cast: Cast) -> None:
    first, second = prepared(cast.officer), prepared(cast.officer)
    assert first.person != second.person
    assert first.alert_reference == ""
