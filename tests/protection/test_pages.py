"""Each page: its owner, a seat, a stranger; each act by its form, once, stale, and with what cannot be right."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import client
from tests.protection.acts import Stage

from fanal.access.models import Membership
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.protection.models import Document, Fact, Procedure, QuestionSet, Reply, Request
from fanal.web import disclosure

pytestmark = pytest.mark.django_db


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def hidden(answer: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text(answer))
    assert found, f"no hidden field {name}"
    return found[1]


def send(browser: Client, path: str, **typed: Any) -> HttpResponse:
    """Open the form of an act, fill it in and send it, as a browser does."""
    shown = browser.get(f"/protection/{path}")
    assert shown.status_code == 200, f"{path}: {shown.status_code}"
    carried = {
        name: hidden(shown, name) for name in ("version", "submission") if f'name="{name}"' in text(shown)
    }
    answer: HttpResponse = browser.post(f"/protection/{path}", {**carried, **typed})
    return answer


def everything(stage: Stage) -> tuple[Procedure, Request, QuestionSet]:
    row = stage.in_p3()
    return row, stage.requested(), stage.asked(row, days=100)


def pages(row: str, request: str, asked: str) -> dict[str, list[str]]:
    """The pages of a file by the part of the cast that may open them."""
    return {
        "immigration_agent": [
            f"{row}/", f"{row}/decide/renew_residence/", f"{row}/refuse/renew_residence/", f"{row}/end/", f"{row}/ask/",
            f"{row}/statement/", f"{row}/event/", f"{row}/dates/", f"{row}/identity/", f"{request}/",
            f"{request}/open/", f"{request}/refuse/", f"{row}/letters/1.pdf",
        ],
        "centre_worker": [
            f"{row}/", f"{row}/request/renew_residence/", f"{row}/statement/", f"{row}/hand-over/", f"{request}/",
            f"{request}/withdraw/", f"{row}/identity/", f"{row}/letters/1.pdf",
        ],
        "magistrate": [f"questions/{asked}/", f"questions/{asked}/event/"],
    }  # fmt: skip


def test_every_page_opens_for_who_may(stage: Stage) -> None:
    row, request, asked = everything(stage)
    found = pages(row.reference, request.reference, str(asked.id))
    found["immigration_agent"] += [
        "",
        "new/",
        "new/alone/",
        "deadlines/",
        "deadlines/calendar/",
        "export.csv",
    ]
    found["centre_worker"] += ["", "new/", "new/alone/", "deadlines/"]
    found["magistrate"] += ["questions/", "deadlines/"]
    for part, paths in found.items():
        browser = client(stage.cast.all[part])
        for path in paths:
            assert browser.get(f"/protection/{path}").status_code == 200, f"{part} {path}"


def test_absent_and_forbidden_are_the_same_bytes_and_statements(stage: Stage) -> None:
    row, request, asked = everything(stage)
    there = pages(row.reference, request.reference, str(asked.id))
    nowhere = pages("P-0000-0000", "P-0000-0001", "00000000-0000-7000-8000-000000000000")
    strangers = (stage.cast.outsider, stage.cast.other_centre_worker, stage.cast.other_magistrate)
    for member in (*strangers, stage.cast.magistrate):
        browser = client(member)
        for part in there:
            if part == "magistrate" and member is stage.cast.magistrate:
                continue
            for path, missing in zip(there[part], nowhere[part], strict=True):
                with CaptureQueriesContext(connection) as seen:
                    found = browser.get(f"/protection/{path}")
                with CaptureQueriesContext(connection) as unseen:
                    nothing = browser.get(f"/protection/{missing}")
                assert found.status_code == nothing.status_code in (403, 404), f"{member.role} {path}"
                if found.status_code == 403:
                    continue  # the role has no such act at all
                assert found.content == nothing.content, path
                assert len(seen) == len(unseen), path
                posted, to_nothing = (
                    browser.post(f"/protection/{path}"),
                    browser.post(f"/protection/{missing}"),
                )
                assert (posted.status_code, posted.content) == (to_nothing.status_code, to_nothing.content), (
                    path
                )


def test_nobody_goes_to_the_login_page(stage: Stage) -> None:
    row, _, asked = everything(stage)
    for path in ("", f"{row.reference}/", "questions/", f"questions/{asked.id}/", "deadlines/", "export.csv"):
        answer = Client().get(f"/protection/{path}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_the_file_goes_its_way_by_its_forms(stage: Stage) -> None:
    """From the centre's request to the second title, nobody ever calling a service."""
    cast, today = stage.cast, timezone.localdate()
    worker, agent, magistrate = (
        client(m) for m in (cast.centre_worker, cast.immigration_agent, cast.magistrate)
    )
    day = f"{today:%d.%m.%Y}"
    answer = send(
        worker, "new/alone/", track="residence", offence="R10", statement="complaint", statement_on=day,
        pseudonym="Kestrel", family_name="Invented", words="She spoke today.",
    )  # fmt: skip
    assert answer.status_code == 302, text(answer)
    reference = answer["Location"].split("/")[-2]
    assert "waits for a decision" in text(worker.get(answer["Location"]))
    assert send(agent, f"{reference}/open/").status_code == 302
    assert send(agent, f"{reference}/decide/open_first_document/", declared="accompanied").status_code == 302
    assert send(worker, f"{reference}/request/residence/", words="Please.").status_code == 302
    told = {"magistrate_unit": cast.magistrate.unit_id, "judicial_reference": "HA-1", "tell_identity": "on"}
    assert send(agent, f"{reference}/ask/", **told).status_code == 302
    with acting_as(cast.magistrate):
        path = f"questions/{QuestionSet.objects.get().id}/"
    assert "Invented" in text(magistrate.get(f"/protection/{path}"))
    codes = ("still_victim", "proceedings_ongoing", "will_to_cooperate", "link_broken")
    assert (
        send(magistrate, path, **dict.fromkeys(codes, "yes"), words_link_broken="Since May.").status_code
        == 302
    )
    assert "Since May." in text(magistrate.get(f"/protection/{path}"))
    shown = text(agent.get(f"/protection/{reference}/"))
    assert "Since May." in shown
    assert f'class="btn" href="/protection/{reference}/decide/residence/"' in shown, (
        "the next act is the dark button"
    )
    assert send(agent, f"{reference}/decide/residence/", declared="accompanied").status_code == 302
    assert send(agent, f"{reference}/event/", event="verdict", on=day).status_code == 302
    assert send(agent, f"{reference}/decide/unlimited/").status_code == 302
    with acting_as(cast.immigration_agent):
        assert Procedure.objects.get().phase == "P4"
        assert list(Document.objects.order_by("decided_on", "id").values_list("kind", flat=True)) == [
            "LEAF", "SHELL", "ANCHOR",
        ]  # fmt: skip


def test_an_end_by_its_form(stage: Stage) -> None:
    row = stage.in_p3()
    agent = client(stage.cast.immigration_agent)
    wrong = send(agent, f"{row.reference}/end/", ground="G1", words="Went back.")
    assert wrong.status_code == 422
    assert "only holds when each of its facts is so" in text(wrong)
    assert "Went back." in text(wrong), "what was typed is not lost"
    assert (
        send(agent, f"{row.reference}/end/", ground="G1", so="freely", words="Went back.").status_code == 302
    )
    shown = text(agent.get(f"/protection/{row.reference}/"))
    assert "Back to the masters" in shown
    assert "/decide/" not in shown
    assert send_gone(agent, f"{row.reference}/end/") == 404


def send_gone(browser: Client, path: str) -> int:
    return int(browser.get(f"/protection/{path}").status_code)


def test_a_seat_is_handed_over_by_its_form(stage: Stage) -> None:
    row, cast = stage.in_p2(), stage.cast
    worker = client(cast.centre_worker)
    unsure = send(worker, f"{row.reference}/hand-over/", to_unit=cast.other_centre_worker.unit_id)
    assert unsure.status_code == 422
    done = send(worker, f"{row.reference}/hand-over/", to_unit=cast.other_centre_worker.unit_id, consent="on")
    assert done["Location"] == "/protection/"
    assert worker.get(f"/protection/{row.reference}/").status_code == 200, "its own request stays"
    assert client(cast.other_centre_worker).get(f"/protection/{row.reference}/").status_code == 200


def test_dates_are_shown_and_hidden_by_their_forms(stage: Stage) -> None:
    row, cast = stage.in_p2(), stage.cast
    agent, partner = client(cast.immigration_agent), client(cast.reception)
    assert row.reference not in text(partner.get("/protection/deadlines/"))
    assert send(agent, f"{row.reference}/dates/", to_unit=cast.reception.unit_id).status_code == 302
    board = text(partner.get("/protection/deadlines/"))
    assert row.reference in board
    assert f"/protection/{row.reference}/" not in board, "the date, and no way to the file"
    shown = text(agent.get(f"/protection/{row.reference}/"))
    hide = re.search(rf"/protection/{row.reference}/dates/[^\"]+/end/", shown)
    assert hide
    assert agent.post(hide[0]).status_code == 302
    assert row.reference not in text(partner.get("/protection/deadlines/"))


def test_two_decisions_from_one_page_are_one(stage: Stage) -> None:
    row = stage.opened()
    agent, path = client(stage.cast.immigration_agent), f"/protection/{row.reference}/decide/open_reflection/"
    version = hidden(agent.get(path), "version")
    assert agent.post(path, {"version": version, "declared": "accompanied"}).status_code == 302
    assert agent.post(path, {"version": version, "declared": "accompanied"}).status_code == 404, (
        "no longer a step"
    )
    with acting_as(stage.cast.immigration_agent):
        assert Document.objects.count() == 1


def test_a_stale_form_says_so_and_keeps_what_was_typed(stage: Stage) -> None:
    row = stage.in_p2()
    agent, path = client(stage.cast.immigration_agent), f"/protection/{row.reference}/refuse/residence/"
    version = hidden(agent.get(path), "version")
    stage.stated(row, days=3)
    answer = agent.post(path, {"version": version, "words": "Not convinced yet."})
    assert answer.status_code == 422
    assert "Somebody changed this since you opened it" in text(answer)
    assert "Not convinced yet." in text(answer)
    with acting_as(stage.cast.immigration_agent):
        assert not Fact.objects.filter(kind="refused").exists()
        assert Entry.objects.filter(verb="refused").exists(), "that it was tried leaves a trace"


def test_a_form_without_its_version_is_not_ours(stage: Stage) -> None:
    row = stage.opened()
    agent = client(stage.cast.immigration_agent)
    for version in ({}, {"version": "x"}):
        assert agent.post(f"/protection/{row.reference}/decide/open_reflection/", version).status_code == 428


def test_a_request_sent_twice_is_one(stage: Stage) -> None:
    worker = client(stage.cast.centre_worker)
    carried = hidden(worker.get("/protection/new/alone/"), "submission")
    typed = {"submission": carried, "track": "residence", "offence": "R10"}
    sent = [worker.post("/protection/new/alone/", typed)["Location"] for _ in range(2)]
    assert sent[0] == sent[1]
    with acting_as(stage.cast.centre_worker):
        assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"offence": ""}, "required"),
        ({"offence": "H9"}, "H9"),
        ({"offence": "H2"}, "only opens the procedure with certain circumstances"),
        ({"track": "moon"}, "moon"),
        ({"statement": "complaint", "statement_on": "30.02.2026"}, "there is no day 30"),
        ({"statement": "complaint", "statement_on": ""}, "Say on which day it was made"),
        ({"statement": "complaint", "statement_on": "24.11.2126"}, "not later than today"),
        ({"words": "a" * 5001}, "At most 5000 characters"),
        ({"birth_date": "0"}, "cannot be read"),
    ],
)
def test_what_cannot_be_right_comes_back_with_a_word(stage: Stage, typed: dict[str, str], said: str) -> None:
    usual = {"track": "residence", "offence": "R10", "words": "فتاة من المرفأ", "pseudonym": "Ķestrel عصفور"}
    answer = send(client(stage.cast.centre_worker), "new/alone/", **(usual | typed))
    assert answer.status_code == 422
    assert said in text(answer)
    assert "Ķestrel عصفور" in text(answer), "what was typed is not lost, in any script"


def test_names_in_any_script_come_back_whole(stage: Stage) -> None:
    worker = client(stage.cast.centre_worker)
    answer = send(
        worker, "new/alone/", track="residence", offence="R10", family_name="יוסף", given_names="Ŝofía 李"
    )
    path = answer["Location"].removeprefix("/protection/")
    assert "李" not in text(worker.get(answer["Location"])), "the page of the file names nobody"
    shown = send(worker, f"{path}identity/", purpose="accompany")
    assert "Ŝofía 李" in text(shown)
    assert "יוסף" in text(shown)
    with acting_as(stage.cast.centre_worker):
        assert Entry.objects.get(act="protection.reveal_identity").purpose == "accompany"


def test_an_identity_is_not_shown_without_a_purpose(stage: Stage) -> None:
    row = stage.opened()
    agent = client(stage.cast.immigration_agent)
    for typed in ({}, {"purpose": "investigate"}):
        answer = send(agent, f"{row.reference}/identity/", **typed)
        assert answer.status_code == 422
        assert "Invented" not in text(answer)


def test_a_minors_decision_asks_for_the_best_interests(stage: Stage) -> None:
    row = stage.opened(best_interests="x", track="minor", unaccompanied_minor=True)
    agent, path = client(stage.cast.immigration_agent), f"{row.reference}/decide/open_minor/"
    assert send(agent, path, declared="accompanied").status_code == 422
    assert send(agent, path, declared="accompanied", best_interests="School first.").status_code == 302


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3), ("state=running", 2), ("state=ended", 1), ("track=minor", 1), ("phase=P3", 1), ("due=late", 2),
        ("due=soon", 0), ("phase=nonsense", 3), ("reference=p-0000-0000", 0),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address(stage: Stage, query: str, count: int) -> None:
    stage.in_p3()
    stage.ended(stage.in_p2(), days=3)
    stage.opened(best_interests="x", track="minor", unaccompanied_minor=True)
    agent = client(stage.cast.immigration_agent)
    listed = re.findall(r'<th scope="row" class="nowrap">', text(agent.get(f"/protection/?{query}")))
    assert len(listed) == count
    rows = agent.get(f"/protection/export.csv?{query}").content.decode().strip().splitlines()
    assert len(rows) == count + 1
    with acting_as(stage.cast.immigration_agent):
        assert Entry.objects.filter(act="protection.export").count() == max(count, 1), "a line in each file"


def test_an_export_that_is_too_long_is_refused_and_not_cut(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.in_p2()
    agent = client(stage.cast.immigration_agent)
    assert agent.get("/protection/export.csv").status_code == 200
    assert agent.get("/protection/deadlines/export.csv").status_code == 200
    monkeypatch.setattr(disclosure, "MOST", 0)
    for path in ("export.csv", "export.xlsx", "deadlines/export.csv"):
        refused = agent.get(f"/protection/{path}")
        assert refused.status_code == 422
        assert "Narrow it first" in text(refused)


def test_an_export_of_an_unknown_kind_and_without_the_role(stage: Stage) -> None:
    stage.in_p2()
    assert client(stage.cast.immigration_agent).get("/protection/export.pdf").status_code == 404
    assert client(stage.cast.officer).get("/protection/export.csv").status_code == 404
    assert client(stage.cast.coordinator).get("/protection/export.csv").status_code == 403


@pytest.mark.parametrize("path", ["", "deadlines/", "deadlines/?whom=me&when=late"])
def test_a_list_takes_the_same_statements_for_one_row_or_many(stage: Stage, path: str) -> None:
    agent, counts = client(stage.cast.immigration_agent), []
    for _ in range(3):
        stage.in_p2()
        stage.requested()
        agent.get(f"/protection/{path}")
        with CaptureQueriesContext(connection) as seen:
            agent.get(f"/protection/{path}")
        counts.append(len(seen))
    assert len(set(counts)) == 1, counts


def test_the_home_page_says_what_waits(stage: Stage) -> None:
    row = stage.in_p2()
    stage.asked(row, days=1)
    waits = {
        "immigration_agent": ("Decide what follows", "Answer the questions"),
        "centre_worker": ("Ask for what follows",),
        "magistrate": ("Answer the questions",),
    }
    for part, acts in waits.items():
        page = text(client(stage.cast.all[part]).get("/"))
        for act in acts:
            assert f"{row.reference} · {act}" in page, f"{part}: {act}"
    assert row.reference not in text(client(stage.cast.outsider).get("/"))


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_the_pages_speak_the_readers_language(stage: Stage, language: str) -> None:
    row = stage.in_p2()
    browser = client(stage.cast.immigration_agent)
    browser.post("/language", {"language": language, "next": "/"})
    page = text(browser.get(f"/protection/{row.reference}/"))
    assert f'lang="{language}"' in page
    for english in (
        "Where the procedure stands",
        "Clocks that run",
        "What happened",
        "Documents, the last first",
    ):
        assert english not in page


def test_a_magistrate_who_left_answers_no_more(stage: Stage) -> None:
    asked = stage.asked(stage.in_p2(), days=1)
    magistrate: Member = stage.cast.magistrate
    browser = client(magistrate)
    assert browser.get(f"/protection/questions/{asked.id}/").status_code == 200
    Membership.objects.filter(pk=magistrate.membership_id).update(
        valid_to=timezone.localdate() - timedelta(days=1)
    )
    assert browser.get(f"/protection/questions/{asked.id}/").status_code == 302
    with acting_as(magistrate):
        assert not Reply.objects.exists()


def test_a_calendar_address_is_shown_once(stage: Stage) -> None:
    worker = client(stage.cast.centre_worker)
    made = worker.post("/protection/deadlines/calendar/")
    address = re.search(r"/protection/deadlines/fnl_[^.]+\.ics", text(made))
    assert address
    assert Client().get(address[0]).status_code == 200
    assert address[0] not in text(worker.get("/protection/deadlines/calendar/"))


def test_what_is_late_is_said_in_words(stage: Stage) -> None:
    row = stage.in_p2()
    assert row.next_due_on
    page = text(client(stage.cast.centre_worker).get("/protection/deadlines/"))
    assert re.search(r'class="tag late">[^<]*late<', page)
