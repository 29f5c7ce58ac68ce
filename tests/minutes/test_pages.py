"""The pages of a session, as its secretary, its seats and strangers see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import client
from tests.minutes.conftest import CANARY, Scene, decided

from fanal.access.services import acting_as
from fanal.ids import new_id
from fanal.minutes import services
from fanal.minutes.models import Minutes


def url(scene: Scene, *parts: object) -> str:
    return "/".join(["/minutes", scene.reference, *map(str, parts), ""])


def test_the_secretary_goes_through_a_session_without_script(scene: Scene) -> None:
    browser = client(scene.cast.secretary)
    assert b"not opened yet" in browser.get(url(scene)).content
    assert browser.post(url(scene, "open")).status_code == 302
    seats = [seat for seat in scene.seats.values() if seat.votes]
    sent = {f"state_{seat.id}": "present" for seat in seats} | {f"who_{seats[0].id}": "Ann"}
    noted = browser.post(url(scene, "attendance"), sent, follow=True).content.decode()
    assert "The attendance is noted." in noted
    assert "Quorum reached: 5 of 5" in noted
    again = browser.post(url(scene, "attendance"), sent, follow=True).content.decode()
    assert "Nothing changed." in again
    assert "The attendance is noted." not in again
    item = url(scene, "items", scene.first)
    assert browser.get(item).status_code == 200
    saved = browser.post(f"{item}save/", {"words": "Said by Ann.\r\n- and agreed", "base": "0", "window": ""})
    assert saved.status_code == 302
    assert "Said by Ann.\n- and agreed" in browser.get(item).content.decode()
    wrong = browser.post(f"{item}outcome/", {"kind": "decided", "way": "vote", "text": "We do it."})
    assert wrong.status_code == 422
    assert "We do it." in wrong.content.decode()
    votes = {f"vote_{seat.id}": "yes" for seat in seats}
    owner = str(seats[1].unit_ids[0])
    given = {
        "kind": "decided",
        "way": "vote",
        "text": "We do it.",
        "owners": [owner],
        "due_on": "1.3.2030",
        **votes,
    }
    done = browser.post(f"{item}outcome/", given, follow=True)
    assert "It stands in the register as TAB-" in done.content.decode()
    assert "adopted by vote (for 5, against 0, abstentions 0" in done.content.decode()
    action = {"text": "Print them", "unit": owner, "due_on": ""}
    assert browser.post(f"{item}action/", action).status_code == 302
    assert browser.get(f"{item}history/").status_code == 200
    assert browser.get(url(scene, "room")).status_code == 200
    shown = browser.get(url(scene, "close")).content.decode()
    assert "Who trains whom" in shown
    assert browser.post(url(scene, "close")).status_code == 302
    assert browser.post(url(scene, "circulate"), {"until": ""}).status_code == 302
    with acting_as(scene.cast.secretary):
        assert Minutes.objects.get().state == "circulated"
    representative = client(scene.cast.representative)
    assert "Remarks until" in representative.get(url(scene)).content.decode()
    assert (
        representative.post(
            url(scene, "remark"), {"item": str(scene.first), "text": "It was Bob."}
        ).status_code
        == 302
    )
    assert "It was Bob." in browser.get(url(scene)).content.decode()
    home = browser.get("/").content.decode()
    assert "Answer the remarks on the minutes" in home


def test_a_seat_votes_from_its_own_place(session: Scene) -> None:
    browser, seat = client(session.cast.secretary), client(session.cast.representative)
    asked = browser.post(url(session, "items", session.first, "ballot"), {"motion": "Shall we?"}, follow=True)
    assert "The vote is open" in asked.content.decode()
    assert "Shall we?" not in client(session.cast.outsider).get(url(session)).content.decode()
    page = seat.get(url(session)).content.decode()
    address = page.split('href="')[1:]
    vote = next(each.split('"')[0] for each in address if "/votes/" in each.split('"')[0])
    assert seat.post(vote, {"choice": "no"}).status_code == 302
    observer = client(session.cast.coordinator)
    refused = observer.post(vote, {"choice": "yes"})
    assert refused.status_code == 422
    assert "An observer or an advisory member does not vote." in refused.content.decode()


@pytest.mark.parametrize("stranger", ["outsider", "centre_worker"])
def test_strangers_find_nothing(session: Scene, stranger: str) -> None:
    browser = client(getattr(session.cast, stranger))
    for address in (url(session), url(session, "items", session.first), url(session, "paper", "pdf")):
        assert browser.get(address).status_code == 404
    assert session.reference not in browser.get("/minutes/").content.decode()


def test_pages_ask_as_many_statements_for_much_as_for_little(session: Scene) -> None:
    browser = client(session.cast.secretary)
    browser.get(url(session))

    def asked() -> list[int]:
        found = []
        for address in (
            "/minutes/",
            url(session),
            url(session, "items", session.first),
            url(session, "room"),
        ):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(address).status_code == 200
            found.append(len(captured))
        return found

    few = asked()
    secretary = session.cast.secretary
    with acting_as(secretary):
        for item in (session.first, session.second, session.secret):
            services.save_note(
                by=secretary,
                reference=session.reference,
                item_id=item,
                words="x\ny",
                base=0,
                at=timezone.now(),
            )
            services.add_action(
                by=secretary, reference=session.reference, item_id=item, text="do", unit_id=secretary.unit_id,
                at=timezone.now(),
            )  # fmt: skip
            services.conclude(
                by=secretary, reference=session.reference, item_id=item,
                outcome=decided(session, secretary, item), at=timezone.now(),
            )  # fmt: skip
    assert asked() == few
    assert CANARY in browser.get(url(session)).content.decode()


def test_the_list_asks_as_many_statements_for_many_rows_as_for_few(session: Scene) -> None:
    browser = client(session.cast.secretary)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    asked("/minutes/")
    few = asked("/minutes/"), asked("/minutes/?q=word"), asked("/minutes/written/")
    with acting_as(session.cast.secretary):
        row = Minutes.objects.get()
        Minutes.objects.bulk_create(
            Minutes(
                compartment_id=row.compartment_id, meeting=new_id(), reference=f"TAB-19{n}-01", body="bureau",
                held_on=row.held_on, opened_at=row.opened_at, opened_by=row.opened_by,
            )
            for n in range(10, 60)
        )  # fmt: skip
    assert (asked("/minutes/"), asked("/minutes/?q=word"), asked("/minutes/written/")) == few
