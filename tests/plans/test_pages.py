"""Pages of plans: who sees what, in how many statements, and journeys of the one who writes."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import Cast, client
from tests.plans.conftest import CODE, decided, measure

from fanal.access.services import acting_as
from fanal.plans import queries, services
from fanal.plans.models import Measure, Plan, Version

pytestmark = pytest.mark.django_db


def statements(browser: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(url).status_code == 200
    return len(seen)


def test_everybody_reads_what_was_adopted_and_nobody_else_the_draft(cast: Cast, draft: Version) -> None:
    for reader in (cast.correspondent, cast.representative, cast.rapporteur, cast.outsider):
        if not reader.may("plan.read"):  # type: ignore[arg-type]
            continue
        browser = client(reader)
        page = browser.get("/plans/").content.decode()
        assert "Second chart" in page
        assert "Third chart" not in page
        for url in (f"/plans/{CODE}/", f"/plans/{CODE}/export/csv/", f"/plans/{CODE}/versions/"):
            assert browser.get(url).status_code == 404, url
        assert browser.get(f"/plans/{CODE}/draft/").status_code == 403
    assert "Third chart" in client(cast.secretary).get("/plans/").content.decode()


def test_the_public_reads_adopted_plans_only(cast: Cast, draft: Version) -> None:
    page = Client().get("/plans/public/").content.decode()
    assert "Second chart" in page
    assert "Third chart" not in page
    assert "Train the harbour guards" in Client().get("/plans/public/chart-2/").content.decode()
    assert Client().get(f"/plans/public/{CODE}/").status_code == 404
    assert Client().get("/plans/chart-2/").status_code == 302


def test_none_in_force_is_said_out_loud(cast: Cast) -> None:
    words = "No plan is in force today."
    assert words not in client(cast.chair).get("/plans/").content.decode()
    Version.objects.filter(plan="chart-2").update(ends_on=date(2021, 1, 1))
    for browser, url in ((client(cast.chair), "/plans/"), (Client(), "/plans/public/")):
        assert words in browser.get(url).content.decode()


def test_the_same_statements_for_few_and_for_many(cast: Cast, adopted: Version, now: datetime) -> None:
    browser = client(cast.chair)
    urls = (
        "/plans/",
        f"/plans/{CODE}/",
        f"/plans/measures/{CODE}-01/",
        "/plans/find/?q=train",
        "/plans/public/",
    )
    draft_urls = (f"/plans/{CODE}/draft/", f"/plans/{CODE}/versions/", f"/plans/{CODE}/returns/")
    with acting_as(cast.chair):
        draft = services.amend(by=cast.chair, plan_code=CODE, at=now)
        assert services.find_returns(by=cast.chair, plan_code=CODE, at=now)
    for url in (*urls, *draft_urls):
        browser.get(url)
    few = {url: statements(browser, url) for url in (*urls, *draft_urls)}
    with acting_as(cast.chair):
        heading = draft.headings.get(number="1.1").anchor
        for nth in range(12):
            values = measure(f"9.{nth}", f"Train the guards of port {nth}", co_leads=("courts",))
            services.put_measure(by=cast.chair, plan_code=CODE, values=values, heading=heading, at=now)
        services.find_returns(by=cast.chair, plan_code=CODE, at=now)
        services.adopt(by=cast.chair, plan_code=CODE, adopted_on=date(2026, 1, 1), act="x", at=now)
        services.amend(by=cast.chair, plan_code=CODE, at=now)
        for nth in range(3):
            services.start(
                by=cast.chair, code=f"more-{nth}", titles={"en": "More"}, phenomena=[], at=now,
                starts_on=date(2025, 1, 1), ends_on=date(2029, 12, 31),
            )  # fmt: skip
    assert {url: statements(browser, url) for url in few} == few
    assert max(few.values()) < 25


def test_a_writer_makes_a_plan_in_the_browser(cast: Cast, now: datetime) -> None:
    browser = client(cast.secretary)

    def post(url: str, **data: object) -> None:
        answer = browser.post(url, data)
        assert answer.status_code == 302, answer.content.decode()

    post("/plans/new/", code="chart-4", title_nl="Vierde kaart", starts_on="1.1.2026", ends_on="31.12.2030")
    draft = "/plans/chart-4/draft/"
    post(f"{draft}headings/new/", number="1", title_nl="Zien")
    anchor = Version.objects.get(plan="chart-4").headings.get().anchor
    given = {
        "number": "1.1",
        "heading": anchor,
        "title_nl": "Licht",
        "starts_on": "1.1.2026",
        "ends_on": "31.12.2030",
    }
    wrong = browser.post(f"{draft}measures/new/", given | {"text_fr": "Ce qui reste", "budget": "beaucoup"})
    assert wrong.status_code == 422
    said = wrong.content.decode()
    assert "Ce qui reste" in said
    assert "beaucoup" in said
    wrong = browser.post(f"{draft}measures/new/", given | {"ends_on": "1.1.2031", "text_fr": "Ce qui reste"})
    said = wrong.content.decode()
    for words in ("Say which institution leads", "The measure ends after the plan does", "Ce qui reste"):
        assert words in said
    post(f"{draft}measures/new/", lead="watch", budget="12.500,50", sdgs=["8"], **given)
    row = Measure.objects.get(version__plan="chart-4")
    assert (row.key, row.budget_cents, row.sdgs) == ("chart-4-01", 1_250_050, ["8"])
    page = browser.get(f"{draft}measures/{row.key}/").content.decode()
    assert "12500,50" in page
    indicator = {"title_nl": "Lampen", "unit": "lampen", "target": "5", "target_on": "1.1.2030"}
    new = f"{draft}measures/{row.key}/indicators/new/"
    wrong = browser.post(new, indicator | {"version": row.edition})
    assert "A target needs the value it starts from" in wrong.content.decode()
    wrong = browser.post(
        new, indicator | {"baseline": "0", "benchmarks": "1.1.2025: 3", "version": row.edition}
    )
    assert "lies before the plan begins" in wrong.content.decode()
    assert "1.1.2025: 3" in wrong.content.decode()
    post(new, baseline="0", benchmarks="1.1.2027: 2\n1.1.2028: 3,5", version=row.edition, **indicator)
    edition = Measure.objects.get(pk=row.pk).edition
    assert (
        "01.01.2027: 2\n01.01.2028: 3,5"
        in browser.get(f"{draft}measures/{row.key}/indicators/1/").content.decode()
    )
    changed = {**given, "lead": "watch", "title_nl": "Meer licht"}
    stale = browser.post(f"{draft}measures/{row.key}/", changed | {"version": edition - 1})
    assert "Somebody changed this" in stale.content.decode()
    post(f"{draft}measures/{row.key}/", version=edition, **changed)
    post(f"{draft}measures/{row.key}/move/", to="up")
    wrong = browser.post(f"{draft}adopt/", {"adopted_on": f"{timezone.localdate(now):%d.%m.%Y}"})
    assert "Give the number of the decision" in wrong.content.decode()
    number = decided(cast, now)
    post(f"{draft}adopt/", adopted_on=f"{timezone.localdate(now):%d.%m.%Y}", decision=number)
    page = browser.get("/plans/chart-4/").content.decode()
    assert "Meer licht" in page
    assert number in page
    assert browser.get(draft).status_code == 404
    post("/plans/chart-4/amend/")
    assert "As they were: 1" in browser.get("/plans/chart-4/versions/").content.decode()
    post(f"{draft}discard/")
    assert Plan.objects.filter(code="chart-4").exists()


def test_who_does_not_write_changes_nothing(cast: Cast, draft: Version) -> None:
    browser = client(cast.correspondent)
    for url in (
        "/plans/new/",
        f"/plans/{CODE}/draft/adopt/",
        f"/plans/{CODE}/draft/import/",
        "/plans/chart-2/amend/",
    ):
        assert browser.post(url, {}).status_code == 403
    assert queries.draft(CODE, cast.chair).pk == draft.pk


def test_returns_are_found_and_judged_in_the_browser(cast: Cast, adopted: Version) -> None:
    browser, url = client(cast.chair), f"/plans/{CODE}/returns/"
    assert browser.post(url).status_code == 302
    page = browser.get(url).content.decode()
    assert "Likeness 0." in page
    assert "The same lead: Watch." in page
    found = queries.returns(adopted, date(2026, 6, 1))[0]
    browser.post(url, {"carry": found.row.pk, "verdict": "carried"})
    assert "before:" in browser.get(f"/plans/measures/{CODE}-01/").content.decode()
    assert "carried over" in browser.get(f"/plans/{CODE}/").content.decode()
