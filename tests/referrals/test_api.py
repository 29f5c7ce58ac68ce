"""The same acts for other systems: what they take, what they give, and who gets nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, api
from tests.referrals.rows import ABOUT, NAME, NOW, SENT, TODAY, VITAL, accepted, prepared, proposed

from fanal.access.services import acting_as
from fanal.referrals.models import Consent, Matter, Referral
from fanal.referrals.rules.content import Item, to_json

pytestmark = pytest.mark.django_db
BASE = "/api/referrals"


def post(who: Client, path: str, body: Any = None, *, match: int | str = "", **headers: str) -> Any:
    said = {"If-Match": f'"{match}"' if isinstance(match, int) else match} if match else {}
    return who.post(BASE + path, body or {}, content_type="application/json", headers={**said, **headers})


def problem(answer: Any, status: int, code: str) -> Any:
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    return answer.json()


def proposal(cast: Cast, **more: Any) -> dict[str, Any]:
    ground = {"ground": "consent", "form": "oral"}
    return {
        "to_unit": cast.centre_worker.unit_code, "purpose": "housing", "items": ["summary", "sex"], "ground": ground,
    } | more  # fmt: skip


def test_from_a_person_to_done(cast: Cast) -> None:
    us, them = api(cast.officer), api(cast.centre_worker)
    made = post(us, "/persons", {"about": to_json(ABOUT)})
    assert made.status_code == 201
    person = made.json()
    assert person["has_identity"]
    assert NAME not in made.content.decode()
    options = us.get(f"{BASE}/persons/{person['reference']}/options").json()
    assert {option["answer"] for option in options} == {"unknown"}
    sent = post(us, f"/persons/{person['reference']}/proposals", proposal(cast))
    assert (sent.status_code, sent["ETag"]) == (201, '"1"')
    reference = sent.json()["reference"]
    seen = them.get(f"{BASE}/{reference}")
    assert seen.json()["about"]["summary"] == ABOUT.summary
    assert seen.json()["about"]["pseudonym"] == ""
    assert seen.json()["acts"] == ["accept", "refuse"]
    assert NAME not in seen.content.decode()
    agreed = post(them, f"/{reference}/accept", match=1)
    assert (agreed.json()["state"], agreed["ETag"]) == ("accepted", '"2"')
    more = post(us, f"/{reference}/items", {"items": ["identity"]}, match=2)
    assert more.json()["has_identity"]
    who = post(them, f"/{reference}/identity", {"purpose": "protect"})
    assert who.json()["identity"]["family_name"] == NAME
    done = post(them, f"/{reference}/done", {"words": "Safe."}, match=3)
    assert (done.json()["state"], done.json()["words"]) == ("done", {"done": "Safe."})
    assert [line["reference"] for line in us.get(f"{BASE}?state=done").json()["items"]] == [reference]


def test_a_write_names_the_version_it_read(cast: Cast) -> None:
    row, them = proposed(cast.officer, cast.centre_worker), api(cast.centre_worker)
    for path in ("accept", "refuse", "done"):
        body = {"reason": "full"}
        problem(post(them, f"/{row.reference}/{path}", body), 428, "if_match_missing")
        problem(post(them, f"/{row.reference}/{path}", body, match=7), 412, "stale")
    us = api(cast.officer)
    for path in ("withdraw", "items"):
        problem(post(us, f"/{row.reference}/{path}", {"items": ["sex"]}), 428, "if_match_missing")
    assert post(them, f"/{row.reference}/accept", match="*").status_code == 200


def test_a_repeated_request_makes_one_person_and_one_proposal(cast: Cast) -> None:
    us = api(cast.officer)
    first, again = (
        post(us, "/persons", {"about": to_json(ABOUT)}, **{"Idempotency-Key": "k1"}) for _ in range(2)
    )
    assert first.json() == again.json()
    path = f"/persons/{first.json()['reference']}/proposals"
    one, two = (post(us, path, proposal(cast), **{"Idempotency-Key": "k2"}) for _ in range(2))
    assert one.json() == two.json()
    assert post(us, path, proposal(cast)).json()["reference"] == one.json()["reference"]
    with acting_as(cast.officer):
        assert (Matter.objects.count(), Referral.objects.count()) == (1, 1)


def test_strangers_get_the_same_nothing(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    reads = [
        f"/{row.reference}",
        f"/persons/{row.matter.reference}",
        f"/persons/{row.matter.reference}/options",
    ]
    reads.append(f"/grounds/{row.consent_id}")
    nothing = {"R": "R-0000-0000", "M": "M-0000-0000"}
    for member in (cast.outsider, cast.other_centre_worker, cast.magistrate):
        stranger = api(member)
        for path in reads:
            found, missing = stranger.get(BASE + path), stranger.get(f"{BASE}/{nothing['R']}")
            assert (found.status_code, found.content) == (404, missing.content)
        for path, body in (
            ("withdraw", {}), ("items", {"items": ["sex"]}), ("identity", {"purpose": "protect"}),
        ):  # fmt: skip
            found = post(stranger, f"/{row.reference}/{path}", body, match=1)
            missing = post(stranger, f"/{nothing['R']}/{path}", body, match=1)
            assert (found.status_code, found.content) == (404, missing.content)
        for path, body in (("proposals", proposal(cast)), ("grounds", _ground(cast))):
            found = post(stranger, f"/persons/{row.matter.reference}/{path}", body)
            missing = post(stranger, f"/persons/{nothing['M']}/{path}", body)
            assert (found.status_code, found.content) == (404, missing.content)
        assert post(stranger, f"/grounds/{row.consent_id}/end").status_code == 404
        assert stranger.get(BASE).json() == {"items": [], "next": ""}
    with acting_as(cast.officer):
        assert (Referral.objects.get().version, Consent.objects.get().revoked_at) == (1, None)


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_those_who_read_no_file_are_told_so(cast: Cast, who: str) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    other = api(cast.all[who])
    for path in ("", f"/{row.reference}", "/persons", "/exceptions"):
        problem(other.get(BASE + path), 403, "not_allowed")
    problem(post(other, f"/{row.reference}/accept", match=1), 403, "not_allowed")
    assert Client().get(BASE).status_code == 401


def _ground(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "to_unit": cast.centre_worker.unit_code,
        "purpose": "housing",
        "ground": "consent",
        "form": "oral",
    } | more


def test_grounds(cast: Cast) -> None:
    row, us = prepared(cast.officer), api(cast.officer)
    path = f"/persons/{row.reference}/grounds"
    wrong = problem(post(us, path, _ground(cast, form="")), 422, "ground_form")
    assert wrong["errors"][0]["field"] == "form"
    problem(post(us, path, _ground(cast, to_unit="nowhere")), 422, "unknown_unit")
    later = TODAY + timedelta(days=9)
    given = _ground(
        cast, ground="vital_interest", form="", why="Not conscious.", review_due=later.isoformat()
    )
    made = post(us, path, given)
    assert (made.status_code, made.json()["exception"], made.json()["why"]) == (201, True, "Not conscious.")
    ground = made.json()["id"]
    assert [each["id"] for each in us.get(f"{BASE}/exceptions").json()["items"]] == [ground]
    next_day = (TODAY + timedelta(days=30)).isoformat()
    problem(post(us, f"/grounds/{ground}/review", {"next_review": next_day}), 428, "if_match_missing")
    reviewed = post(us, f"/grounds/{ground}/review", {"next_review": next_day}, match=1)
    assert (reviewed.json()["review_due"], reviewed["ETag"]) == (next_day, '"2"')
    ended = post(us, f"/grounds/{ground}/end")
    assert ended.json()["revoked_at"]
    assert post(us, f"/grounds/{ground}/end").json() == ended.json(), "twice changes nothing"
    problem(post(us, f"/persons/{row.reference}/proposals", proposal(cast, ground=None)), 409, "no_ground")


def test_a_revoked_consent_closes_the_api_too(cast: Cast) -> None:
    row = accepted(cast)
    them = api(cast.centre_worker)
    assert them.get(f"{BASE}/{row.reference}").status_code == 200
    post(api(cast.officer), f"/grounds/{row.consent_id}/end")
    assert them.get(f"{BASE}/{row.reference}").status_code == 404
    assert them.get(BASE).json()["items"] == []


def test_what_a_person_is_replaced_by(cast: Cast) -> None:
    row, us = prepared(cast.officer), api(cast.officer)
    body = {"about": {"summary": "Clearer.", "age": {"basis": "known", "years": 30}}}
    path = f"{BASE}/persons/{row.reference}"
    missing = us.put(path, body, content_type="application/json")
    problem(missing, 428, "if_match_missing")
    changed = us.put(path, body, content_type="application/json", headers={"If-Match": '"1"'})
    assert (changed.json()["about"]["summary"], changed.json()["has_identity"]) == ("Clearer.", True)
    gone = us.put(
        path,
        body | {"keep_identity": False},
        content_type="application/json",
        headers={"If-Match": changed["ETag"]},
    )
    assert not gone.json()["has_identity"]


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({}, "nothing_known"),
        ({"sex": "Q"}, "impossible"),
        ({"summary": "x" * 5001}, "impossible"),
        ({"summary": "a\x00b"}, "impossible"),
        ({"needs": {"children": 10**30}}, "impossible"),
        ({"age": {"basis": "known", "birth_year": -(10**30)}}, "impossible"),
        ({"languages": ["xx-unknown"]}, "impossible"),
        ({"identity": {"birth_date": "1999-02-30"}}, "invalid"),
        ({"age": {"basis": 7}}, "invalid"),
    ],
)
def test_bad_input_is_a_problem_and_no_fault(cast: Cast, about: dict[str, Any], code: str) -> None:
    problem(post(api(cast.officer), "/persons", {"about": about}), 422, code)


def test_half_a_surrogate_is_a_problem_and_no_fault(cast: Cast) -> None:
    broken = '{"about": {"summary": "\\ud800"}}'
    answer = api(cast.officer).post(f"{BASE}/persons", broken, content_type="application/json")
    assert answer.status_code == 422


def test_places(cast: Cast) -> None:
    us = api(cast.centre_worker)
    body = {
        "free": 2,
        "valid_until": (NOW + timedelta(days=1)).isoformat(),
        "sexes": ["F"],
        "languages": ["ro"],
    }
    assert post(us, "/places", body).status_code == 201
    problem(post(us, "/places", body | {"valid_until": "2020-01-01T00:00:00Z"}), 422, "valid_until")
    problem(post(us, "/places", body | {"valid_until": "2030-01-01T00:00:00"}), 422, "invalid")
    problem(post(us, "/places", body | {"languages": ["zz"]}), 422, "languages")
    problem(post(us, "/places", body | {"sexes": ["Q"]}), 422, "unknown_sex")
    problem(post(us, "/places", body | {"age_from": 30, "age_to": 20}), 422, "ages")
    board = {line["unit"]: line["places"] for line in api(cast.coordinator).get(f"{BASE}/places").json()}
    assert board[cast.centre_worker.unit_code]["free"] == 2
    assert board[cast.other_centre_worker.unit_code] is None
    problem(post(api(cast.officer), "/places", body), 403, "not_allowed")


def test_the_winner_is_not_named_to_the_other(cast: Cast) -> None:
    first = accepted(cast)
    with acting_as(cast.officer):
        matter = Matter.objects.get(pk=first.matter_id)
    second = proposed(cast.officer, cast.other_centre_worker, matter=matter, purpose="medical", given=VITAL)
    assert second.state == "proposed"
    other = proposed(cast.inspector, cast.centre_worker)
    third = proposed(cast.inspector, cast.other_centre_worker, matter=other.matter)
    post(api(cast.centre_worker), f"/{other.reference}/accept", match=1)
    late = post(api(cast.other_centre_worker), f"/{third.reference}/accept", match=1)
    found = problem(late, 409, "taken_elsewhere")
    assert "facts" not in found
    assert cast.centre_worker.unit_code not in late.content.decode()


def test_pages_of_the_list(cast: Cast) -> None:
    matter = prepared(cast.officer)
    rows = [
        proposed(cast.officer, to, matter=matter, purpose=purpose, items=SENT[:1])
        for to in (cast.centre_worker, cast.other_centre_worker)
        for purpose in ("housing", "medical")
    ]
    us, seen, cursor = api(cast.officer), [], ""
    while True:
        page = us.get(BASE, {"size": 3, "cursor": cursor}).json()
        seen += [line["reference"] for line in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert sorted(seen) == sorted(row.reference for row in rows)
    problem(us.get(BASE, {"cursor": "forged"}), 422, "cursor_unreadable")
    assert us.get(BASE, {"size": 0}).status_code == 422


def test_every_item_has_a_name() -> None:
    from fanal.referrals.queries import ANSWERS, ITEMS
    from fanal.referrals.rules.capacity import Answer

    assert set(ITEMS) == set(Item)
    assert set(ANSWERS) == set(Answer)
