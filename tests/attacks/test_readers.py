"""Who reads a file without a seat in it adds nothing: refused by the service, before the database has to."""

import pytest
from django.utils import timezone
from tests.cast import Cast, api, client
from tests.protection.acts import Stage

from fanal.access import services as access
from fanal.access.services import Level, Opening, acting_as
from fanal.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_a_reader_of_a_procedure_states_nothing_in_it(cast: Cast) -> None:
    """A grant to read, or a file opened in an emergency: the page of the seat-holders is not the reader's."""
    row, by, reader = Stage(cast).opened(), cast.immigration_agent, cast.guardianship_officer
    now = timezone.now()
    with acting_as(by):
        opening = Opening(reader.unit_id, Level.READ, "protect", "own_grant")
        access.grant(by=by, compartment=row.compartment, openings=[opening], at=now)
    said = {"kind": "statement", "on": timezone.localdate().isoformat()}
    page = client(reader).post(
        f"/protection/{row.reference}/statement/", said | {"version": str(row.version)}
    )
    assert page.status_code == 403
    url = f"/api/protection/procedures/{row.reference}/statements"
    answer = api(reader).post(url, said, content_type="application/json", headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_seat")
    with acting_as(by):
        assert not Entry.objects.filter(act="protection.record_statement").exists()
