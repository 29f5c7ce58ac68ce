"""What somebody wrote of a person cannot be read in the database: the whole chain, every column of every table."""

import re

import pytest
from django.db import connection
from django.utils import timezone
from tests.cast import Cast
from tests.house.scenario import NAME, Scenario, build
from tests.walls import second_wall_open

from fanal.access.services import acting_as
from fanal.alerts import services as alerts

pytestmark = pytest.mark.django_db
TYPED = {
    "a family name": NAME,
    "a birthday": "1996-05-04",
    "a phone number": "470 00",
    "a narrative": "behind the kitchen",
    "a summary": "invented yard",
    "an answer": "She sleeps",
    "a request": "She asks",
    "a motivation of an exception": "conscious",
    "the words of who sends further": "Her brother knows",
}


@pytest.fixture
def scene(cast: Cast) -> Scenario:
    scene = build(cast)
    by, to = cast.officer, cast.other_centre_worker.unit_code
    with acting_as(by):
        alerts.transmit_further(
            by=by, reference=scene.alert.reference, to_unit=to, purpose="protect",
            ground="Her brother knows where she lives.", at=timezone.now(),
        )  # fmt: skip
    return scene


def everything() -> str:
    """Every row of our own tables, as text."""
    ours = [
        name
        for name in connection.introspection.table_names()
        if re.match("(access|alerts|audit|notify|protection|referrals|web)_", name)
    ]
    rows = []
    with connection.cursor() as cursor:
        for table in ours:
            if table in ("access_context_key", "access_wall"):
                continue
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608  (a name of our own)
            rows += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(rows)


@pytest.mark.asvs("14.2.4")
def test_no_column_holds_what_was_typed_of_a_person(scene: Scenario) -> None:
    with second_wall_open():
        rows = everything()
    assert scene.alert.reference in rows, "the walls are open and the tables are read"
    found = {what: line for what, typed in TYPED.items() for line in rows.splitlines() if typed in line}
    assert not found
