"""Every component, drawn by the real templates in a real browser: axe finds nothing, nothing scrolls sideways."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 375, 1280])
@pytest.mark.parametrize(
    ("path", "status"), [("gallery", 200), ("form", 200), ("nowhere", 404), ("accounts/login/", 200)]
)
def test_a_page_is_accessible_and_fits(
    page: Page, live_server: LiveServer, path: str, status: int, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    response = page.goto(f"{live_server.url}/{path}")
    assert response is not None
    assert response.status == status
    if path == "form":
        page.get_by_role("button", name="Send").click()
        page.wait_for_selector(".error-summary")
    assert axe(page) == []
    assert sideways(page) <= 0
