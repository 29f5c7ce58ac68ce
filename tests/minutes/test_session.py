"""A session: who is there, what is written, what is decided."""

import pytest
from tests.minutes.conftest import Scene, decided, open_with

from fanal.access.services import acting_as
from fanal.decisions import queries as decisions
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.meetings import queries as meetings
from fanal.minutes import queries, services
from fanal.minutes.models import Minutes, Version
from fanal.minutes.rules.attendance import State
from fanal.minutes.rules.merging import MARK


def test_only_who_prepares_opens_a_session_once(scene: Scene) -> None:
    cast = scene.cast
    with acting_as(cast.representative), pytest.raises(NotAllowed):
        services.open_session(by=cast.representative, reference=scene.reference, at=scene.at)
    with acting_as(cast.outsider), pytest.raises(NotFound):
        services.open_session(by=cast.outsider, reference=scene.reference, at=scene.at)
    with acting_as(cast.secretary):
        one = services.open_session(by=cast.secretary, reference=scene.reference, at=scene.at)
    with acting_as(cast.chair):
        assert services.open_session(by=cast.chair, reference=scene.reference, at=scene.at) == one
        assert Minutes.objects.count() == 1


def test_a_quorum_is_counted_of_who_is_there_and_nothing_is_decided_without(scene: Scene) -> None:
    open_with(scene, missing=3)
    secretary = scene.cast.secretary
    with acting_as(secretary):
        sheet = queries.sheet(scene.reference, queries.sight(secretary, scene.at), scene.after(minutes=5))
        assert (sheet.quorum.present, sheet.quorum.needed, sheet.quorum.of) == (2, 3, 5)
        with pytest.raises(Refusal) as refused:
            services.conclude(
                by=secretary, reference=scene.reference, item_id=scene.first,
                outcome=decided(scene, secretary, scene.first), at=scene.after(minutes=6),
            )  # fmt: skip
        assert refused.value.code == "no_quorum"
        late = next(seat for seat in scene.seats.values() if seat.votes)
        services.note_attendance(
            by=secretary, reference=scene.reference, seen=[services.Seen(late.id, State.PRESENT, "Late")],
            at=scene.after(minutes=7),
        )  # fmt: skip
        made = services.conclude(
            by=secretary, reference=scene.reference, item_id=scene.first,
            outcome=decided(scene, secretary, scene.first), at=scene.after(minutes=8),
        )  # fmt: skip
        assert made.decision
        eye = queries.sight(secretary, scene.at)
        line = queries.line(meetings.meeting(scene.reference, eye), scene.first, eye)
        assert line.outcome == "decided"
        assert decisions.get(made.decision, secretary).meeting_key == scene.reference


def save(scene: Scene, member: object, words: str, base: int, window: str = "") -> services.Kept:
    with acting_as(member):  # type: ignore[arg-type]
        return services.save_note(
            by=member, reference=scene.reference, item_id=scene.first, words=words, base=base, window=window,  # type: ignore[arg-type]
            at=scene.after(minutes=base + 2),
        )  # fmt: skip


def test_two_write_the_same_item(session: Scene) -> None:
    chair, secretary = session.cast.chair, session.cast.secretary
    assert save(session, secretary, "one\ntwo", 0, "s").version == 1
    assert save(session, chair, "one\ntwo\nby the chair", 1, "c").version == 2
    merged = save(session, secretary, "one\ntwo\nby the secretary", 1, "s")
    assert (merged.text, merged.conflicts) == ("one\ntwo\nby the chair\nby the secretary", 0)
    again = save(session, secretary, "ONE\ntwo\nby the secretary", 1, "s")
    assert again.text == "ONE\ntwo\nby the chair\nby the secretary"
    both = save(session, chair, "One\ntwo\nby the chair", 2, "c")
    assert both.conflicts == 1
    assert f"{MARK} Secretary:\nONE\n{MARK} Chair:\nOne\n{MARK}" in both.text
    assert not save(session, chair, both.text, both.version, "c").changed
    with acting_as(chair):
        assert [row.number for row in Version.objects.order_by("number")] == [1, 2, 3, 4, 5]


def test_what_cannot_be_saved_is_refused(session: Scene) -> None:
    with pytest.raises(Invalid, match="unknown_version"):
        save(session, session.cast.chair, "x", 7)
    with pytest.raises(Invalid, match="too_long"):
        save(session, session.cast.chair, "x" * 60_001, 0)
    with pytest.raises(NotAllowed):
        save(session, session.cast.representative, "x", 0)
