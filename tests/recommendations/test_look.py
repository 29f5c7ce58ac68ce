"""Recommendations in a real browser: what people see, and a GRETA recommendation answered by hand."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.cast import Cast, client, load
from tests.recommendations.conftest import issued

from fanal.access.services import acting_as
from fanal.recommendations import queries, services
from fanal.recommendations.models import Recommendation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("FANAL_SHOTS", "")


def asked(cast: Cast) -> Recommendation:
    now = timezone.now()
    with acting_as(cast.secretary):
        return services.record(
            by=cast.secretary, at=now,
            content=services.Content(
                body="greta", document="GRETA(2013)14", paragraph="12", issued=issued("2013-09-25"), force="urges",
                theme="children", words={"en": "Watch over children", "fr": "Veiller sur les enfants"},
                reply_due=timezone.localdate(now) - timedelta(days=3), link="https://example.org/greta",
            ),
        )  # fmt: skip


def look(page: Page, url: str, name: str) -> None:
    page.goto(url)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    assert axe(page) == [], url
    assert sideways(page) <= 0, url


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark")])
def test_every_page_is_accessible_and_fits(
    page: Page, live_server: LiveServer, width: int, scheme: str
) -> None:
    cast = load()
    row, now = asked(cast), timezone.now()
    with acting_as(cast.chair):
        for n in (1, 2):
            services.state_position(
                by=cast.chair, number=row.number, position="partly", reason=f"Half of it, {n}.",
                stated_on=timezone.localdate(now), at=now,
            )  # fmt: skip
        made = services.add_answer(by=cast.chair, number=row.number, kind="evidence", words="A table", at=now)
        services.draft_position(by=cast.chair, number=row.number, position="noted", reason="Soon", at=now)
        search = services.begin_search(by=cast.chair, at=now)
        table = b"text;body;document;date\nCount better;owls;OWL/7;2019\nCount;moon;OWL/7;once\n"
        batch = services.read(by=cast.chair, content=table, at=now)
    services.run_search(search_id=search.id, at=now)
    with acting_as(cast.rapporteur):
        services.assess(
            by=cast.rapporteur,
            number=row.number,
            verdict="not_done",
            words="Nothing seen.",
            public=True,
            at=now,
        )
    with acting_as(cast.chair):
        alike = next(iter(queries.proposals()))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    enter(page, live_server, client(cast.chair))
    of = f"{row.number}/"
    for path, name in (
        ("", "list"), ("?words=zebra", "list-empty"), (of, "sheet"), (f"{of}position/", "position"),
        (f"{of}change/", "change"), (f"{of}measure/", "measure"), (f"{of}evidence/", "evidence"), ("cycles/", "cycles"),
        ("reply/?body=greta&document=GRETA(2013)14", "reply"), ("same/", "same"), (f"same/{alike.id}/", "confirm"),
        ("same/confirmed/", "confirmed"), ("import/", "import"), (f"import/{batch.id}/", "batch"),
        (f"answers/{made.id}/remove/", "remove"), ("public/", "public"),
    ):  # fmt: skip
        look(page, f"{live_server.url}/recommendations/{path}", f"{name}-{width}-{scheme}")
    enter(page, live_server, client(cast.rapporteur))
    look(page, f"{live_server.url}/recommendations/{of}assessment/", f"assessment-{width}-{scheme}")


def test_the_secretary_answers_a_recommendation_of_greta_with_a_measure_and_evidence(
    page: Page, live_server: LiveServer
) -> None:
    cast = load()
    row = asked(cast)
    enter(page, live_server, client(cast.secretary))
    page.goto(f"{live_server.url}{reverse('recommendations:list')}")
    page.locator("#id_words").fill("enfants")
    page.locator("#id_body").select_option("greta")
    page.get_by_role("link", name=row.number).click()
    expect(page.locator("main")).to_contain_text("reply overdue")
    page.get_by_role("link", name="Link a measure").click()
    page.locator("#id_words").fill("e")
    page.get_by_role("button", name="Search").click()
    choice = page.locator("#id_key")
    title = choice.locator("option").first.inner_text()
    choice.select_option(index=0)
    page.get_by_role("button", name="Link this measure").click()
    expect(page.locator("main")).to_contain_text(title.partition(" ")[2])
    page.get_by_role("link", name="Add evidence").click()
    page.get_by_role("button", name="Add evidence").click()
    expect(page.locator("#id_words")).to_have_attribute("aria-invalid", "true")
    page.locator("#id_words").fill("The circular of 2020 was sent to every watch.")
    page.locator("#id_link").fill("https://example.org/circular")
    page.locator("#id_on").fill("3.2.2020")
    page.get_by_role("button", name="Add evidence").click()
    expect(page.locator("main")).to_contain_text("The circular of 2020")
    with acting_as(cast.secretary):
        sheet = queries.sheet(row.number, cast.secretary, timezone.localdate())
    assert [each.row.on for each in sheet.evidence] == [date(2020, 2, 3)]
    assert len(sheet.measures) == 1
    enter(page, live_server, client(cast.chair))
    page.goto(f"{live_server.url}{reverse('recommendations:position', args=[row.number])}")
    page.get_by_label("yes").check()
    page.locator("#id_reason").fill("We watch.")
    page.get_by_role("button", name="State this position").click()
    expect(page.locator("main")).to_contain_text("answered with evidence")
