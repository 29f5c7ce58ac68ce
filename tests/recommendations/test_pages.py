"""Pages, and the same acts for programs: each through its door, with a stranger."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.cast import Cast, api, client
from tests.recommendations.conftest import Recorder

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.recommendations import queries, services
from fanal.recommendations.models import Cluster, Draft, Recommendation


def statements(member: Member, address: str) -> int:
    browser = client(member)
    assert browser.get(address).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def many(count: int) -> None:
    """Rows straight into the table, half of them answered, a third in clusters of four."""
    at = datetime(2020, 1, 1, tzinfo=UTC)
    clusters = [
        Cluster.objects.create(years=[1999, 2001], size=4, confirmed_at=at, confirmed_by="0" * 32)
        for _n in range(max(count // 12, 1))
    ]
    Recommendation.objects.bulk_create(
        Recommendation(
            number=f"REC-1999-{n:03}", body="greta" if n % 2 else "owls", document=f"D{n % 7}",
            issued_on=date(1999, 1, 1), precision="day", words={"en": "x", "fr": "y"}, force="urges", theme="other",
            recorded_at=at, position="noted" if n % 2 else "", reply_due=date(2000, 1, n % 28 + 1),
            cluster=clusters[n % len(clusters)] if n % 3 == 0 else None, terms=["x"],
        )
        for n in range(count)
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["list", "public", "cycles", "clusters", "proposals", "list-filtered", "list-words"]
)
def test_a_page_costs_the_same_for_few_and_for_many(cast: Cast, name: str) -> None:
    plain, _, kind = name.partition("-")
    address = reverse(f"recommendations:{plain}")
    address += {"filtered": "?state=overdue&repeat=on&year=1999", "words": "?words=x", "": ""}[kind]
    many(3)
    few = statements(cast.chair, address)
    with acting_as(cast.chair):
        Recommendation.objects.all().delete()
    many(120)
    assert statements(cast.chair, address) == few


def test_documents_come_page_by_page(cast: Cast) -> None:
    """Each document once, the latest first; a cursor that is none begins again."""
    many(14)
    every = queries.cycles(size=200)
    first = queries.cycles(size=9)
    rest = queries.cycles(cursor=first.next, size=9)
    assert [*first.items, *rest.items] == every.items
    assert len({(each.body, each.document) for each in every.items}) == len(every.items) > 14
    assert (len(first.items), rest.next, every.next) == (9, "", "")
    assert queries.cycles(cursor="nine", size=9) == first


def test_the_sheet_costs_the_same_with_a_long_history(
    one: Recommendation, recorded: Recorder, cast: Cast, now: datetime, measure_key: str
) -> None:
    address = reverse("recommendations:recommendation", args=[one.number])

    def answer(times: int) -> None:
        for n in range(times):
            with acting_as(cast.chair):
                at = now + timedelta(minutes=n)
                services.state_position(
                    by=cast.chair, number=one.number, position="noted", reason=f"For the {n}th time {times}",
                    stated_on=timezone.localdate(now), at=at,
                )  # fmt: skip
                services.add_answer(
                    by=cast.chair, number=one.number, kind="evidence", words=f"{n} {times}", at=at
                )
                services.add_answer(by=cast.chair, number=one.number, kind="measure", key=measure_key, at=at)
            with acting_as(cast.rapporteur):
                services.assess(
                    by=cast.rapporteur, number=one.number, verdict="partly", words=f"{n} {times}", at=at
                )

    answer(1)
    few = statements(cast.officer, address)
    answer(6)
    assert statements(cast.officer, address) == few


CANARY = "Kanarie-4711"


def test_a_draft_is_seen_by_the_service_that_writes_it_and_by_nobody_else(
    one: Recommendation, cast: Cast, now: datetime
) -> None:
    with acting_as(cast.correspondent):
        services.draft_position(
            by=cast.correspondent, number=one.number, position="rejected", reason=CANARY, at=now
        )
    pages = [
        reverse("recommendations:list"), reverse("recommendations:list") + "?position=rejected",
        reverse("recommendations:list") + f"?words={CANARY}", reverse("recommendations:public"),
        reverse("recommendations:recommendation", args=[one.number]), reverse("recommendations:cycles"),
        reverse("recommendations:reply") + f"?body=greta&document={one.document}",
        reverse("recommendations:export", args=["csv"]), reverse("recommendations:position", args=[one.number]),
        f"/api/recommendations/{one.number}", "/api/recommendations?position=rejected", "/",
    ]  # fmt: skip
    own = client(cast.correspondent).get(reverse("recommendations:position", args=[one.number]))
    assert CANARY in own.content.decode()
    for name, member in cast.all.items():
        if member.unit_id == cast.correspondent.unit_id:
            continue
        browser = client(member)
        for address in pages:
            said = browser.get(address).content.decode()
            assert CANARY not in said.replace(f'value="{CANARY}"', "").replace(f"words={CANARY}", ""), (
                name,
                address,
            )
        assert one.number not in browser.get(pages[1]).content.decode(), name
    with acting_as(cast.chair):
        for format in ("html", "docx"):
            made = services.reply(
                by=cast.chair, body="greta", document=one.document, language="en", format=format, at=now
            )
            assert CANARY.encode() not in made.content
    assert CANARY not in client(cast.chair).get("/").content.decode()


def test_a_position_is_kept_as_a_draft_and_then_stated(one: Recommendation, cast: Cast) -> None:
    browser = client(cast.correspondent)
    address = reverse("recommendations:position", args=[one.number])
    kept = browser.post(address, {"reason": "Not sure yet", "draft": "1"})
    assert kept.status_code == 302
    with acting_as(cast.correspondent):
        assert Draft.objects.get().reason == "Not sure yet"
    wrong = browser.post(address, {"reason": "Sure now", "stated_on": "31.12.2099"})
    assert wrong.status_code == 422
    assert "Sure now" in wrong.content.decode()
    stated = browser.post(address, {"position": "partly", "reason": "Sure now", "stated_on": ""}, follow=True)
    assert "Sure now" in stated.content.decode()
    assert "by half" in client(cast.officer).get(stated.request["PATH_INFO"]).content.decode()
    assert client(cast.officer).get(address).status_code == 403


def test_a_recommendation_is_entered_changed_and_found(cast: Cast) -> None:
    browser = client(cast.secretary)
    new = reverse("recommendations:new")
    values = {"body": "owls", "document": "OWL/3", "issued": "10.2024", "force": "invites", "theme": "data",
              "words_fr": "Compter mieux", "reply_due": "1.1.2030"}  # fmt: skip
    assert browser.post(new, values | {"issued": "soon"}).status_code == 422
    assert browser.post(new, values | {"words_fr": ""}).status_code == 422
    made = browser.post(new, values, follow=True)
    row = Recommendation.objects.get(document="OWL/3")
    assert made.redirect_chain == [(reverse("recommendations:recommendation", args=[row.number]), 302)]
    assert "10.2024" in made.content.decode()
    change = reverse("recommendations:change", args=[row.number])
    shown = browser.get(change).content.decode()
    assert "Compter mieux" in shown
    answer = browser.post(change, values | {"words_en": "Count better", "version": "1"})
    assert answer.status_code == 302
    found = client(cast.officer).get(reverse("recommendations:list") + "?words=compter")
    assert "Count better" in found.content.decode()
    assert browser.post(change, values | {"words_en": "Late", "version": "1"}).status_code == 422


def test_the_list_goes_along_as_a_spreadsheet(one: Recommendation, cast: Cast) -> None:
    browser = client(cast.officer)
    sheet = browser.get(reverse("recommendations:export", args=["xlsx"]) + "?body=greta")
    rows = list(load_workbook(io.BytesIO(sheet.content)).active.values)  # type: ignore[union-attr]
    assert [row[0] for row in rows] == ["Number", one.number]
    assert one.number in browser.get(reverse("recommendations:export", args=["csv"])).content.decode()
    assert browser.get(reverse("recommendations:export", args=["pdf"])).status_code == 404


def test_programs_read_and_write_the_register(one: Recommendation, cast: Cast) -> None:
    reader = api(cast.officer)
    found = reader.get("/api/recommendations?body=greta").json()
    assert [line["number"] for line in found["items"]] == [one.number]
    sheet = reader.get(f"/api/recommendations/{one.number}")
    assert sheet.json()["state"] == "overdue"
    assert sheet["ETag"]
    body = {"body": "owls", "document": "OWL/9", "issued": "2024", "words": {"en": "More"}}
    assert reader.post("/api/recommendations", body, content_type="application/json").status_code == 403
    made = api(cast.chair).post("/api/recommendations", body, content_type="application/json")
    assert made.status_code == 201, made.content
    number = made.json()["number"]
    answer = {"kind": "evidence", "words": "A table"}
    address = f"/api/recommendations/{number}/answers"
    assert reader.post(address, answer, content_type="application/json").status_code == 403
    told = api(cast.secretary).post(address, answer, content_type="application/json")
    assert told.json()["state"] == "answering"
    assert reader.get("/api/recommendations/REC-1900-001").status_code == 404


def test_the_public_page_shows_what_the_rapporteur_shows(
    one: Recommendation, cast: Cast, now: datetime
) -> None:
    with acting_as(cast.rapporteur):
        services.assess(
            by=cast.rapporteur, number=one.number, verdict="not_done", words="Inside only.", at=now
        )
    anybody = Client()
    page = anybody.get(reverse("recommendations:public")).content.decode()
    assert one.number in page
    assert "Inside only." not in page
    with acting_as(cast.rapporteur):
        services.assess(
            by=cast.rapporteur, number=one.number, verdict="not_done", words="For all.", public=True, at=now
        )
    assert "For all." in anybody.get(reverse("recommendations:public")).content.decode()
    assert anybody.get(reverse("recommendations:list")).status_code == 302
