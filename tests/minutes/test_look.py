"""The session in a real browser: two note-takers at once, a lost connection, what is pasted, and how it looks."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import _complaints, axe, enter, sideways
from tests.cast import client
from tests.minutes.conftest import Scene, decided, open_with

from fanal.access.services import acting_as
from fanal.minutes import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("FANAL_SHOTS", "")


@pytest.fixture
def other(chromium: Browser) -> Iterator[Page]:
    """A second window, of somebody else."""
    context = chromium.new_context(viewport={"width": 375, "height": 800}, locale="en-GB")
    window = context.new_page()
    _complaints[window] = []
    yield window
    context.close()
    _complaints.pop(window)


def having(*lines: str) -> re.Pattern[str]:
    """A text in which each of these stands, in any order."""
    return re.compile("".join(f"(?=[\\s\\S]*{re.escape(line)})" for line in lines) + r"[\s\S]*")


def test_two_write_and_nothing_is_lost(
    page: Page, other: Page, live_server: LiveServer, scene: Scene
) -> None:
    open_with(scene)
    address = f"{live_server.url}/minutes/{scene.reference}/items/{scene.first}/"
    for window, member in ((page, scene.cast.secretary), (other, scene.cast.chair)):
        enter(window, live_server, client(member))
        window.goto(address)
    mine, hers = page.locator("[data-notes] textarea"), other.locator("[data-notes] textarea")
    mine.press_sequentially("From the secretary.")
    hers.press_sequentially("From the chair.")
    for area in (mine, hers):
        expect(area).to_have_value(having("From the secretary.", "From the chair."))
    assert mine.input_value() == hers.input_value()
    assert axe(page) == []
    assert sideways(other) == 0

    page.context.set_offline(True)
    mine.press("Control+End")
    mine.press_sequentially("\nWritten without a connection.")
    expect(page.locator("[data-notes-state]")).to_contain_text("No connection")
    hers.press("Control+Home")
    hers.press_sequentially("Meanwhile at the top.\n")
    expect(other.locator("[data-notes-state]")).to_contain_text("Saved")
    page.context.set_offline(False)
    for area in (mine, hers):
        expect(area).to_have_value(having("Meanwhile at the top.", "Written without a connection."))

    page.evaluate(
        """() => { const data = new DataTransfer();
        const markup = '<style>p {mso-x: 1}</style><p class=MsoNormal>Pasted <b>words</b></p><ul><li>one</li></ul>';
        data.setData('text/html', markup);
        data.setData('text/plain', 'Pasted words');
        document.querySelector('[data-notes] textarea').dispatchEvent(
            new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )
    expect(mine).to_have_value(having("Pasted words\n- one"))


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_fits(
    page: Page, live_server: LiveServer, scene: Scene, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    secretary, base, end = scene.cast.secretary, f"{live_server.url}/minutes/", f"{width}-{scheme}"
    enter(page, live_server, client(secretary))
    look(page, f"{base}{scene.reference}/", f"door-{end}")
    open_with(scene, missing=1)
    with acting_as(secretary):
        services.save_note(
            by=secretary, reference=scene.reference, item_id=scene.first, words="Ann asks why.\n- Bob answers", base=0,
            at=timezone.now(),
        )  # fmt: skip
        services.add_action(
            by=secretary, reference=scene.reference, item_id=scene.first, text="Print the forms", at=timezone.now(),
            unit_id=secretary.unit_id,
        )  # fmt: skip
        votes = {seat.id: "yes" for seat in [*scene.seats.values()][2:] if seat.votes}
        services.conclude(
            by=secretary, reference=scene.reference, item_id=scene.second, at=timezone.now(),
            outcome=decided(scene, secretary, scene.second, way="vote", votes=votes),
        )  # fmt: skip
        asked = services.open_procedure(
            by=secretary, body_code="bureau", title="The lamps", text="The lamps are lit.", at=timezone.now(),
            deadline=timezone.now() + timedelta(days=9), owners=[secretary.unit_id],
        )  # fmt: skip
    here = f"{scene.reference}/"
    item = f"{here}items/{scene.first}/"
    for path, name in (
        ("", "list"), (here, "session"), (f"{here}attendance/", "attendance"), (item, "item"),
        (f"{here}items/{scene.secret}/", "item-restricted"), (f"{item}history/", "history"), (f"{here}room/", "room"),
        (f"{here}close/", "close"), ("written/", "written-list"), (f"written/{asked.reference}/", "written"),
        ("written/new/bureau/", "written-new"),
    ):  # fmt: skip
        look(page, base + path, f"{name}-{end}")
    with acting_as(secretary):
        services.close_session(by=secretary, reference=scene.reference, at=timezone.now())
        services.circulate(by=secretary, reference=scene.reference, at=timezone.now())
    look(page, base + here, f"circulated-{end}")
    look(page, f"{base}{here}approve/", f"approve-{end}")
    enter(page, live_server, client(scene.cast.representative))
    look(page, f"{base}{here}remark/", f"remark-{end}")
    look(page, f"{base}written/{asked.reference}/answer/", f"answer-{end}")


def look(page: Page, url: str, name: str) -> None:
    page.goto(url)
    assert axe(page) == [], url
    assert sideways(page) <= 0, url
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
