"""Who answers, hands over and looks through the door of other systems; and who never comes in."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.protection.acts import YES
from tests.protection.door import BODY, NOWHERE, Door, ago, ahead, code, said, unit, wrong

from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.protection import queries
from fanal.protection.models import Reply

pytestmark = pytest.mark.django_db


# Questions


def test_the_magistrate_answers_once(door: Door) -> None:
    reference, magistrate = door.in_p2(), door.cast.magistrate
    asked = door.asked(reference, judicial_reference="HA-77", tell_identity=True)
    (line,) = said(door.get(magistrate, "/questions"))["items"]
    assert (line["id"], line["reference"], line["answered"]) == (asked, reference, False)
    sheet = said(door.get(magistrate, f"/questions/{asked}"))
    assert (sheet["judicial_reference"], sheet["about"]["identity"]["family_name"]) == ("HA-77", "Invented")
    assert [clock["clock"] for clock in sheet["clocks"]] == ["answer"]
    assert door.get(magistrate, f"/procedures/{reference}").status_code == 403
    given: dict[str, Any] = {"answers": YES, "words": {"link_broken": "Since May."}}
    for _ in range(2):
        assert door.done(magistrate, f"/questions/{asked}/answer", given)["answers"] == YES
    other = {"answers": YES | {"link_broken": "no"}}
    assert code(door.post(magistrate, f"/questions/{asked}/answer", other)) == (409, "already_answered")
    with acting_as(magistrate):
        assert Reply.objects.count() == 1
    (seen,) = said(door.get(door.cast.immigration_agent, f"/procedures/{reference}"))["questions"]
    assert (seen["answers"], seen["said"]) == (YES, {"link_broken": "Since May."})


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({}, "still_victim"),
        (YES | {"link_broken": "maybe"}, "answers.link_broken"),
        (YES | {"moon": "yes"}, "moon"),
    ],
)
def test_answers_that_cannot_be(door: Door, answers: dict[str, str], place: str) -> None:
    asked = door.asked(door.in_p2())
    answer = door.post(door.cast.magistrate, f"/questions/{asked}/answer", {"answers": answers})
    assert wrong(answer) == (422, place)


def test_questions_are_put_once_and_to_a_magistrate(door: Door) -> None:
    reference = door.in_p2()
    door.asked(reference)
    url, agent = f"/procedures/{reference}/questions", door.cast.immigration_agent
    again = door.post(agent, url, {"magistrate_unit": unit(door.cast.magistrate)})
    assert code(again) == (409, "already_asked")
    for wanted in ("nowhere", unit(door.cast.centre_worker), ""):
        assert wrong(door.post(agent, url, {"magistrate_unit": wanted})) == (422, "magistrate_unit")
    worker = door.cast.centre_worker
    refused = door.post(worker, url, {"magistrate_unit": unit(door.cast.magistrate)})
    assert code(refused) == (403, "not_yours_to_decide")


def test_a_verdict_is_told_once(door: Door) -> None:
    reference, magistrate = door.in_p2(), door.cast.magistrate
    url = f"/questions/{door.asked(reference)}/events"
    for _ in range(2):
        assert door.done(magistrate, url, {"event": "verdict", "on": ago(1)})["on"] == ago(1)
    for body, place in (
        ({"event": "rain", "on": ago(1)}, "event"),
        ({"event": "verdict", "on": ahead(1)}, "on"),
        ({"event": "verdict", "on": "2026-02-30"}, "on"),
    ):
        assert wrong(door.post(magistrate, url, body)) == (422, place)


# Seats


def test_a_centre_hands_its_seat_over_and_stands_outside(door: Door) -> None:
    reference, worker, other = door.in_p2(), door.cast.centre_worker, door.cast.other_centre_worker
    url = f"/procedures/{reference}/hand-over"
    for change, place in (
        ({"consent": False}, "consent"),
        ({"to_unit": "nowhere"}, "to_unit"),
        ({"to_unit": unit(worker)}, "to_unit"),
        ({"on": ahead(1)}, "on"),
    ):
        given = {"to_unit": unit(other), "consent": True} | change
        assert wrong(door.post(worker, url, given)) == (422, place), change
    given = {"to_unit": unit(other), "consent": True}
    assert door.post(door.cast.immigration_agent, url, given).status_code == 403
    assert door.done(worker, url, given) == {"reference": reference}
    assert door.post(worker, url, given).status_code == 404
    assert door.get(worker, f"/procedures/{reference}").status_code == 404
    assert said(door.get(other, f"/procedures/{reference}"))["centre_unit"] == unit(other)


def test_dates_are_shown_and_hidden_again(door: Door) -> None:
    reference, agent, partner = door.in_p2(), door.cast.immigration_agent, door.cast.reception
    url = f"/procedures/{reference}/dates"
    assert said(door.get(partner, "/deadlines"))["items"] == []
    for change, place in (
        ({"until": ago(1)}, "until"),
        ({"until": "2026-02-30"}, "until"),
        ({"to_unit": "nowhere"}, "to_unit"),
        ({"to_unit": unit(agent)}, "to_unit"),
    ):
        assert wrong(door.post(agent, url, {"to_unit": unit(partner)} | change)) == (422, place), change
    given = {"to_unit": unit(partner), "until": ahead(30)}
    for _ in range(2):
        assert door.done(agent, url, given)["version"] == 3
    clocks = said(door.get(partner, "/deadlines"))["items"]
    assert {clock["reference"] for clock in clocks} == {reference}
    assert door.get(partner, f"/procedures/{reference}").status_code == 403
    (seat,) = said(door.get(agent, f"/procedures/{reference}"))["dates_shown"]
    assert (seat["unit"], seat["until"]) == (unit(partner), ahead(30))
    assert door.post(agent, f"{url}/{uuid4()}/hide").status_code == 404
    assert door.post(door.cast.centre_worker, f"{url}/{seat['grant']}/hide").status_code == 403
    for _ in range(2):
        door.done(agent, f"{url}/{seat['grant']}/hide")
    assert said(door.get(partner, "/deadlines"))["items"] == []
    assert said(door.get(agent, f"/procedures/{reference}"))["dates_shown"] == []


def test_an_identity_asks_for_a_purpose_and_leaves_a_trace(door: Door) -> None:
    reference, agent = door.requested(), door.cast.immigration_agent
    url = f"/{reference}/identity"
    assert wrong(door.post(agent, url, {"purpose": "curiosity"})) == (422, "purpose")
    assert wrong(door.post(agent, url, {"purpose": "investigate"})) == (422, "file_reference")
    found = door.done(agent, url, {"purpose": "decide_residence"})
    assert found["pseudonym"] == "Kestrel"
    assert (found["identity"]["family_name"], found["identity"]["birth_date"]) == ("Invented", "1999-05-04")
    door.done(agent, f"/requests/{reference}/open")
    assert door.done(agent, url, {"purpose": "investigate", "file_reference": "F-9"}) == found
    with acting_as(agent):
        assert Entry.objects.filter(act="protection.reveal_identity", reference="F-9").count() == 1


# The board


def test_clocks_by_whom_and_when_page_by_page(door: Door) -> None:
    references = {door.requested(), door.requested()}
    agent, worker = door.cast.immigration_agent, door.cast.centre_worker
    first = said(door.get(agent, "/deadlines?whom=me&when=soon&size=1"))
    second = said(door.get(agent, f"/deadlines?whom=me&when=soon&size=1&cursor={first['next']}"))
    assert {line["reference"] for line in first["items"] + second["items"]} == references
    assert (second["next"], first["items"][0]["mine"]) == ("", True)
    assert len(said(door.get(worker, "/deadlines?whom=others"))["items"]) == 2
    assert said(door.get(worker, "/deadlines?whom=me"))["items"] == []
    assert said(door.get(agent, "/deadlines?when=late"))["items"] == []
    assert wrong(door.get(agent, "/deadlines?when=never")) == (422, "when")
    assert code(door.get(agent, "/deadlines?cursor=x")) == (422, "cursor_unreadable")


# Walls and versions

ACTS: list[tuple[str, dict[str, Any]]] = [
    ("statements", {"kind": "statement", "on": "2026-01-05"}),
    ("events", {"event": "verdict", "on": "2026-01-05"}),
    ("requests", {"move": "residence"}),
    ("decisions", {"move": "residence"}),
    ("refusals", {"move": "residence", "words": "No."}),
    ("end", {"ground": "G3", "words": "Gone."}),
    ("questions", {"magistrate_unit": "parquet-quays"}),
    ("hand-over", {"to_unit": "centre-meadow", "consent": True}),
    ("dates", {"to_unit": "parquet-quays"}),
]
ASKED: list[tuple[str, dict[str, Any]]] = [("withdraw", {}), ("refuse", {"words": "No."}), ("open", {})]
DECIDES = {"events", "decisions", "refusals", "end", "questions", "dates", "refuse", "open"}


def test_what_is_not_theirs_is_not_there(door: Door) -> None:
    """Forbidden and absent are the same bytes, with and without a version."""
    reference = door.in_p2()
    asked = door.asked(reference)
    stranger, other = door.cast.other_centre_worker, door.cast.other_magistrate
    for act, body in ACTS:
        for match in ("*", None, '"1"'):
            found, missing = (
                door.post(stranger, f"/procedures/{each}/{act}", body, match=match)
                for each in (reference, NOWHERE)
            )
            assert (found.status_code, found.content) == (404, missing.content), act
    for act, body in ASKED:
        found, missing = (
            door.post(stranger, f"/requests/{each}/{act}", body) for each in (reference, NOWHERE)
        )
        assert (found.status_code, found.content) == (404, missing.content), act
    for kind in ("procedures", "requests"):
        found, missing = (door.get(stranger, f"/{kind}/{each}") for each in (reference, NOWHERE))
        assert (found.status_code, found.content) == (404, missing.content), kind
        assert said(door.get(stranger, f"/{kind}")) == {"items": [], "next": ""}
    for member in (stranger, other, door.cast.outsider, door.cast.magistrate):
        found, missing = (
            door.post(member, f"/{each}/identity", {"purpose": "protect"}) for each in (reference, NOWHERE)
        )
        assert (found.status_code, found.content) == (404, missing.content)
    for act, body in (("answer", {"answers": YES}), ("events", {"event": "verdict", "on": "2026-01-05"})):
        found, missing = (door.post(other, f"/questions/{each}/{act}", body) for each in (asked, uuid4()))
        assert (found.status_code, found.content) == (404, missing.content), act
    found, missing = (door.get(other, f"/questions/{each}") for each in (asked, uuid4()))
    assert (found.status_code, found.content) == (404, missing.content)
    assert said(door.get(other, "/questions"))["items"] == []


@pytest.mark.parametrize("part", ["officer", "magistrate", "reception", "coordinator", "administrator"])
def test_roles_without_a_part_are_refused(door: Door, part: str) -> None:
    member = door.cast.all[part]
    for act, body in ACTS:
        assert code(door.post(member, f"/procedures/{NOWHERE}/{act}", body)) == (403, "not_allowed"), act
    for act, body in ASKED:
        assert code(door.post(member, f"/requests/{NOWHERE}/{act}", body)) == (403, "not_allowed"), act
    for url in ("/procedures", "/requests"):
        assert code(door.get(member, url)) == (403, "not_allowed")
        assert code(door.post(member, url, BODY)) == (403, "not_allowed")
    assert door.post(member, f"/procedures/{NOWHERE}/dates/{uuid4()}/hide").status_code == 403
    sees = part not in ("coordinator", "administrator")
    assert door.get(member, "/deadlines").status_code == (200 if sees else 403)
    assert door.post(member, f"/{NOWHERE}/identity", {"purpose": "protect"}).status_code == (
        404 if sees else 403
    )
    if part != "magistrate":
        assert code(door.get(member, "/questions")) == (403, "not_allowed")
        assert door.post(member, f"/questions/{uuid4()}/answer", {"answers": YES}).status_code == 403


def test_a_guardian_asks_and_does_not_decide(door: Door) -> None:
    member = door.cast.guardianship_officer
    for act, body in [("procedures/" + NOWHERE + "/" + act, body) for act, body in ACTS if act in DECIDES]:
        assert code(door.post(member, f"/{act}", body)) == (403, "not_allowed"), act
    assert door.post(member, f"/procedures/{NOWHERE}/statements", ACTS[0][1]).status_code == 404


def test_every_act_says_which_version_it_read(door: Door) -> None:
    reference, agent, worker = door.in_p2(), door.cast.immigration_agent, door.cast.centre_worker
    for act, body in ACTS:
        member = worker if act in ("requests", "hand-over") else agent
        url = f"/procedures/{reference}/{act}"
        assert code(door.post(member, url, body, match=None)) == (428, "if_match_missing"), act
        assert code(door.post(member, url, body, match='"9"')) == (412, "stale"), act
    with acting_as(agent):
        assert queries.procedure(reference, agent).version == 2, "nothing was done"
    asked = door.requested()
    for act, body in ASKED:
        member = worker if act == "withdraw" else agent
        assert code(door.post(member, f"/requests/{asked}/{act}", body, match=None)) == (
            428,
            "if_match_missing",
        )
        assert code(door.post(member, f"/requests/{asked}/{act}", body, match='"9"')) == (412, "stale")
    with acting_as(agent):
        assert queries.request(asked, agent).state == "waiting"


def test_a_child_is_decided_on_with_her_interests(door: Door) -> None:
    reference = door.requested(track="minor", unaccompanied_minor=True)
    agent, url = door.cast.immigration_agent, f"/requests/{reference}/open"
    assert wrong(door.post(agent, url)) == (422, "best_interests")
    door.done(agent, url, {"best_interests": "She wants to stay with her aunt."})
    sheet = said(door.get(door.cast.guardianship_officer, f"/procedures/{reference}"))
    assert (sheet["minor"], sheet["guardian_unit"]) == (True, unit(door.cast.guardianship_officer))
    assert sheet["facts"][0]["best_interests"] == "She wants to stay with her aunt."
    move = {"move": "open_minor", "declared": ["accompanied", "best_interests"]}
    decided = door.post(agent, f"/procedures/{reference}/decisions", move)
    assert wrong(decided) == (422, "best_interests")


def test_nobody_without_a_token(door: Door) -> None:
    for url in ("/procedures", "/requests", "/questions", "/deadlines"):
        assert Client().get(f"/api/protection{url}").status_code == 401
