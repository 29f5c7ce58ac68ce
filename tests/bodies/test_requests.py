"""An urgent meeting: asked with a reason, a clock that all members see, convened or refused with a reason."""

from datetime import timedelta

import pytest
from tests.bodies.people import AT, ON
from tests.cast import Cast, client

from fanal.access.services import acting_as
from fanal.bodies import queries, services
from fanal.bodies.models import Request
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.notify.models import Message

SECRET = "a ship was seen off the lighthouse"


def asked(cast: Cast) -> Request:
    with acting_as(cast.inspector):
        return services.ask_meeting(by=cast.inspector, body_code="bureau", reason=SECRET, at=AT)


def test_the_clock_is_the_country_s_and_all_members_are_told(cast: Cast) -> None:
    row = asked(cast)
    assert row.due_at - AT == timedelta(hours=48)
    units = {unit for seat in queries.seats("bureau", ON) for unit in seat.unit_ids}
    told = Message.objects.filter(kind="bodies.asked")
    assert {it.unit_id for it in told} == units - {cast.inspector.unit_id}
    assert {it.reference for it in told} == {"TAB"}, "a mail says of which body, and nothing of the reason"


@pytest.mark.parametrize("member", ["representative", "coordinator", "rapporteur", "secretary"])
def test_every_member_sees_the_clock_and_nobody_else(cast: Cast, member: str) -> None:
    asked(cast)
    page = client(getattr(cast, member)).get("/bodies/bureau/").content.decode()
    assert SECRET in page
    assert "To be answered by" in page
    assert SECRET not in client(cast.outsider).get("/bodies/bureau/").content.decode()


def test_it_waits_for_who_prepares_and_is_expected_by_who_asked(cast: Cast) -> None:
    asked(cast)
    later = AT + timedelta(hours=49)
    for member, now, states in (
        (cast.chair, AT, ["week"]),
        (cast.secretary, later, ["late"]),
        (cast.inspector, later, ["waiting"]),
        (cast.representative, AT, []),
        (cast.outsider, AT, []),
    ):
        with acting_as(member):
            assert [it.state for it in queries.waiting(member, now)] == states


def test_it_is_answered_once(cast: Cast) -> None:
    row = asked(cast)
    with acting_as(cast.representative), pytest.raises(NotAllowed):
        services.convene(by=cast.representative, request_id=row.id, meets_on=ON, at=AT)
    with acting_as(cast.chair):
        with pytest.raises(Invalid) as past:
            services.convene(by=cast.chair, request_id=row.id, meets_on=ON - timedelta(days=1), at=AT)
        assert past.value.code == "day_passed"
        with pytest.raises(Invalid) as silent:
            services.refuse_meeting(by=cast.chair, request_id=row.id, reason=" ", at=AT)
        assert silent.value.code == "no_reason"
        services.convene(by=cast.chair, request_id=row.id, meets_on=ON + timedelta(days=3), at=AT)
        with pytest.raises(Refusal) as again:
            services.refuse_meeting(by=cast.chair, request_id=row.id, reason="No.", at=AT)
        assert again.value.code == "answered_already"
        assert list(queries.waiting(cast.chair, AT)) == []


def test_who_may_ask(cast: Cast) -> None:
    with acting_as(cast.outsider), pytest.raises(NotFound):
        services.ask_meeting(by=cast.outsider, body_code="bureau", reason="x", at=AT)
    with acting_as(cast.coordinator), pytest.raises(NotAllowed) as watching:
        services.ask_meeting(by=cast.coordinator, body_code="bureau", reason="x", at=AT)
    assert watching.value.code == "observer_does_not_ask"
    asked(cast)
    with pytest.raises(Refusal) as twice:
        asked(cast)
    assert twice.value.code == "asked_already"


def test_in_the_browser_it_is_asked_and_refused_with_a_reason_that_all_read(cast: Cast) -> None:
    asking = client(cast.rapporteur)
    empty = asking.post("/bodies/bureau/ask/", {"reason": ""})
    assert empty.status_code == 422
    assert asking.post("/bodies/bureau/ask/", {"reason": SECRET}).status_code == 302
    row = Request.objects.filter(body__code="bureau").get()
    answered = client(cast.secretary).post(
        f"/bodies/requests/{row.id}/refuse/", {"reason": "The Moot meets next week."}
    )
    assert answered.status_code == 302
    page = client(cast.representative).get("/bodies/bureau/").content.decode()
    assert "The Moot meets next week." in page
