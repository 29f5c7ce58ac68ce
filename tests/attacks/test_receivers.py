"""Who never reads a person is never let in: not by mistake, not by another service's wish."""

from datetime import datetime

import pytest
from django.utils import timezone
from tests.cast import Cast, client
from tests.house.scenario import report
from tests.protection.acts import Stage

from fanal.access.models import Grant
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.errors import Invalid
from fanal.protection import services as protection

pytestmark = pytest.mark.django_db
SEALED_OFF = ["coordinator", "administrator"]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.mark.parametrize("part", SEALED_OFF)
def test_an_alert_is_not_sent_to_who_reads_none(cast: Cast, now: datetime, part: str) -> None:
    by, to = cast.officer, cast.all[part]
    with acting_as(by):
        row = alerts.record(by=by, report=report(), at=now)
        with pytest.raises(Invalid) as refused:
            alerts.transmit_further(
                by=by,
                reference=row.reference,
                to_unit=to.unit_code,
                purpose="protect",
                ground="art. 1",
                at=now,
            )
        assert refused.value.field == "to_unit"
        assert not Grant.objects.filter(unit_id=to.unit_id, compartment=row.compartment_id).exists()
    assert to.unit_code not in client(by).get(f"/alerts/{row.reference}/send/").content.decode()


@pytest.mark.parametrize("part", SEALED_OFF)
def test_dates_are_not_shown_to_who_sees_no_file(cast: Cast, part: str) -> None:
    by, to = cast.immigration_agent, cast.all[part]
    row = Stage(cast).opened()
    with acting_as(by):
        with pytest.raises(Invalid) as refused:
            protection.show_dates(by=by, reference=row.reference, to_unit_id=to.unit_id, at=timezone.now())
        assert refused.value.field == "to_unit"
        assert not Grant.objects.filter(unit_id=to.unit_id, compartment=row.compartment_id).exists()
    page = client(by).get(f"/protection/{row.reference}/dates/").content.decode()
    assert f'value="{to.unit_id}"' not in page
