"""The directory in a real browser: axe finds nothing, nothing scrolls sideways, typing suggests."""

import os
import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, sideways, enter
from tests.cast import Cast, client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "path",
    [
        "/directory/?municipality=T01&purpose=SEX",
        "/directory/?district=harbour",
        "/directory/institutions/",
        "/directory/units/centre-lantern/",
        "/directory/units/parquet-quays/people/",
        "/directory/units/parquet-quays/mandates/new/",
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_page(page: Page, live_server: LiveServer, cast: Cast, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    enter(page, live_server, client(cast.administrator))
    page.goto(live_server.url + path)
    page.screenshot(
        path=f"/tmp/dirw/shot-{path.strip('/').replace('/', '_').replace('?', '_')}-{width}.png",
        full_page=True,
    )
    assert axe(page) == []
    assert sideways(page) <= 0
