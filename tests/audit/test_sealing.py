"""The sealer: every line once, in an order that nothing can come before, whatever commits, dies or runs twice."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.access.rows import member, unit

from fanal.access.services import acting_as
from fanal.audit import services
from fanal.audit.services import Verb
from fanal.audit.services.sealing import seal

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def test_first(db):
    by = member(unit())
    with acting_as(by):
        services.record(by=by, verb=Verb.COLLECT, act="x", at=NOW)
    assert seal(at=NOW, everything=True) == 1
