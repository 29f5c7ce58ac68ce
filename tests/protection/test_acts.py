"""Every act through its door: it works, it is refused, twice changes nothing, the dependent facts moved."""

from datetime import date

import pytest
from tests.protection.acts import DAY, NOW, Stage, later

from fanal.access.services import acting_as
from fanal.protection.models import Deadline, Document, Fact, Procedure, Request

pytestmark = pytest.mark.django_db


def clocks(stage: Stage, row: Procedure) -> dict[str, date]:
    with acting_as(stage.cast.immigration_agent):
        rows = Deadline.objects.filter(matter_id=row.id, done_at=None)
        return {each.clock: each.due_on for each in rows}


def test_from_the_request_to_the_anchor(stage: Stage) -> None:
    row = stage.in_p3()
    assert (row.phase, row.document, row.valid_until) == ("P3", "SHELL", date(2026, 8, 3))
    assert clocks(stage, row) == {
        "document_end": date(2026, 8, 3), "request": date(2026, 8, 3), "ask": date(2026, 8, 3),
    }
