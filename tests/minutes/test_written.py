"""A text put to the seats in writing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast, client
from tests.minutes.conftest import held

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.decisions import queries as decisions
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.minutes import services
from fanal.minutes.models import Procedure

SOON = timedelta(days=8)


@pytest.fixture
def asked(cast: Cast) -> Procedure:
    secretary, at = cast.secretary, timezone.now() - timedelta(days=2)
    with acting_as(secretary):
        return services.open_procedure(
            by=secretary, body_code="bureau", title="A list", text="The list is adopted.", deadline=at + SOON,
            owners=[secretary.unit_id], at=at,
        )  # fmt: skip


def say(row: Procedure, by: Member, stand: str, words: str = "", days: int = 1) -> None:
    with acting_as(by):
        services.answer(
            by=by, reference=row.reference, stand=stand, words=words, at=row.opened_at + timedelta(days=days)
        )


def test_silence_agrees_where_the_rule_says_so(cast: Cast, asked: Procedure) -> None:
    assert asked.reference.startswith("TAB-W-")
    say(asked, cast.representative, "agrees")
    with acting_as(cast.secretary):
        with pytest.raises(Refusal, match="still_running"):
            services.close_procedure(by=cast.secretary, reference=asked.reference, at=timezone.now())
        row = services.close_procedure(
            by=cast.secretary, reference=asked.reference, at=asked.deadline + timedelta(hours=1)
        )
        assert (row.adopted, row.result["reason"], row.result["silent"]) == (True, "silence_agrees", 4)
        assert decisions.get(row.decision, cast.secretary).meeting_key == row.reference
    with pytest.raises(Refusal, match="procedure_over"):
        say(asked, cast.representative, "objects", "too late", days=9)


def test_objections_say_why_and_count(cast: Cast, asked: Procedure) -> None:
    with pytest.raises(Invalid, match="why"):
        say(asked, cast.representative, "objects")
    for member in (cast.representative, cast.inspector, cast.immigration_agent):
        say(asked, member, "objects", "not yet")
    with acting_as(cast.secretary):
        row = services.close_procedure(
            by=cast.secretary, reference=asked.reference, at=asked.deadline + timedelta(hours=1)
        )
        assert (row.adopted, row.decision) == (False, "")


def test_who_may_not(cast: Cast, asked: Procedure) -> None:
    with pytest.raises(Refusal, match="seat_does_not_vote"):
        say(asked, cast.rapporteur, "agrees")
    with pytest.raises(NotFound):
        say(asked, cast.outsider, "agrees")
    with acting_as(cast.representative), pytest.raises(NotAllowed):
        services.close_procedure(by=cast.representative, reference=asked.reference, at=asked.deadline)
    at = timezone.now()
    with acting_as(cast.secretary), pytest.raises(Invalid, match="deadline"):
        services.open_procedure(
            by=cast.secretary, body_code="bureau", title="x", text="y", deadline=at + timedelta(hours=5),
            owners=[cast.secretary.unit_id], at=at,
        )  # fmt: skip


def test_the_pages_of_a_written_procedure(cast: Cast) -> None:
    browser = client(cast.secretary)
    day = timezone.localdate() + timedelta(days=10)
    given = {
        "title": "The lamps", "text": "The lamps are lit.", "deadline_0": f"{day:%d.%m.%Y}", "deadline_1": "18:00",
        "owners": [str(held("bureau")["chair"].unit_ids[0])], "due_on": "",
    }  # fmt: skip
    assert browser.post("/minutes/written/new/bureau/", given).status_code == 302
    with acting_as(cast.secretary):
        reference = Procedure.objects.get().reference
    seat = client(cast.representative)
    assert reference in seat.get("/").content.decode()
    assert "The lamps" in seat.get("/minutes/written/").content.decode()
    answer = seat.post(f"/minutes/written/{reference}/answer/", {"stand": "agrees", "words": ""}, follow=True)
    assert "for 1, against 0" in answer.content.decode()
    assert client(cast.outsider).get(f"/minutes/written/{reference}/").status_code == 404
    closing = browser.post(f"/minutes/written/{reference}/close/")
    assert closing.status_code == 422
    done = browser.post(f"/minutes/written/{reference}/withdraw/", {"why": "Not needed."}, follow=True)
    assert "Not needed." in done.content.decode()
