"""Recording an alert: its wall, its recipients, its trace, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.alerts.conftest import NOOR, Record, adult, child, report
from tests.cast import Cast

from fanal.access import vault
from fanal.access.models import Compartment, Grant
from fanal.access.services import acting_as
from fanal.alerts import services
from fanal.alerts.models import Alert, DutyDone, Person, SearchToken, Sign, Tally, Transmission
from fanal.alerts.queries import how_of
from fanal.alerts.rules import Done, Report
from fanal.audit.models import Entry
from fanal.errors import Invalid
from fanal.notify.models import Message

pytestmark = pytest.mark.django_db


def test_recording_tells_those_whom_the_law_names_and_nobody_else(cast: Cast, record: Record) -> None:
    alert = record(cast.officer)
    with acting_as(cast.officer):
        told = set(Transmission.objects.filter(alert=alert).values_list("to_unit__code", flat=True))
        assert told == {"strangers-office", "centre-lantern", "auditorat-coast"}
        granted = set(
            Grant.objects.filter(compartment=alert.compartment).values_list("unit__code", flat=True)
        )
        assert granted == told
    assert set(Message.objects.values_list("unit__code", "reference")) == {
        (code, alert.reference) for code in told
    }


def test_a_child_is_also_told_to_the_guardianship_service(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(adult(), child()))
    assert alert.child
    with acting_as(cast.officer):
        rows = Transmission.objects.filter(alert=alert, mandatory=True)
        assert {row.to_kind for row in rows} >= {"guardianship", "immigration_cell", "centre"}


def test_the_suspect_is_no_child_to_protect(cast: Cast, record: Record) -> None:
    assert not record(cast.officer, persons=(adult(), child(subject="suspect"))).child


def test_what_names_somebody_is_sealed(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR),))
    with acting_as(cast.officer):
        person = Person.objects.get(alert=alert)
        assert b"Testland" not in bytes(person.sealed)
        assert b"kitchen" not in bytes(Alert.objects.get(pk=alert.pk).sealed)
        opened = vault.unseal({person.id: person.sealed, alert.id: alert.sealed})
        assert opened[person.id]["family_name"] == "O'Testland"
        assert opened[alert.id] == "Six people sleep behind the kitchen."
        assert set(SearchToken.objects.values_list("purpose", flat=True)) == {"name", "phone", "document"}


def test_the_same_key_gives_the_same_alert(cast: Cast, record: Record) -> None:
    first, second = record(cast.officer, key="k1"), record(cast.officer, key="k1")
    assert first.pk == second.pk
    other = record(cast.officer, key="k2")
    colleague = record(cast.outsider, key="k1")
    assert len({first.pk, other.pk, colleague.pk}) == 3
    assert Message.objects.filter(reference=first.reference).count() == 3


def test_the_act_stands_in_the_trace_with_the_ids_it_collected(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(adult(), adult()))
    entry = Entry.objects.get(act="alerts.record")
    assert (entry.verb, entry.person_id, entry.owner_unit_id) == (
        "collect",
        cast.officer.person_id,
        cast.officer.unit_id,
    )
    assert entry.object_ids[0] == alert.id
    assert len(entry.object_ids) == 3
    assert Entry.objects.filter(act="access.grant", compartment_id=alert.compartment_id).count() == 1


def test_no_trace_no_alert(cast: Cast, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError("the trace cannot be written")

    monkeypatch.setattr("fanal.alerts.services.recording.audit.record_alike", broken)
    with pytest.raises(RuntimeError):
        record(cast.officer)
    with acting_as(cast.officer):
        assert not Alert.objects.exists()
        assert not Compartment.objects.filter(kind="alert").exists()
    assert not Message.objects.exists()


def test_duties_already_done_are_noted(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(
        cast.officer,
        done=(Done(duty="b", on=timezone.localdate(now) - timedelta(days=1), how="leaflet, Tigrinya"),),
    )
    with acting_as(cast.officer):
        done = DutyDone.objects.get(alert=alert)
    assert (done.duty, how_of(done), done.ticked_by) == ("b", "leaflet, Tigrinya", cast.officer.person_id)


def test_the_counts_follow_without_naming_the_alert(cast: Cast, record: Record) -> None:
    record(cast.officer)
    record(cast.officer, forms=("WORK", "SEX"))
    record(cast.officer, forms=())
    rows = Tally.objects.values_list("form", "outcome", "unit_kind", "alerts")
    assert set(rows) == {
        ("WORK", "", "police_cell", 1),
        ("several", "", "police_cell", 1),
        ("", "", "police_cell", 1),
    }


def test_an_alert_without_a_place_goes_where_the_whole_country_is_served(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, municipality="")
    with acting_as(cast.officer):
        told = set(Transmission.objects.filter(alert=alert).values_list("to_unit__code", flat=True))
    assert told == {"strangers-office", "high-prosecution"}


def test_the_service_that_records_is_not_told_of_its_own_alert(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, urgent=True)
    with acting_as(cast.officer):
        assert not Transmission.objects.filter(alert=alert, to_unit_id=cast.officer.unit_id).exists()


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"forms": ("NOPE",)}, "forms.0", "unknown_code"),
        ({"municipality": "99999"}, "municipality", "unknown_municipality"),
        ({"persons": (adult(subject=""),)}, "persons.0.subject", "required"),
        ({"narrative": "x" * 5001}, "narrative", "too_long"),
        ({"phenomenon": "", "forms": (), "narrative": "", "persons": ()}, "forms", "empty"),
    ],
)
def test_bad_input_is_refused_with_the_path_of_the_field(
    cast: Cast, record: Record, change: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        record(cast.officer, **change)
    assert (refused.value.field, refused.value.code) == (field, code)
    with acting_as(cast.officer):
        assert not Alert.objects.exists()


def test_statements_do_not_grow_with_what_is_reported(
    cast: Cast, now: datetime, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    small = report(persons=(adult(identity=NOOR),))
    large: Report = replace(small, persons=(adult(identity=NOOR),) * 30)
    with acting_as(cast.officer):
        services.record(by=cast.officer, report=small, at=now)  # the law is read once
        with django_assert_max_num_queries(30) as first:
            services.record(by=cast.officer, report=small, at=now)
        with django_assert_max_num_queries(len(first)):
            services.record(by=cast.officer, report=large, at=now)
        assert Sign.objects.count() == 0
