"""Each wall alone, on every table: the database when `queries` forget, `queries` when the database is open."""

from datetime import datetime
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone
from tests.alerts.conftest import NOOR, Record, adult
from tests.cast import Cast
from tests.walls import second_wall_open

from fanal.access.models import Walled
from fanal.access.services import acting_as, as_clockwork
from fanal.alerts import queries, services
from fanal.alerts.models import Alert, Draft, DutyDone, Person, SearchToken, Sign, Transmission
from fanal.alerts.queries import Filters
from fanal.alerts.queries.persons import known
from fanal.alerts.rules import Done
from fanal.alerts.rules import Sign as SignReport
from fanal.errors import NotFound

pytestmark = pytest.mark.django_db
TABLES: tuple[type[Walled], ...] = (Alert, Sign, Person, SearchToken, Transmission, DutyDone)


@pytest.fixture
def full(cast: Cast, record: Record, now: datetime) -> Alert:
    """An alert with a row in every table."""
    return record(
        cast.officer,
        persons=(adult(identity=NOOR),),
        signs=(SignReport(indicator="no-pay"),),
        done=(Done(duty="a", on=timezone.localdate(now)),),
    )


@pytest.mark.parametrize("table", TABLES)
def test_the_database_alone_hides_the_rows_from_a_stranger(
    cast: Cast, full: Alert, table: type[Walled]
) -> None:
    for who, seen in ((cast.officer, True), (cast.centre_worker, True), (cast.outsider, False)):
        with acting_as(who):
            assert table._default_manager.filter(compartment_id=full.compartment_id).exists() is seen


@pytest.mark.parametrize("table", TABLES)
def test_the_database_alone_refuses_what_a_reader_writes(
    cast: Cast, full: Alert, table: type[Walled]
) -> None:
    with acting_as(cast.officer):
        row = table._default_manager.filter(compartment_id=full.compartment_id).first()
    assert row is not None
    changes: dict[str, Any] = {"compartment_id": row.compartment_id}
    if table is Transmission:
        with acting_as(cast.officer):
            row = Transmission.objects.get(alert=full, to_unit_id=cast.immigration_agent.unit_id)
    with acting_as(cast.centre_worker):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            table._default_manager.filter(pk=row.pk).update(**changes)
        assert table._default_manager.filter(pk=row.pk).delete()[0] == 0
    with acting_as(cast.outsider):
        assert table._default_manager.filter(pk=row.pk).update(**changes) == 0


def test_queries_alone_hide_the_rows_from_a_stranger(cast: Cast, full: Alert, now: datetime) -> None:
    stranger = cast.outsider
    with second_wall_open():
        assert Alert.objects.filter(pk=full.pk).exists(), "the second wall is open in this test"
        assert not queries.alerts(stranger, Filters(), now).exists()
        assert queries.listed(stranger, Filters(), now).items == []
        assert queries.waiting(stranger, now) == ()
        assert queries.persons_of(full.reference, stranger) == ()
        assert known(stranger, [NOOR]) == ((),)
        assert queries.own_funnel(stranger, now.year).total == 0
        for act in (
            lambda: services.consult(by=stranger, reference=full.reference, at=now),
            lambda: services.reveal_identity(
                by=stranger, reference=full.reference, purpose="protect", at=now
            ),
            lambda: services.acknowledge(by=stranger, reference=full.reference, at=now),
            lambda: services.close(by=stranger, reference=full.reference, outcome="unreachable", at=now),
            lambda: queries.handoff(full.reference, Person.objects.get(alert=full).id, stranger),
        ):
            with pytest.raises(NotFound):
                act()


def test_the_clockwork_sees_transmissions_and_nothing_that_names(cast: Cast, full: Alert) -> None:
    with as_clockwork():
        assert Transmission.objects.filter(alert_id=full.id).count() == 3
        for table in TABLES:
            assert table is Transmission or not table._default_manager.exists()


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_no_role_of_coordination_reads_an_alert(cast: Cast, full: Alert, who: str) -> None:
    with acting_as(cast.all[who]):
        assert not Alert.objects.exists()
        assert not Person.objects.exists()


def test_a_draft_is_its_units_in_the_database_and_its_authors_in_queries(cast: Cast, now: datetime) -> None:
    with acting_as(cast.officer):
        draft = services.start(by=cast.officer, typed={"narrative": "x"}, step="what", at=now)
    with acting_as(cast.outsider):
        assert not Draft.objects.exists()
    with second_wall_open():
        assert Draft.objects.exists()
        with pytest.raises(NotFound):
            queries.draft(draft, cast.outsider)
        assert not queries.drafts(cast.outsider).exists()
        with pytest.raises(NotFound):
            services.save(by=cast.outsider, draft=draft, typed={}, step="what", at=now)
        services.discard(by=cast.outsider, draft=draft)
        assert queries.draft(draft, cast.officer).typed == {"narrative": "x"}


def test_a_level_that_only_knows_of_it_reads_nothing_but_may_confirm(
    cast: Cast, now: datetime, record: Record
) -> None:
    """A centre told of an urgent alert of a reception centre sees that it exists, and says that it has it."""
    alert = record(cast.reception, urgent=True)
    with acting_as(cast.centre_worker):
        assert not Alert.objects.exists()
        assert (
            services.acknowledge(by=cast.centre_worker, reference=alert.reference, at=now).acknowledged_at
            == now
        )
