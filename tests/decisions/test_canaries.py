"""A decision for named seats: for everybody else it is nowhere, in no list, count, export, trace or mail."""

from datetime import timedelta

import pytest
from django.core import mail
from tests.bodies.people import AT, ON
from tests.cast import Cast, api, client

from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.bodies import queries as bodies
from fanal.bodies import services as circles
from fanal.decisions import queries, services
from fanal.decisions.models import Decision, Step
from fanal.decisions.rules import State
from fanal.errors import NotFound, Refusal
from fanal.notify import services as notify

CANARY = "kestrel"


@pytest.fixture
def hidden(cast: Cast) -> Decision:
    """For the rapporteur's seat and the secretariat; the envoys named one of theirs in another seat."""
    with acting_as(cast.secretary):
        seat = bodies.demand_seat("bureau", cast.rapporteur, ON)
        wall = circles.restrict(by=cast.secretary, body_code="bureau", seat_ids=[seat.id], at=AT)
        row = services.record(
            by=cast.secretary, body_code="bureau", title=f"The {CANARY} flies", text=f"{CANARY} {CANARY}",
            taken_on=ON - timedelta(days=20), due_on=ON - timedelta(days=2), compartment_id=wall,
            owner_unit_ids=[cast.rapporteur.unit_id], at=AT,
        )  # fmt: skip
        services.record(
            by=cast.secretary, body_code="bureau", title="An ordinary one", text="", taken_on=ON, at=AT
        )
    with acting_as(cast.rapporteur):
        services.follow(
            by=cast.rapporteur, number=row.number, state=State.IN_PROGRESS, note=f"{CANARY} seen", at=AT
        )
    return row


STRANGERS = ("representative", "correspondent", "inspector", "coordinator", "outsider")


@pytest.mark.parametrize("name", STRANGERS)
def test_it_stands_nowhere_for_a_seat_that_is_not_named(cast: Cast, hidden: Decision, name: str) -> None:
    stranger = getattr(cast, name)
    browser, program = client(stranger), api(stranger)
    for address in (
        "/decisions/",
        "/decisions/?words=kestrel",
        f"/decisions/?words={hidden.number}",
        "/decisions/?state=overdue",
        "/decisions/?state=in_progress",
        f"/decisions/?owner={cast.rapporteur.unit_id}",
        "/decisions/export/csv/",
        "/decisions/public/",
        "/bodies/bureau/",
        "/",
    ):
        page = browser.get(address).content.decode()
        assert "kestrel flies" not in page, address
        assert f"/decisions/{hidden.number}/" not in page, address
        if hidden.number not in address:  # a page repeats what was asked of it
            assert hidden.number not in page, address
    listed = program.get("/api/decisions").json()["items"]
    assert [it["title"] for it in listed] == ([] if name == "outsider" else ["An ordinary one"])
    for address in (f"/decisions/{hidden.number}/", f"/decisions/{hidden.number}/follow/"):
        assert browser.get(address).status_code in (403, 404)
        absent = browser.get(address.replace(hidden.number, "TAB-2026-X00000"))
        assert absent.content == browser.get(address).content, "absent and hidden look the same"
    assert program.get(f"/api/decisions/{hidden.number}").status_code == 404
    with acting_as(stranger):
        assert not Decision.objects.filter(pk=hidden.pk).exists()
        assert not Step.objects.filter(decision_id=hidden.pk).exists()
        assert hidden.number not in [it.key for it in queries.open_for("bureau", stranger, ON)]
        assert list(queries.waiting(stranger, AT)) == []
        assert cast.rapporteur.unit_id not in queries.owners(queries.visible(stranger, ON))


def test_its_readers_find_it_everywhere(cast: Cast, hidden: Decision) -> None:
    for reader in (cast.rapporteur, cast.secretary):
        browser = client(reader)
        assert hidden.number in browser.get("/decisions/?words=kestrel").content.decode()
        page = browser.get(f"/decisions/{hidden.number}/").content.decode()
        assert "kestrel seen" in page
        assert "Only for these seats" in page
        with acting_as(reader):
            assert hidden.number in [it.key for it in queries.open_for("bureau", reader, ON)]


def test_neither_trace_nor_mail_tells(cast: Cast, hidden: Decision) -> None:
    strangers = {getattr(cast, name).unit_id for name in STRANGERS}
    told = Entry.objects.filter(reference=hidden.number)
    assert told.exists()
    assert strangers.isdisjoint(set(told.values_list("owner_unit_id", flat=True)))
    assert CANARY not in str(list(Entry.objects.values_list("facts", flat=True)))
    notify.deliver(at=AT)
    assert mail.outbox, "the rapporteur is told that something waits"
    for letter in mail.outbox:
        assert hidden.number not in letter.subject + str(letter.body)
        assert CANARY not in letter.subject + str(letter.body)


def test_it_has_no_public_extract_and_is_not_named_by_another(cast: Cast, hidden: Decision) -> None:
    with acting_as(cast.secretary):
        with pytest.raises(Refusal) as restricted:
            services.publish_extract(
                by=cast.secretary, number=hidden.number, title="x", text="y", language="en", at=AT
            )
        assert restricted.value.code == "restricted"
        with pytest.raises(Refusal) as named:
            services.supersede(by=cast.secretary, number=f"TAB-{ON.year}-001", by_number=hidden.number, at=AT)
        assert named.value.code == "hidden_successor"


def test_a_colleague_of_a_named_person_does_not_find_it(cast: Cast) -> None:
    """The wall in the database knows the service; the seat names one person of it."""
    with acting_as(cast.secretary):
        seat = bodies.demand_seat("bureau", cast.representative, ON)
        circles.seat_person(
            by=cast.secretary, seat_id=seat.id, membership_id=cast.representative.membership_id,
            valid_from=ON, at=AT,
        )  # fmt: skip
        wall = circles.restrict(by=cast.secretary, body_code="bureau", seat_ids=[seat.id], at=AT)
        row = services.record(
            by=cast.secretary, body_code="bureau", title=f"The {CANARY} flies", text="", taken_on=ON,
            compartment_id=wall, at=AT,
        )  # fmt: skip
    with acting_as(cast.representative):
        assert queries.get(row.number, cast.representative, on=ON) == row
    with acting_as(cast.correspondent), pytest.raises(NotFound):
        queries.get(row.number, cast.correspondent, on=ON)
    page = client(cast.correspondent).get("/decisions/?words=kestrel").content.decode()
    assert "kestrel flies" not in page
