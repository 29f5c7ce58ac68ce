"""From the draft to minutes that are approved for good."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import client
from tests.minutes.conftest import Scene, decided, plan

from fanal.access.services import acting_as
from fanal.decisions.models import Decision
from fanal.errors import Invalid, Refusal
from fanal.meetings import queries as meetings
from fanal.minutes import queries, services
from fanal.minutes.models import Minutes
from fanal.minutes.rules.attendance import State

LATER = timedelta(days=30)


@pytest.fixture
def closed(session: Scene) -> Scene:
    secretary = session.cast.secretary
    with acting_as(secretary):
        services.save_note(
            by=secretary, reference=session.reference, item_id=session.first, words="Ann said so.", base=0,
            at=session.after(minutes=5),
        )  # fmt: skip
        services.close_session(by=secretary, reference=session.reference, at=session.after(minutes=50))
    return session


def refused(code: str, do: object) -> None:
    with pytest.raises(Refusal) as found:
        do()  # type: ignore[operator]
    assert found.value.code == code


def test_what_was_not_treated_is_back_on_the_next_agenda_with_the_approval(closed: Scene) -> None:
    secretary = closed.cast.secretary
    with acting_as(secretary):
        services.circulate(by=secretary, reference=closed.reference, at=closed.after(minutes=55))
    row = plan(closed.cast, closed.at + LATER)
    with acting_as(secretary):
        titles = [line.title for line in meetings.agenda(row, queries.sight(secretary, closed.at))]
    assert {"The forms of the gate", "Who trains whom", "The lamp oil"} <= set(titles)
    assert f"Approval of the minutes of {closed.reference}" in titles


def test_minutes_are_approved_by_an_item_of_a_later_meeting(closed: Scene) -> None:
    secretary, rapporteur = closed.cast.secretary, closed.cast.rapporteur
    at = closed.at + LATER
    with acting_as(secretary):
        refused(
            "not_now", lambda: services.approve(by=secretary, reference=closed.reference, meeting="x", at=at)
        )
        services.circulate(by=secretary, reference=closed.reference, at=closed.after(minutes=55))
    with acting_as(rapporteur):
        remark = services.remark(
            by=rapporteur,
            reference=closed.reference,
            item_id=closed.first,
            text="Bob did.",
            at=closed.after(days=1),
        )
        refused(
            "remarks_over",
            lambda: services.remark(
                by=rapporteur, reference=closed.reference, text="x", at=closed.after(days=20)
            ),
        )
    later = plan(closed.cast, at)
    with acting_as(secretary):
        services.open_session(by=secretary, reference=later.reference, at=at)
        present = [services.Seen(seat.id, State.PRESENT) for seat in closed.seats.values() if seat.votes]
        services.note_attendance(by=secretary, reference=later.reference, seen=present, at=at)
        eye = queries.sight(secretary, at)
        item = next(line.item_id for line in meetings.agenda(later, eye) if "Approval" in line.title)
        count = Decision.objects.count()

        def conclude() -> None:
            services.conclude(
                by=secretary, reference=later.reference, item_id=item, at=at + timedelta(minutes=5),
                outcome=decided(closed, secretary, item, owners=[], text="Approved."),
            )  # fmt: skip

        refused("remarks_open", conclude)
        with pytest.raises(Invalid, match="empty"):
            services.answer_remark(
                by=secretary, reference=closed.reference, remark_id=remark.id, taken=False, at=at
            )
        services.answer_remark(
            by=secretary, reference=closed.reference, remark_id=remark.id, taken=True, at=at
        )
        conclude()
        row = Minutes.objects.get(reference=closed.reference)
        assert (row.state, row.approved_in) == ("approved", later.reference)
        assert Decision.objects.count() == count
        refused(
            "approved",
            lambda: services.save_note(
                by=secretary, reference=closed.reference, item_id=closed.first, words="x", base=0, at=at
            ),
        )
        hidden = services.add_addendum(
            by=secretary, reference=closed.reference, text="For few.", item_id=closed.secret, at=at
        )
        first = services.add_addendum(by=secretary, reference=closed.reference, text="It was Bob.", at=at)
        again = services.add_addendum(
            by=secretary, reference=closed.reference, text="And Cas.", item_id=closed.first, at=at
        )
        assert (hidden.number, first.number, again.number) == (1, 1, 2), "no gap tells of the restricted one"
        assert first.signed.startswith("Secretary, ")
        made = services.paper(by=secretary, reference=closed.reference, format="html", language="fr", at=at)
        for words in ("It was Bob.", "And Cas.", "Ann said so."):
            assert words in made.content.decode()


def test_two_versions_side_by_side_do_not_go_round(closed: Scene) -> None:
    secretary, chair = closed.cast.secretary, closed.cast.chair
    at = closed.after(minutes=52)
    for member, words in ((chair, "Ann said this."), (secretary, "Ann said that.")):
        with acting_as(member):
            kept = services.save_note(
                by=member, reference=closed.reference, item_id=closed.first, words=words, base=1, at=at
            )
    assert kept.conflicts == 1
    with acting_as(secretary):
        refused("two_versions", lambda: services.circulate(by=secretary, reference=closed.reference, at=at))
        services.save_note(
            by=secretary,
            reference=closed.reference,
            item_id=closed.first,
            words="Ann said both.",
            base=3,
            at=at,
        )
        services.circulate(by=secretary, reference=closed.reference, at=at)


def test_what_is_written_is_for_who_prepares_until_it_goes_round(closed: Scene) -> None:
    secretary = closed.cast.secretary
    address = f"/minutes/{closed.reference}/"
    seat = client(closed.cast.representative)
    assert "Ann said so." not in seat.get(address).content.decode()
    with acting_as(secretary):
        services.circulate(by=secretary, reference=closed.reference, at=timezone.now())
    assert "Ann said so." in seat.get(address).content.decode()
