"""Four people do their work in a real browser, in French and in Dutch, on a phone and on a desk."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.cast import Cast, load
from tests.house.scenario import ABOUT, case, report
from tests.house.visitor import Visitor

from fanal.access import vault
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.alerts.models import Alert, Person, Transmission
from fanal.protection import services as protection
from fanal.protection.models import Document, Procedure, QuestionSet, Reply, Request
from fanal.referrals import services as referrals
from fanal.referrals.models import Referral
from fanal.referrals.rules.content import Item
from fanal.referrals.rules.grounds import Given

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = 375, 1280
FIRST = pytest.mark.parametrize(("language", "width"), [("fr", PHONE), ("nl", DESK)])
SECOND = pytest.mark.parametrize(("language", "width"), [("nl", PHONE), ("fr", DESK)])


@pytest.fixture
def cast() -> Cast:
    return load()


@pytest.fixture
def window(page: Page, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 800})
    return page


@pytest.fixture
def scriptless(chromium: Browser) -> Iterator[Page]:
    """A window that runs no script."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": PHONE, "height": 800})
    yield context.new_page()
    context.close()


def begin(visitor: Visitor) -> None:
    """From the list of alerts to the page of the child."""
    visitor.go("/alerts/")
    visitor.follow("Record an alert")
    visitor.press("Begin")
    visitor.choose("phenomenon", "trafficking")
    visitor.choose("purposes", "WORK")
    visitor.write("narrative", "Six personnes dorment derrière la cuisine.")
    visitor.press("Save and go on")
    visitor.write("place", "Oldport (100)")
    visitor.write("seen_from", "1.11.2026")
    visitor.press("Save and go on")
    visitor.press("Add a person")
    visitor.choose("subject", "presumed_victim")
    visitor.write("pseudonym", "Étoile")
    visitor.choose("age_basis", "doubtful")
    visitor.choose("unaccompanied", "yes")
    visitor.write("family_name", "Синтетикова")


def send(visitor: Visitor, cast: Cast) -> None:
    """From the page of the child to the thanks."""
    visitor.press("Save this person")
    visitor.press("Save and go on")
    visitor.press("Save and go on")
    visitor.press("Send the alert")
    visitor.reads(visitor.say("Thank you. The alert is recorded."))
    with acting_as(cast.inspector):
        person = Person.objects.get()
        words = vault.unseal({person.id: person.pseudonym_sealed or b""})[person.id]
        assert (words, person.minority, person.unaccompanied) == ("Étoile", "doubtful", True)
        told = set(Transmission.objects.values_list("to_unit_id", flat=True))
    assert {
        cast.centre_worker.unit_id,
        cast.immigration_agent.unit_id,
        cast.guardianship_officer.unit_id,
    } <= told


@FIRST
def test_an_inspector_records_an_alert_with_a_child_and_loses_nothing_to_an_expired_session(
    window: Page, live_server: LiveServer, cast: Cast, language: str
) -> None:
    visitor = Visitor(window, live_server, cast.inspector, language).come_in()
    begin(visitor)
    visitor.is_thrown_out()
    window.get_by_role("button", name=visitor.say("Save this person")).click()
    expect(window.locator('input[name="login"]')).to_be_visible()
    visitor.log_in("inspector")
    expect(visitor.field("pseudonym")).to_have_value("Étoile")
    expect(visitor.field("family_name")).to_have_value("Синтетикова")
    expect(window.locator('input[name="unaccompanied"][value="yes"]')).to_be_checked()
    send(visitor, cast)


@pytest.mark.asvs("2.2.2")
def test_an_inspector_records_an_alert_without_script(
    scriptless: Page, live_server: LiveServer, cast: Cast
) -> None:
    visitor = Visitor(scriptless, live_server, cast.inspector, "nl", script=False)
    visitor.come_in()
    begin(visitor)
    send(visitor, cast)


@SECOND
def test_a_centre_worker_confirms_an_alert_takes_a_person_on_and_asks_for_the_procedure(
    window: Page, live_server: LiveServer, cast: Cast, language: str
) -> None:
    alert, referral = told_and_proposed(cast)
    visitor = Visitor(window, live_server, cast.centre_worker, language).come_in()
    visitor.go("/")
    visitor.follow_reference(alert.reference)
    visitor.press("We have it")
    visitor.go("/")
    visitor.follow_reference(referral.reference)
    visitor.follow("Accept")
    visitor.do_next()
    visitor.go("/protection/")
    visitor.follow("Begin a procedure")
    visitor.follow_reference(referral.reference)
    visitor.choose("track", "residence")
    visitor.select("offence", "R10")
    visitor.choose("statement", "complaint")
    visitor.write("statement_on", f"{timezone.localdate():%d.%m.%Y}")
    visitor.press("Send")
    with acting_as(cast.centre_worker):
        request = Request.objects.get()
        assert (request.origin, request.statement) == (referral.reference, "complaint")
        assert Transmission.objects.get(alert=alert, to_unit_id=cast.centre_worker.unit_id).acknowledged_at
    visitor.reads(request.reference)


def told_and_proposed(cast: Cast) -> tuple[Alert, Referral]:
    by, at = cast.officer, timezone.now()
    with acting_as(by):
        alert = alerts.record(by=by, report=report(), at=at)
        matter = referrals.prepare(by=by, about=ABOUT, at=at)
        consent = Given(ground="consent", given_on=timezone.localdate(at), form="oral")
        proposed = referrals.propose(
            by=by, matter=matter.reference, to_unit_id=cast.centre_worker.unit_id, purpose="accompaniment",
            items={Item.PSEUDONYM, Item.AGE}, given=consent, at=at,
        )  # fmt: skip
    return alert, proposed


@FIRST
def test_an_agent_opens_a_procedure_gives_the_documents_and_asks_the_magistrate(
    window: Page, live_server: LiveServer, cast: Cast, language: str
) -> None:
    request = requested(cast)
    visitor = Visitor(window, live_server, cast.immigration_agent, language).come_in()
    visitor.go("/")
    visitor.follow_reference(request.reference)
    visitor.follow("Open the procedure")
    visitor.press("Open the procedure")
    for move in ("open_first_document", "extend_first_document"):
        window.locator(f'main a[href$="/decide/{move}/"]').first.click()
        visitor.look()
        visitor.choose("declared", "accompanied")
        visitor.do_next()
    window.locator('main a[href$="/ask/"]').first.click()
    visitor.look()
    visitor.select("magistrate_unit", str(cast.magistrate.unit_id))
    visitor.write("judicial_reference", "TL.37.L7.1/2026")
    visitor.do_next()
    with acting_as(cast.immigration_agent):
        given = Document.objects.order_by("first_day", "id").values_list("kind", flat=True)
        assert list(given) == ["LEAF", "LEAF2"]
        assert QuestionSet.objects.get().magistrate_unit_id == cast.magistrate.unit_id
    visitor.reads(visitor.say("no answer yet"))


def requested(cast: Cast) -> Request:
    by, at = cast.centre_worker, timezone.now()
    with acting_as(by):
        stated = case(statement="complaint", statement_on=timezone.localdate(at))
        return protection.request_opening(by=by, case=stated, at=at)


@SECOND
def test_a_magistrate_answers_the_questions(
    window: Page, live_server: LiveServer, cast: Cast, language: str
) -> None:
    asked = put(cast)
    visitor = Visitor(window, live_server, cast.magistrate, language).come_in()
    visitor.go("/")
    visitor.follow_reference(asked.reference)
    for question in asked.questions:
        visitor.choose(question, "yes")
    visitor.press("Give this answer")
    visitor.reads(visitor.say("Your answer"))
    with acting_as(cast.magistrate):
        assert Reply.objects.get().answers == dict.fromkeys(asked.questions, "yes")
        assert not Procedure.objects.exists()


def put(cast: Cast) -> QuestionSet:
    request, by, at = requested(cast), cast.immigration_agent, timezone.now()
    with acting_as(by):
        protection.open_requested(by=by, reference=request.reference, at=at)
        step = {"by": by, "reference": request.reference, "at": at}
        protection.decide(**step, move="open_first_document", declared=["accompanied"])  # type: ignore[arg-type]
        return protection.ask(**step, magistrate_unit_id=cast.magistrate.unit_id)  # type: ignore[arg-type]
