"""A centre gives its seat to another: the old one stands outside, the new one inside, the Office is told."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.protection.acts import DAY, NOW, Stage, case, later

from fanal.access.models import Grant
from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.directory.models import Unit
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.ids import new_id
from fanal.notify.models import Message
from fanal.protection import queries, services
from fanal.protection.models import Deadline, Fact, Procedure, Request

pytestmark = pytest.mark.django_db


def hand_over(stage: Stage, row: Procedure, **more: object) -> str:
    worker = stage.cast.centre_worker
    with acting_as(worker):
        return services.hand_over(
            **{"by": worker, "reference": row.reference, "consent": True, "at": later(5)}  # type: ignore[arg-type]
            | {"to_unit_id": stage.cast.other_centre_worker.unit_id}
            | more
        )


def test_the_seat_changes_hands_in_one_act(stage: Stage) -> None:
    row = stage.in_p2()
    old, new, agent = stage.cast.centre_worker, stage.cast.other_centre_worker, stage.cast.immigration_agent
    assert hand_over(stage, row) == row.reference
    with acting_as(old):
        for table in (Procedure, Fact):
            assert not table._default_manager.exists(), table.__name__
        assert not Deadline.objects.filter(matter_id=row.id).exists()
        with pytest.raises(NotFound):
            queries.procedure(row.reference, old)
        assert Request.objects.get().reference == row.reference, "its own request stays its own record"
    with acting_as(new):
        found = queries.procedure(row.reference, new)
        assert found.centre_unit_id == new.unit_id
        assert not Request.objects.exists()
        assert set(
            Deadline.objects.filter(clock="request", done_at=None).values_list("waiting_for", flat=True)
        ) == {new.unit_id}
        services.record_statement(
            by=new, reference=row.reference, kind="statement", on=later(6).date(), at=later(6)
        )
    with acting_as(agent):
        fact = Fact.objects.get(kind="handed_over")
        assert fact.data == {"from": old.unit_id, "to": new.unit_id}
        (entry,) = Entry.objects.filter(act="protection.hand_over")
        assert entry.unit_id == old.unit_id
        seats = Grant.objects.filter(compartment_id=row.compartment_id, applied=True)
        assert [(grant.unit_id, grant.level, grant.onward) for grant in seats] == [
            (new.unit_id, "contribute", True)
        ]
    for member in (agent, new):
        assert Message.objects.filter(unit_id=member.unit_id, kind="protection.hand_over").count() == 1


def test_and_back_again(stage: Stage) -> None:
    row, new = stage.in_p2(), stage.cast.other_centre_worker
    hand_over(stage, row)
    with acting_as(new):
        services.hand_over(
            by=new,
            reference=row.reference,
            to_unit_id=stage.cast.centre_worker.unit_id,
            consent=True,
            at=later(9),
        )
        assert not Procedure.objects.exists()
    with acting_as(stage.cast.centre_worker):
        assert queries.procedure(row.reference, stage.cast.centre_worker).centre_unit_id


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"consent": False}, "consent"),
        ({"to_unit_id": 999_999}, "unknown_unit"),
        ({"version": 1}, "stale"),
    ],
)
def test_a_hand_over_that_does_not_happen(stage: Stage, more: dict[str, object], code: str) -> None:
    row = stage.in_p2()
    with pytest.raises(Refusal) as refused:
        hand_over(stage, row, **more)
    assert refused.value.code == code
    with acting_as(stage.cast.centre_worker):
        assert Procedure.objects.get().centre_unit_id == stage.cast.centre_worker.unit_id


def test_not_to_oneself_nor_to_another_kind_of_service(stage: Stage) -> None:
    row = stage.in_p2()
    with pytest.raises(Invalid):
        hand_over(stage, row, to_unit_id=stage.cast.centre_worker.unit_id)
    with pytest.raises(Invalid):
        hand_over(stage, row, to_unit_id=stage.cast.officer.unit_id)


def test_not_to_a_centre_that_closed_yesterday(stage: Stage) -> None:
    row = stage.in_p2()
    Unit.objects.filter(pk=stage.cast.other_centre_worker.unit_id).update(valid_to=DAY + timedelta(days=4))
    with pytest.raises(Refusal) as refused:
        hand_over(stage, row)
    assert refused.value.code == "unit_closed"


def test_only_the_centre_in_the_seat_hands_it_over(stage: Stage) -> None:
    row, agent = stage.in_p2(), stage.cast.immigration_agent
    with acting_as(agent), pytest.raises(NotAllowed):
        services.hand_over(
            by=agent, reference=row.reference, to_unit_id=stage.cast.other_centre_worker.unit_id, consent=True,
            at=later(5),
        )  # fmt: skip


def test_a_file_of_ones_own_is_not_handed_over(stage: Stage) -> None:
    worker = stage.cast.centre_worker
    with acting_as(worker):
        row = services.open_file(by=worker, case=case(track="eu"), at=NOW)
    with pytest.raises(Refusal) as refused:
        hand_over(stage, row)
    assert refused.value.code == "owner_cannot_hand_over"


@pytest.mark.parametrize("part", ["outsider", "guardianship_officer", "magistrate", "immigration_agent"])
def test_the_database_moves_no_seat_for_who_has_none(stage: Stage, part: str) -> None:
    row, member = stage.in_p2(), stage.cast.all[part]
    with (
        pytest.raises(ProgrammingError, match="no seat to hand over"),
        acting_as(member),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT protection_hand_over(%s, %s, %s, %s, %s, %s)",
            [row.compartment_id, member.unit_id, new_id(), member.person_id, NOW, DAY],
        )


def test_a_seat_of_dates_only_is_not_handed_on(stage: Stage) -> None:
    row, agent, partner = stage.in_p2(), stage.cast.immigration_agent, stage.cast.reception
    with acting_as(agent):
        services.show_dates(by=agent, reference=row.reference, to_unit_id=partner.unit_id, at=later(1))
    with (
        pytest.raises(ProgrammingError, match="no seat to hand over"),
        acting_as(partner),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT protection_hand_over(%s, %s, %s, %s, %s, %s)",
            [row.compartment_id, stage.cast.outsider.unit_id, new_id(), partner.person_id, NOW, DAY],
        )
