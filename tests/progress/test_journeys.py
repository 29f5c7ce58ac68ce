"""A correspondent on a phone reports from home with a slip on the way; the public reads; every page is looked at."""

from datetime import datetime
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, sideways
from tests.cast import Cast, load
from tests.house.visitor import Visitor
from tests.progress import stage
from tests.progress.stage import CODE, EVIDENCE, GUARDS, LIGHTS, TRAINED

from fanal.access.services import acting_as
from fanal.progress import services
from fanal.progress.models import Report, Value

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast() -> Cast:
    return load()


def test_from_home_to_a_report_that_is_sent(
    page: Page, live_server: LiveServer, cast: Cast, plan: str, now: datetime
) -> None:
    assert plan == CODE
    page.set_viewport_size({"width": 375, "height": 800})
    visitor = Visitor(page, live_server, cast.correspondent, "fr").come_in()
    visitor.go("/")
    page.locator('main a[href="/progress/mine/"]').first.click()
    visitor.look()
    page.locator(f'main a[href="/progress/measures/{GUARDS}/report/"]').click()
    visitor.look()
    visitor.choose("stage", "under_way")
    visitor.write("words", "Deux cours ; « quarante » gardes.")
    visitor.write("figure_0", "douze")
    visitor.write("links", EVIDENCE.value)
    visitor.write("next_step", "Un troisième cours.")
    page.get_by_role("button", name=visitor.say("Send the report"), exact=True).click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text(visitor.say("This number cannot be read. Write it like 1 234,5."))
    assert axe(page) == []
    assert sideways(page) <= 0
    for name, words in (
        ("words", "Deux cours ; « quarante » gardes."), ("figure_0", "douze"), ("links", EVIDENCE.value),
        ("next_step", "Un troisième cours."),
    ):  # fmt: skip
        expect(visitor.field(name)).to_have_value(words)
    assert not Report.objects.exists()
    visitor.write("figure_0", "1 012,5")
    visitor.press("Send the report")
    visitor.reads(visitor.say("Sent. The state of the measure follows from it."))
    visitor.reads("1\u00a0012,5")
    assert Value.objects.get(indicator=TRAINED).value == Decimal("1012.5")
    assert Report.objects.get().evidence == 1
    visitor.go("/progress/mine/")
    assert page.locator(f'main a[href="/progress/measures/{GUARDS}/report/"]').count() == 0


def test_the_public_reads_and_the_bureau_looks(
    page: Page, live_server: LiveServer, cast: Cast, plan: str, now: datetime
) -> None:
    last = stage.before(now).last
    row = stage.send(cast.correspondent, now, figures=stage.figure("12", last), evidence=(EVIDENCE,))
    stage.send(cast.correspondent, now, LIGHTS, blocked_by="The lamps.")
    with acting_as(cast.chair):
        services.review(by=cast.chair, report_id=row.pk, agrees=False, reason="Nine, not twelve.", at=now)
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{live_server.url}/progress/public/")
    page.get_by_role("link", name="Seventh chart").click()
    expect(page.locator("main")).to_contain_text("Guards trained: 10 wanted")
    expect(page.locator("main")).not_to_contain_text("Nine, not twelve.")
    assert (axe(page), sideways(page)) == ([], 0)
    visitor = Visitor(page, live_server, cast.chair, "nl").come_in()
    for path in (
        "/progress/", f"/progress/plans/{plan}/", f"/progress/plans/{plan}/owes/", f"/progress/plans/{plan}/changes/",
        f"/progress/measures/{GUARDS}/", "/progress/reviews/", f"/progress/reports/{row.pk}/review/",
        f"/progress/measures/{GUARDS}/drop/",
    ):  # fmt: skip
        visitor.go(path)
    visitor.go(f"/progress/plans/{plan}/")
    page.get_by_role("link", name="Light the quays").click()
    visitor.reads("The lamps.")
