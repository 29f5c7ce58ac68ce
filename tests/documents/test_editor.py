"""In a real browser: a long text is written, a table made, minutes pasted from Word; what is stored is clean."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.documents import samples, stage, word
from tests.web.conftest import browser, join

from fanal.access.rules import Role
from fanal.documents import prose, publish

PASTE = """([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  const options = {clipboardData: data, bubbles: true, cancelable: true};
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture(autouse=True)
def house(settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.documents.stage"
    settings.NAVIGATION = []
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
    stage.KEPT["text"] = ""
    yield
    stage.KEPT["text"] = ""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_text_is_written_pasted_and_saved(page: Page, live_server: LiveServer) -> None:
    enter(page, live_server, browser(join("writer", Role.OFFICER)))
    page.goto(f"{live_server.url}/write")
    area = page.get_by_role("textbox", name="Your contribution")
    area.click()
    page.keyboard.type("What was done")
    page.get_by_role("button", name="Heading", exact=True).click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("In 2024 we ")
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type("trained")
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type(" them")

    # a note, by keyboard alone: to the tools, along them, the question, and back
    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    for _step in range(6):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Link")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.get_by_label("Words of the note").fill("Twelve days.")
    page.keyboard.press("Enter")
    expect(area.locator("[data-note]")).to_have_text("Twelve days.")
    page.keyboard.type(".")

    # a list, undone and done again
    page.keyboard.press("Enter")
    page.get_by_role("button", name="List", exact=True).click()
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    page.keyboard.press("Control+z")
    expect(area).not_to_contain_text("two")
    page.keyboard.press("Control+y")
    expect(area).to_contain_text("two")

    # a table, and a figure behind it
    page.get_by_role("button", name="Table").click()
    page.keyboard.press("Control+Home")
    area.locator("td").first.click()
    page.keyboard.type("2024")
    page.get_by_role("button", name="First column names the rows").click()
    page.get_by_role("button", name="Add row").click()
    expect(area.locator("tbody tr")).to_have_count(3)
    for nth, year in ((1, "2025"), (2, "2026")):
        area.locator("tbody th").nth(nth).click()
        page.keyboard.type(year)
    area.locator("p").last.click()
    page.get_by_role("button", name="Figure").click()
    page.get_by_label("Code of the figure").fill("victims/2024")
    page.keyboard.press("Enter")
    assert axe(page) == []

    # 200 kB of Word
    area.locator("p").last.click()
    page.keyboard.press("End")
    page.evaluate(PASTE, [word.fragment(), "plain"])
    expect(page.get_by_text("It is in the text.")).to_be_visible()
    page.set_viewport_size({"width": 375, "height": 700})
    assert sideways(page) == 0
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/write")
    expect(page.get_by_text("This text is too long").first).to_be_visible()
    stage.ContributionForm.base_fields["text"].longest = 200_000
    try:
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/read")
    finally:
        stage.ContributionForm.base_fields["text"].longest = 20_000

    kept = stage.KEPT["text"]
    assert prose.clean(kept) == kept
    assert "style" not in kept
    assert "Mso" not in kept
    assert "alert" not in kept
    assert kept.startswith("<h2>What was done</h2><p>In 2024 we <strong>trained</strong> them")
    assert '<span data-note="">Twelve days.</span>.' in kept
    assert "<ul><li>one</li><li>two</li></ul>" in kept
    assert "<th>2024</th>" in kept
    assert '<span data-figure="victims/2024">' in kept
    assert "<h2>Punt 1</h2>" in kept
    assert "<li>Eerste<ol><li>Onder</li></ol></li>" in kept
    assert "<caption>Tabel 1: dossiers</caption>" in kept
    page.goto(f"{live_server.url}/write")
    again = page.get_by_role("textbox", name="Your contribution")
    expect(again.get_by_role("heading", name="Punt 1")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_works_without_script(page: Page, live_server: LiveServer) -> None:
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain = context.new_page()
    enter(plain, live_server, browser(join("writer", Role.OFFICER)))
    plain.goto(f"{live_server.url}/write")
    plain.get_by_label("Your contribution").fill(
        "## Done\n\nTwo *small* things:\n- one\n- <b>two\n\n|A|B|\n|-|-|\n|1|2|"
    )
    plain.get_by_role("button", name="Save").click()
    plain.wait_for_url("**/read")
    context.close()
    assert stage.KEPT["text"] == (
        "<h2>Done</h2><p>Two <em>small</em> things:</p><ul><li>one</li><li>&lt;b&gt;two</li></ul>"
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


@pytest.mark.browser
def test_the_published_page_is_read_by_everybody(page: Page) -> None:
    html = publish.publish(samples.report(), "html", date(2026, 11, 22)).decode()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_content(html)
        assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert sideways(page) == 0
