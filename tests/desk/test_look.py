"""The pages of those who watch, in a real browser: axe finds nothing, nothing scrolls sideways, in four languages."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.cast import Cast, client, load
from tests.desk.test_watch import opened, refused

from fanal.access.models import Account
from fanal.audit.services import Verb
from fanal.desk.services import watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("FANAL_SHOTS", "")


@pytest.fixture
def cast() -> Cast:
    found = load()
    now = timezone.now()
    opened(found.outsider, found.centre_worker, 9, now)
    opened(found.outsider, found.magistrate, 2, now)
    refused(found.officer, 7, now)
    opened(found.officer, found.officer, 40, now - timedelta(hours=3), verb=Verb.COLLECT)
    watch(at=now)
    return found


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (375, "dark"), (1280, "light")])
def test_the_pages_of_the_watch_are_accessible_and_fit(
    page: Page, live_server: LiveServer, cast: Cast, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    readers = [
        ("owner", cast.centre_worker, "/unusual/", "fr"),
        ("watcher", cast.data_protection_officer, "/unusual/", "nl"),
        ("acts", cast.data_protection_officer, "/acts/", "de"),
        ("country", cast.supervisory_authority, "/acts/", "en"),
        ("nothing", cast.magistrate, "/unusual/", "en"),
    ]
    for name, member, path, language in readers:
        Account.objects.filter(pk=member.person_id).update(language=language)
        browser = client(member)
        browser.post("/language", {"language": language, "next": "/"})
        page.context.clear_cookies()
        enter(page, live_server, browser)
        page.context.add_cookies(
            [
                {"name": key, "value": morsel.value, "url": live_server.url}
                for key, morsel in browser.cookies.items()
            ]
        )
        page.goto(f"{live_server.url}{path}")
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}.png", full_page=True)
        assert axe(page) == [], name
        assert sideways(page) == 0, name
