"""Procedures for other systems: the same acts and the same refusals as the pages."""

from typing import Any

import pytest
from tests.protection.door import BODY, REFLECTION, Door, ago, ahead, code, said, today, unit, wrong

from fanal.access.services import acting_as
from fanal.protection.models import Document, Procedure, Request

pytestmark = pytest.mark.django_db


# Requests


def test_a_system_asks_once_for_its_key(door: Door) -> None:
    worker = door.cast.centre_worker
    first, again = (door.post(worker, "/requests", BODY, **{"Idempotency-Key": "case-17"}) for _ in range(2))
    assert (first.status_code, again.status_code, first["ETag"]) == (201, 201, '"1"')
    assert said(first) == said(again)
    with acting_as(worker):
        assert Request.objects.get().reference == said(first)["reference"]


def test_the_office_reads_what_was_asked_without_the_identity(door: Door) -> None:
    reference, agent = door.requested(), door.cast.immigration_agent
    (line,) = said(door.get(agent, "/requests?state=waiting"))["items"]
    assert (line["reference"], line["centre_unit"]) == (reference, unit(door.cast.centre_worker))
    sheet = door.get(agent, f"/requests/{reference}")
    body = said(sheet)
    assert (sheet["ETag"], body["words"], body["has_identity"], body["is_mine"]) == (
        '"1"',
        "ليلى",
        True,
        False,
    )
    assert [clock["clock"] for clock in body["clocks"]] == ["opening"]
    assert "Invented" not in sheet.content.decode()
    assert said(door.get(agent, "/requests?state=refused"))["items"] == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"track": "moon"}, "track"),
        ({"offence": "H9"}, "offence"),
        ({"circumstances": ["storm"]}, "circumstances"),
        ({"circumstances": ["a b"]}, "circumstances.0"),
        ({"offence": "H2"}, "offence"),
        ({"statement": "rumour", "statement_on": "2025-11-20"}, "statement"),
        ({"statement": "complaint"}, "statement_on"),
        ({"statement": "complaint", "statement_on": "2026-02-30"}, "statement_on"),
        ({"statement": "complaint", "statement_on": "9999-12-31"}, "statement_on"),
        ({"centre_unit": "nowhere"}, "centre_unit"),
        ({"centre_unit": "strangers-office"}, "centre_unit"),
        ({"about": {"citizenship": ["belgian"]}}, "about.citizenship.0"),
        ({"about": {"identity": {"family_name": "x" * 121}}}, "about.identity.family_name"),
        ({"words": "x" * 5001}, "words"),
        ({"words": "\x00"}, "words"),
        ({"referral": "R-1"}, "referral"),
    ],
)
def test_bad_input_is_a_problem_with_its_field(door: Door, change: dict[str, Any], place: str) -> None:
    answer = door.post(door.cast.centre_worker, "/requests", BODY | change)
    assert wrong(answer) == (422, place)
    assert "x" * 100 not in answer.content.decode(), "what was sent is never sent back"
    with acting_as(door.cast.centre_worker):
        assert not Request.objects.exists()


def test_a_referral_of_nobody_is_not_found(door: Door) -> None:
    answer = door.post(door.cast.centre_worker, "/requests", BODY | {"referral": "R-0000-0000"})
    assert answer.status_code == 404


def test_a_request_is_withdrawn_once(door: Door) -> None:
    reference, worker = door.requested(), door.cast.centre_worker
    rows = [door.post(worker, f"/requests/{reference}/withdraw", match=match) for match in ('"1"', '"2"')]
    assert [(said(row)["state"], row["ETag"]) for row in rows] == [("withdrawn", '"2"')] * 2
    late = door.post(door.cast.immigration_agent, f"/requests/{reference}/open")
    assert code(late) == (409, "already_answered")


def test_a_request_is_refused_in_words_and_once(door: Door) -> None:
    reference, agent = door.requested(), door.cast.immigration_agent
    url = f"/requests/{reference}/refuse"
    assert wrong(door.post(agent, url, {"words": " "})) == (422, "words")
    assert wrong(door.post(agent, url)) == (422, "words")
    for _ in range(2):
        assert door.done(agent, url, {"words": "No signs."})["version"] == 2
    sheet = said(door.get(door.cast.centre_worker, f"/requests/{reference}"))
    assert (sheet["state"], sheet["answer"]) == ("refused", "No signs.")
    assert code(door.post(agent, f"/requests/{reference}/open")) == (409, "already_answered")


@pytest.mark.parametrize("on", ["2026-13-01", "1900-01-01", "0001-01-01", "9999-12-31", ahead(2)])
def test_a_file_is_not_opened_on_a_day_that_cannot_be(door: Door, on: str) -> None:
    reference, agent = door.requested(), door.cast.immigration_agent
    assert wrong(door.post(agent, f"/requests/{reference}/open", {"on": on})) == (422, "on")
    with acting_as(agent):
        assert not Procedure.objects.exists()


def test_what_was_asked_for_is_opened_once_under_its_reference(door: Door) -> None:
    reference, agent = door.requested(), door.cast.immigration_agent
    first, again = (door.post(agent, f"/requests/{reference}/open") for _ in range(2))
    assert said(first) == said(again)
    assert (said(first)["reference"], said(first)["phase"], first["ETag"]) == (reference, "P0", '"1"')


# Procedures


def test_a_file_of_ones_own_motion(door: Door) -> None:
    body = {name: value for name, value in BODY.items() if name != "words"}
    given = body | {"centre_unit": unit(door.cast.centre_worker)}
    agent, worker = door.cast.immigration_agent, door.cast.centre_worker
    made = door.post(agent, "/procedures", given)
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    (line,) = said(door.get(worker, "/procedures?state=running&track=residence&phase=P0"))["items"]
    assert line == said(made)
    assert said(door.get(worker, "/procedures?state=ended"))["items"] == []
    assert code(door.post(worker, "/procedures", given)) == (403, "not_yours_to_decide")
    assert wrong(door.post(agent, "/procedures", given | {"on": ahead(2)})) == (422, "on")
    assert wrong(door.post(agent, "/procedures", given | {"on": "0001-01-01"})) == (422, "track")


def test_a_procedure_as_its_readers_see_it(door: Door) -> None:
    reference = door.in_p2()
    asked = door.asked(reference)
    sheet = door.get(door.cast.immigration_agent, f"/procedures/{reference}")
    body = said(sheet)
    assert (sheet["ETag"], body["phase"], body["document"], body["is_mine"]) == ('"3"', "P2", "LEAF", True)
    assert [fact["kind"] for fact in body["facts"]] == ["opened", "statement", "decided", "asked"]
    assert [fact["data"] for fact in body["facts"]] == [{}, {}, {"declared": ["accompanied"]}, {}]
    assert [each["kind"] for each in body["documents"]] == ["LEAF"]
    steps = {each["move"]: each for each in body["steps"]}
    assert (steps["residence"]["ready"], steps["residence"]["mine"]) == (False, True)
    assert {each["state"] for each in steps["residence"]["conditions"]} == {"to_declare", "not_answered"}
    assert [each["id"] for each in body["questions"]] == [asked]
    assert (body["ending"], body["grounds"][0]["asks"]) == ("end", ["freely"])
    assert "Invented" not in sheet.content.decode()
    seen = said(door.get(door.cast.centre_worker, f"/procedures/{reference}"))
    assert (seen["questions"], seen["is_mine"], seen["steps"][0]["askable"]) == ([], False, True)


def test_a_statement_and_an_event_are_noted_once(door: Door) -> None:
    reference, agent = door.opened(), door.cast.immigration_agent
    url = f"/procedures/{reference}"
    for _ in range(2):
        row = door.done(door.cast.centre_worker, f"{url}/statements", {"kind": "statement", "on": ago(1)})
        assert row["version"] == 2
    for _ in range(2):
        assert door.done(agent, f"{url}/events", {"event": "verdict", "on": ago(1)})["version"] == 3
    for body, place in (
        ({"kind": "rumour", "on": ago(1)}, "kind"),
        ({"kind": "statement", "on": ahead(1)}, "on"),
        ({"kind": "statement", "on": "2026-02-30"}, "on"),
        ({"kind": "statement"}, "on"),
    ):
        assert wrong(door.post(agent, f"{url}/statements", body)) == (422, place)
    assert wrong(door.post(agent, f"{url}/events", {"event": "rain", "on": ago(1)})) == (422, "event")


def test_a_step_is_asked_for_then_taken(door: Door) -> None:
    reference, agent, worker = door.opened(), door.cast.immigration_agent, door.cast.centre_worker
    url = f"/procedures/{reference}"
    for _ in range(2):
        row = door.done(worker, f"{url}/requests", {"move": "open_reflection", "words": "She rests."})
        assert row["version"] == 2
    assert code(door.post(worker, f"{url}/requests", {"move": "fly"})) == (409, "no_such_step")
    assert code(door.post(agent, f"{url}/requests", {"move": "open_reflection"})) == (403, "not_yours_to_ask")
    assert code(door.post(worker, f"{url}/decisions", REFLECTION)) == (403, "not_yours_to_decide")
    lacking = door.post(agent, f"{url}/decisions", REFLECTION | {"declared": []})
    assert (code(lacking), said(lacking)["facts"]["condition"]) == ((409, "condition"), "accompanied")
    for change, place in (
        ({"declared": ["courage"]}, "declared"),
        ({"on": ahead(1)}, "on"),
        ({"on": ago(1)}, "on"),
        ({"on": "1-1-2026"}, "on"),
        ({"first_day": ahead(1)}, "first_day"),
        ({"first_day": "9999-12-31"}, "first_day"),
        ({"move": "a b"}, "move"),
    ):
        assert wrong(door.post(agent, f"{url}/decisions", REFLECTION | change)) == (422, place), change
    taken = door.post(agent, f"{url}/decisions", REFLECTION, match='"2"')
    assert (said(taken)["phase"], said(taken)["document"], taken["ETag"]) == ("P1", "SLIP", '"3"')
    assert code(door.post(agent, f"{url}/decisions", REFLECTION)) == (409, "no_such_step")
    with acting_as(agent):
        assert Document.objects.count() == 1


def test_a_step_is_refused_with_its_reason(door: Door) -> None:
    reference, agent = door.opened(), door.cast.immigration_agent
    url = f"/procedures/{reference}/refusals"
    assert wrong(door.post(agent, url, {"move": "open_reflection", "words": " "})) == (422, "words")
    row = door.done(agent, url, {"move": "open_reflection", "words": "Not yet."})
    assert (row["phase"], row["version"]) == ("P0", 2)
    facts = said(door.get(door.cast.centre_worker, f"/procedures/{reference}"))["facts"]
    assert (facts[-1]["kind"], facts[-1]["words"]) == ("refused", "Not yet.")


def test_the_end_has_a_ground_and_is_final(door: Door) -> None:
    reference, agent = door.in_p2(), door.cast.immigration_agent
    url = f"/procedures/{reference}/end"
    for body, place in (
        ({"ground": "G2", "words": "x"}, "ground"),
        ({"ground": "G1", "words": "x"}, "so"),
        ({"ground": "G1", "words": "x", "so": {"freely": False}}, "so"),
        ({"ground": "G1", "words": "x", "so": {"freely": True, "gladly": True}}, "so"),
        ({"ground": "G3", "words": " "}, "words"),
    ):
        assert wrong(door.post(agent, url, body)) == (422, place), body
    given = {"ground": "G1", "words": "Gone.", "so": {"freely": True}, "order_to_leave": True}
    assert door.done(agent, url, given)["ended_on"] == today().isoformat()
    assert code(door.post(agent, url, given)) == (409, "ended")
    fact = said(door.get(agent, f"/procedures/{reference}"))["facts"][-1]
    assert fact["data"] == {"so": {"freely": True}, "with_magistrate": False, "order_to_leave": True}
