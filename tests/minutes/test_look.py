"""The session in a real browser: two note-takers at once, a lost connection, what is pasted, and how it looks."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer
from tests.browser import _complaints, axe, enter, sideways
from tests.cast import client
from tests.minutes.conftest import Scene, decided, open_with
from tests.walls import second_wall_open

from fanal.access.services import acting_as
from fanal.meetings import services as meeting_services
from fanal.minutes import services
from fanal.minutes.models import Minutes

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


def test_the_journey_of_the_secretary(page: Page, live_server: LiveServer, scene: Scene) -> None:
    """Convene, find what was carried over, open, note who is there, write, vote, see the register, close, approve."""
    secretary, now = scene.cast.secretary, timezone.now()
    _month_before(scene)
    with acting_as(secretary):
        row = meeting_services.plan(
            by=secretary, body_code="bureau", begins_at=now + timedelta(minutes=3), minutes=90, at=now
        )
    enter(page, live_server, client(secretary))
    page.goto(f"{live_server.url}/meetings/{row.reference}/")
    page.get_by_role("link", name="Convene the meeting").click()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("The forms of the gate")
    page.goto(f"{live_server.url}/meetings/{row.reference}/")
    page.get_by_role("link", name="Session", exact=True).click()
    page.get_by_role("link", name="Open the session").click()
    page.get_by_role("button", name="Open the session").click()

    page.get_by_role("link", name="Who is there").click()
    expect(page.get_by_role("heading", name="Who is there")).to_be_visible()
    for select in page.locator("main form select").all():
        select.select_option("present")
    page.get_by_role("button", name="Note the attendance").click()
    expect(page.locator("main")).to_contain_text("Quorum reached: 5 of 5")

    page.get_by_role("link", name="The forms of the gate").click()
    page.locator("[data-notes] textarea").fill("The forms are discussed.")
    expect(page.locator("[data-notes-state]")).to_contain_text("Saved")
    page.get_by_label("the body decides").check()
    page.get_by_label("by vote").check()
    page.get_by_label("Text of the opinion or the decision").fill("New forms from May on.")
    page.get_by_text("Votes by seat").click()
    for select in page.locator(".votes select").all():
        select.select_option("yes")
    page.get_by_text("Of a decision: who carries it out").click()
    page.locator('input[name="owners"]').first.check()
    page.get_by_role("button", name="Note the outcome").click()
    expect(page.locator("main")).to_contain_text("It stands in the register as TAB-")
    page.locator(".said a").click()
    expect(page.locator("main")).to_contain_text("New forms from May on.")

    page.goto(f"{live_server.url}/minutes/{row.reference}/")
    page.get_by_role("link", name="Approval of the minutes").click()
    page.get_by_label("the body decides").check()
    page.get_by_label("by consensus").check()
    page.get_by_label("Text of the opinion or the decision").fill("Approved.")
    page.get_by_role("button", name="Note the outcome").click()
    page.get_by_role("link", name=row.reference).click()
    page.get_by_role("link", name="Close the session").click()
    page.get_by_role("button", name="Close the session").click()
    page.get_by_role("link", name="Give the draft round").click()
    page.get_by_role("button", name="Give the draft round").click()
    expect(page.locator("main")).to_contain_text("given round for remarks")

    page.goto(f"{live_server.url}/minutes/{scene.reference}/")
    expect(page.locator("main")).to_contain_text(f"at meeting {row.reference}")
    with page.expect_download() as found:
        page.get_by_role("link", name="PDF", exact=True).click()
    path = Path(str(found.value.path()))
    assert found.value.suggested_filename == f"{scene.reference}.pdf"
    assert f"Approved at meeting {row.reference}." in PdfReader(path).pages[-1].extract_text()


def _month_before(scene: Scene) -> None:
    """The meeting of the month before was held, its items stay open, its minutes went round."""
    secretary, then = scene.cast.secretary, timezone.now() - timedelta(days=20)
    open_with(scene)
    with acting_as(secretary):
        services.close_session(by=secretary, reference=scene.reference, at=scene.after(minutes=30))
        services.circulate(by=secretary, reference=scene.reference, at=scene.after(minutes=31))
    with second_wall_open():
        Minutes.objects.update(
            held_on=timezone.localdate(then), circulated_at=then, remarks_until=timezone.localdate(then)
        )


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
