"""In a real browser: what is typed outlives an expired session and leaves nothing behind; the small helps help."""

import json
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import enter, log_in
from tests.web.conftest import PASSWORD, SECRET, browser, join

from fanal.access.models import Token
from fanal.access.rules import Member, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STORY = "He sleeps behind the car wash. "


@pytest.fixture
def form(page: Page, live_server: LiveServer, officer: Member) -> Page:
    """The form, half filled by the officer."""
    enter(page, live_server, browser(officer))
    page.goto(f"{live_server.url}/members/form")
    page.get_by_label("What was seen").fill(STORY)
    page.get_by_label("Name").fill("مريم")
    page.get_by_label("Seen on").fill("24.11.2026")
    page.get_by_label("I do not know").check()
    page.get_by_label("No pay").check()
    page.get_by_label("Sector").select_option("b")
    return page


def send(page: Page) -> None:
    page.get_by_role("button", name="Send").click()


def kept(page: Page) -> list[dict[str, Any]]:
    entries: list[str] = page.evaluate(
        "Object.keys(sessionStorage).filter(k => k.startsWith('fanal.draft')).map(k => sessionStorage[k])"
    )
    return [json.loads(entry) for entry in entries]


def expect_everything(page: Page) -> None:
    expect(page.get_by_label("What was seen")).to_have_value(STORY)
    expect(page.get_by_label("Name")).to_have_value("مريم")
    expect(page.get_by_label("Seen on")).to_have_value("24.11.2026")
    expect(page.get_by_label("I do not know")).to_be_checked()
    expect(page.get_by_label("No pay")).to_be_checked()
    expect(page.get_by_label("Sector")).to_have_value("b")


def test_a_session_that_expires_in_the_middle_loses_nothing(form: Page, live_server: LiveServer) -> None:
    Session.objects.all().delete()
    send(form)
    expect(form).to_have_url(f"{live_server.url}/accounts/login/?next=%2Fmembers%2Fform")
    log_in(form, live_server, "officer@testland.example", PASSWORD, SECRET)
    expect(form).to_have_url(f"{live_server.url}/members/form")
    expect(form.get_by_text("What you had typed in this form is back.")).to_be_visible()
    expect_everything(form)
    send(form)
    expect(form).to_have_url(f"{live_server.url}/gallery")
    assert kept(form) == []


def test_a_stale_token_loses_nothing(form: Page, live_server: LiveServer) -> None:
    form.context.clear_cookies(name="csrftoken")
    send(form)
    form.get_by_role("link", name="Open the form again").click()
    expect_everything(form)
    send(form)
    expect(form).to_have_url(f"{live_server.url}/gallery")


def test_somebody_else_who_logs_in_finds_nothing(form: Page, live_server: LiveServer) -> None:
    join("other", Role.OFFICER)
    Session.objects.all().delete()
    send(form)
    log_in(form, live_server, "other@testland.example", PASSWORD, SECRET)
    expect(form).to_have_url(f"{live_server.url}/members/form")
    expect(form.get_by_label("What was seen")).to_have_value("")
    assert kept(form) == []


def test_an_identity_is_kept_only_between_sending_and_the_answer(form: Page) -> None:
    form.wait_for_timeout(500)
    (draft,) = kept(form)
    assert draft["open"]["told"] == STORY
    assert draft["secret"] == {}
    assert "مريم" not in json.dumps(draft, ensure_ascii=False)
    form.reload()
    expect(form.get_by_label("What was seen")).to_have_value(STORY)
    expect(form.get_by_label("Name")).to_have_value("")


def test_what_the_server_sends_back_is_not_overwritten(form: Page) -> None:
    form.get_by_label("Seen on").fill("30.02.2026")
    send(form)
    expect(form.locator(".error-summary")).to_be_focused()
    expect(form.get_by_label("Name")).to_have_value("مريم")
    (draft,) = kept(form)
    assert draft["secret"] == {}
    form.get_by_role("link", name="Seen on:").click()
    expect(form.get_by_label("Seen on")).to_be_focused()


@pytest.mark.asvs("14.3.1")
@pytest.mark.parametrize("button", ["Log out", "Leave quickly"])
def test_leaving_leaves_nothing(form: Page, live_server: LiveServer, button: str) -> None:
    form.wait_for_timeout(500)
    assert kept(form)
    form.route("https://www.meteo.be/", lambda route: route.fulfill(body="weather"))
    if button == "Log out":
        form.locator(".me summary").click()
    form.get_by_role("button", name=button).click()
    if button == "Leave quickly":
        expect(form).to_have_url("https://www.meteo.be/")
    else:
        form.wait_for_load_state()
    form.goto(f"{live_server.url}/gallery")
    assert kept(form) == []
    form.goto(f"{live_server.url}/members/form")
    expect(form).to_have_url(f"{live_server.url}/accounts/login/?next=%2Fmembers%2Fform")


def test_two_clicks_are_one_submission(page: Page, live_server: LiveServer, officer: Member) -> None:
    enter(page, live_server, browser(officer))
    page.goto(f"{live_server.url}/once")
    # The second comes while the first is on its way: without the guard it would be a second act.
    page.evaluate("""() => {
        const button = document.querySelector("main button.btn");
        button.click();
        setTimeout(() => button.click(), 300);
    }""")
    page.wait_for_url("**/gallery")
    page.wait_for_timeout(1000)
    assert Token.objects.filter(label="once").count() == 1


def test_a_dialog_opens_with_script_and_is_a_link_without(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/gallery")
    page.get_by_role("link", name="Refuse").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.get_by_role("link", name="Refuse").get_attribute("href") == "/form"


def test_filters_and_pages_work_by_htmx_and_stay_in_the_address(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/gallery")
    page.get_by_label("State").select_option("late")
    expect(page).to_have_url(f"{live_server.url}/gallery?q=&state=late")
    expect(page.locator("#results")).to_contain_text("No alert yet")


def test_on_a_phone_the_list_comes_before_its_filters(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{live_server.url}/gallery")
    expect(page.get_by_label("State")).to_be_hidden()
    page.get_by_text("Filters").click()
    expect(page.get_by_label("State")).to_be_visible()
    page.goto(f"{live_server.url}/gallery?state=late")
    expect(page.get_by_label("State")).to_be_visible()
