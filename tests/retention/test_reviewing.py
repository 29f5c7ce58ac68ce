"""A review date on every record with a person; holds; and what the clock says."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests.house.scenario import Scenario
from tests.retention.conftest import closed, colleague, erase
from tests.walls import second_wall_open

from fanal.access import vault
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from fanal.notify.models import Message
from fanal.retention import queries, services
from fanal.retention.models import Erasure, File, Hold

pytestmark = pytest.mark.django_db


def test_every_record_with_a_person_has_a_line_of_review(scene: Scenario) -> None:
    with second_wall_open():
        kinds = sorted(File.objects.values_list("kind", flat=True))
        tables = {"alerts_alert", "referrals_matter", "protection_request", "protection_procedure"}
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(
                    f"SELECT count(*) FROM {table} r LEFT JOIN retention_file f USING (compartment_id)"  # noqa: S608
                    " WHERE f.id IS NULL"
                )
                assert cursor.fetchone() == (0,), table
    assert set(kinds) == {"alert", "procedure", "referral", "request"}


def test_what_is_due_is_listed_for_its_owner_alone(scene: Scenario, now: datetime) -> None:
    cast, reference = scene.cast, scene.alert.reference
    later = now + timedelta(days=200)
    with acting_as(cast.officer):
        assert queries.listed(cast.officer, now).items == []
        assert {line.row.reference for line in queries.listed(cast.officer, now, every=True).items} == {
            reference, scene.matter.reference,
        }  # fmt: skip
        due = queries.listed(cast.officer, later).items
        assert [line.row.reference for line in due if line.late]
    with acting_as(cast.centre_worker):
        assert reference not in {
            line.row.reference for line in queries.listed(cast.centre_worker, later).items
        }


def test_kept_until_a_day_for_a_reason_that_only_the_owner_reads(scene: Scenario, now: datetime) -> None:
    by, reference = scene.cast.officer, scene.alert.reference
    until = timezone.localdate(now) + timedelta(days=400)
    with acting_as(by):
        row = services.keep(by=by, reference=reference, until=until, why="Noor testifies.", version=1, at=now)
        assert b"Noor" not in bytes(row.why or b"")
        again = services.keep(
            by=by, reference=reference, until=until, why="Noor testifies.", version=1, at=now
        )
        assert again.version == 2, "twice changes nothing"
        with pytest.raises(Stale):
            services.keep(by=by, reference=reference, until=until, why="Other", version=1, at=now)
        assert queries.listed(by, now + timedelta(days=200)).items[0].row.reference != reference
        assert services.consult(by=by, reference=reference, at=now).why == "Noor testifies."
    agent = scene.cast.immigration_agent
    with acting_as(agent):
        seen = services.consult(by=agent, reference=reference, at=now)
        assert (seen.is_mine, seen.why, seen.proposal) == (False, "", None)
        with pytest.raises(NotFound):
            services.keep(by=agent, reference=reference, until=until, why="x", at=now)
    outsider = scene.cast.outsider
    with acting_as(outsider), pytest.raises(NotFound):
        services.consult(by=outsider, reference=reference, at=now)


@pytest.mark.parametrize(("days", "why", "field"), [(0, "x", "until"), (2000, "x", "until"), (9, " ", "why")])
def test_what_is_no_decision(scene: Scenario, now: datetime, days: int, why: str, field: str) -> None:
    by = scene.cast.officer
    until = timezone.localdate(now) + timedelta(days=days)
    with acting_as(by), pytest.raises(Invalid) as refused:
        services.keep(by=by, reference=scene.alert.reference, until=until, why=why, at=now)
    assert refused.value.field == field


def test_each_unit_is_reminded_once_for_each_day(scene: Scenario, now: datetime) -> None:
    assert services.remind(at=now) == 0
    later = now + timedelta(days=400)
    with second_wall_open():
        everything = File.objects.count()
    assert services.remind(at=later) == everything
    assert services.remind(at=later) == 0
    told = Message.objects.filter(kind="retention.review")
    assert told.filter(unit_id=scene.cast.officer.unit_id).count() == 2
    by = scene.cast.officer
    with acting_as(by):
        until = timezone.localdate(later) + timedelta(days=100)
        services.keep(by=by, reference=scene.alert.reference, until=until, why="x", at=later)
    assert services.remind(at=later) == 0
    assert services.remind(at=later + timedelta(days=90)) == 1


# Holds


def test_while_a_hold_stands_nothing_is_erased(scene: Scenario, now: datetime) -> None:
    cast, reference = scene.cast, scene.alert.reference
    judge, second = cast.magistrate, colleague(cast.officer)
    with acting_as(cast.officer):
        alerts.transmit_further(
            by=cast.officer,
            reference=reference,
            to_unit=judge.unit_code,
            purpose="protect",
            ground="x",
            at=now,
        )
    closed(scene, now)
    with acting_as(cast.officer):
        proposed = services.propose_erasure(by=cast.officer, reference=reference, ground="asked", at=now)
    held = {"reference": reference, "ground": "proceedings", "number": "BR.37.L4.1/26", "at": now}
    with acting_as(judge):
        hold = services.place_hold(by=judge, words="Noor is heard.", **held)
        assert services.place_hold(by=judge, **held).id == hold.id, "twice is once"
        assert b"BR.37" not in bytes(hold.sealed)
    with acting_as(second), pytest.raises(Refusal) as refused:
        services.confirm_erasure(by=second, erasure_id=proposed.id, at=now)
    assert refused.value.code == "held"
    assert Message.objects.filter(kind="retention.place_hold", unit_id=cast.officer.unit_id).exists()
    with acting_as(cast.officer):
        shown = queries.sheet(reference, cast.officer, now).holds[0]
        assert (shown.number, shown.words) == ("", ""), "the magistrate's own words"
        with pytest.raises(NotFound):
            services.lift_hold(by=cast.officer, hold_id=hold.id, at=now)
        with pytest.raises(IntegrityError), transaction.atomic():
            Erasure.objects.filter(pk=proposed.id).update(confirmed_at=now, confirmed_by=second.person_id)
    with acting_as(judge):
        services.lift_hold(by=judge, hold_id=hold.id, at=now)
        assert services.lift_hold(by=judge, hold_id=hold.id, at=now).lifted_at == now
    with acting_as(second):
        assert services.confirm_erasure(by=second, erasure_id=proposed.id, at=now).confirmed_at
    with acting_as(judge), pytest.raises((vault.Erased, NotFound)):
        services.place_hold(by=judge, **held)


def test_who_may_hold(scene: Scenario, now: datetime) -> None:
    cast = scene.cast
    held = {"reference": scene.alert.reference, "ground": "claim", "number": "1/26", "at": now}
    with acting_as(cast.officer):
        services.place_hold(by=cast.officer, **held)
    with acting_as(cast.immigration_agent), pytest.raises(NotAllowed):
        services.place_hold(by=cast.immigration_agent, **held)
    for stranger in (cast.outsider, cast.other_magistrate):
        with acting_as(stranger), pytest.raises(NotFound):
            services.place_hold(by=stranger, **held)
    with acting_as(cast.officer):
        for wrong in ({"ground": "a whim"}, {"number": " "}):
            with pytest.raises(Invalid):
                services.place_hold(by=cast.officer, **(held | wrong))


def test_the_database_holds_the_walls_alone(scene: Scenario, now: datetime) -> None:
    """What the code would forget: another unit's hold, another unit's line, a hold on what was erased."""
    cast, reference = scene.cast, closed(scene, now)
    with acting_as(cast.officer):
        row = File.objects.get(reference=reference)
    with acting_as(cast.immigration_agent):
        assert File.objects.filter(pk=row.pk).update(keep_until=timezone.localdate(now)) == 0
        assert not Erasure.objects.exists()
    with acting_as(cast.outsider):
        assert not File.objects.filter(pk=row.pk).exists()
        with pytest.raises(Exception, match=r"row-level security|erased"), transaction.atomic():
            _hold(row, cast.outsider.unit_id, now)
    erase(cast.officer, reference, now)
    with acting_as(cast.officer), pytest.raises(IntegrityError), transaction.atomic():
        _hold(row, cast.officer.unit_id, now)


def _hold(row: File, unit: int, at: datetime) -> None:
    Hold.objects.create(
        compartment_id=row.compartment_id, file=row, unit_id=unit, ground="claim", sealed=b"x", placed_at=at,
        placed_by=row.id,
    )  # fmt: skip
