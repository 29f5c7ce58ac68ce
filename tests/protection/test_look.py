"""Protection in a real browser: axe finds nothing, nothing scrolls sideways, and the journeys go through by hand."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.cast import Cast, client, load
from tests.protection.acts import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("FANAL_SHOTS", "")


@pytest.fixture
def cast() -> Cast:
    return load()


def look(page: Page, url: str, name: str) -> None:
    page.goto(url)
    assert axe(page) == [], url
    assert sideways(page) <= 0, url
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_fits(
    page: Page, live_server: LiveServer, stage: Stage, width: int, scheme: str
) -> None:
    row = stage.in_p3()
    asked = stage.asked(row, days=100)
    ended = stage.ended(stage.in_p2(), days=3)
    child = stage.opened(best_interests="Stays at school.", track="minor", unaccompanied_minor=True)
    request, cast, ref = stage.requested(), stage.cast, row.reference
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    base, end = f"{live_server.url}/protection/", f"{width}-{scheme}"
    enter(page, live_server, client(cast.immigration_agent))
    for path, name in (
        ("", "list"), ("?state=ended", "list-ended"), ("?phase=P4", "list-empty"), (f"{ref}/", "procedure-office"),
        (f"{ended.reference}/", "procedure-ended"), (f"{child.reference}/", "procedure-minor"),
        (f"{child.reference}/decide/open_minor/", "decide-minor"), (f"{ref}/decide/renew_residence/", "decide"),
        (f"{ref}/refuse/renew_residence/", "refuse"), (f"{ref}/end/", "end"), (f"{ref}/ask/", "ask"),
        (f"{ref}/statement/", "statement"), (f"{ref}/event/", "event"), (f"{ref}/dates/", "dates"),
        (f"{ref}/identity/", "identity-asked"), (f"{request.reference}/", "request-office"),
        (f"{request.reference}/open/", "open"), (f"{request.reference}/refuse/", "refuse-request"),
        ("new/", "new"), ("new/alone/", "case-office"), ("deadlines/", "deadlines"),
        ("deadlines/calendar/", "calendar"),
    ):  # fmt: skip
        look(page, base + path, f"{name}-{end}")
    enter(page, live_server, client(cast.centre_worker))
    for path, name in (
        ("", "list-centre"), (f"{ref}/", "procedure-centre"), (f"{ref}/request/renew_residence/", "request-move"),
        (f"{ref}/hand-over/", "hand-over"), (f"{request.reference}/", "request-centre"),
        (f"{request.reference}/withdraw/", "withdraw"), ("new/alone/", "case-centre"),
    ):  # fmt: skip
        look(page, base + path, f"{name}-{end}")
    enter(page, live_server, client(cast.magistrate))
    for path, name in (
        ("questions/", "questions"), (f"questions/{asked.id}/", "answer"), (f"questions/{asked.id}/event/", "tell"),
        ("deadlines/", "deadlines-magistrate"),
    ):  # fmt: skip
        look(page, base + path, f"{name}-{end}")
    stage.answered(asked, days=101)
    look(page, f"{base}questions/{asked.id}/", f"answered-{end}")


def test_a_magistrate_answers_in_one_page(page: Page, live_server: LiveServer, stage: Stage) -> None:
    row = stage.in_p2()
    asked = stage.asked(row, days=1, judicial_reference="HA-77/26")
    enter(page, live_server, client(stage.cast.magistrate))
    page.goto(f"{live_server.url}/protection/questions/")
    page.get_by_role("link", name=row.reference).click()
    expect(page.get_by_text("HA-77/26")).to_be_visible()
    page.get_by_role("button", name="Give this answer").click()
    expect(page.get_by_role("alert")).to_contain_text("“not yet known” is an answer")
    for code in asked.questions:
        page.locator(f"input[name={code}][value=yes]").check()
    page.get_by_role("button", name="Give this answer").click()
    expect(page.get_by_text("Thank you: your answer is given.")).to_be_visible()
    expect(page.get_by_role("button", name="Give this answer")).to_have_count(0)


def test_an_agent_takes_the_next_step(page: Page, live_server: LiveServer, stage: Stage) -> None:
    row = stage.opened()
    enter(page, live_server, client(stage.cast.immigration_agent))
    page.goto(f"{live_server.url}/protection/{row.reference}/")
    page.get_by_role("link", name="Grant rest").click()
    page.get_by_role("button", name="Grant rest").click()
    expect(page.get_by_role("alert")).to_contain_text("Each of them must be so")
    page.get_by_label("In the company of a house").check()
    page.get_by_role("button", name="Grant rest").click()
    expect(page.get_by_text("Decided.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="until")).to_contain_text("40 days")


def test_a_centre_asks_without_script(page: Page, live_server: LiveServer, stage: Stage) -> None:
    row = stage.in_p2()
    page.route("**/*.js", lambda route: route.abort())
    enter(page, live_server, client(stage.cast.centre_worker))
    page.goto(f"{live_server.url}/protection/{row.reference}/")
    page.get_by_role("link", name="Ask for: Extend the leaf").click()
    page.get_by_label("What should the deciding service know?").fill("The enquiry needs time.")
    page.get_by_role("button", name="Ask for: Extend the leaf").click()
    expect(page.get_by_text("Asked for.", exact=True)).to_be_visible()
    expect(page.get_by_text("The enquiry needs time.")).to_be_visible()
