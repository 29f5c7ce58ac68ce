"""The pages that need something to show, in a real browser: accessible, and whole on a phone, in each language."""

from datetime import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.accounts.conftest import ask, newcomer, vouch
from tests.accounts.test_glass import an_alert, broken
from tests.browser import axe, enter, sideways
from tests.cast import client, join, load

from fanal.access.models import Account
from fanal.access.rules import Member, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_every_page_at_a_desk_and_on_a_phone(
    page: Page, live_server: LiveServer, now: datetime, language: str
) -> None:
    cast = load()
    colleague = join("colleague", Role.OFFICER, "police_cell", 0, on=timezone.localdate(now))
    units = (cast.officer.unit_id, cast.outsider.unit_id)
    waits = ask(cast.officer, newcomer(cast.officer.unit_id), units, now)
    done = ask(cast.officer, newcomer(cast.officer.unit_id, email="other@testland.example"), units, now)
    for voice in (colleague, cast.outsider):
        vouch(voice, done, now)
    glass = broken(cast.outsider, an_alert(cast.officer, now).reference, now)
    Account.objects.update(language=language)
    by: dict[Member, list[str]] = {
        cast.outsider: [f"/staff/requests/{waits.id}/", f"/staff/requests/{done.id}/", "/me/security/"],
        cast.officer: [
            "/staff/",
            "/staff/requests/",
            "/emergency/reviews/",
            f"/emergency/reviews/{glass.id}/",
        ],
        colleague: [f"/staff/people/{cast.officer.membership_id}/close/", "/staff/new/", "/accounts/2fa/"],
    }
    found: list[str] = []
    for member, paths in by.items():
        page.context.clear_cookies()
        enter(page, live_server, client(member))
        for path in paths:
            for width in (1280, 375):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(f"{live_server.url}{path}")
                if sideways(page) > 0:
                    found.append(f"{path} scrolls sideways at {width}")
            found += [f"{path}: {each}" for each in axe(page)]
    assert found == []
