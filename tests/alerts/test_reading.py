"""Reading leaves a trace, identities open only with a purpose, and what one may not see is not found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.alerts.conftest import NOOR, Record, adult, child
from tests.cast import Cast

from fanal.access.models import SubjectKey
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import queries, services
from fanal.alerts.models import Alert
from fanal.alerts.queries import Filters
from fanal.alerts.rules import Identity, Sign
from fanal.audit.models import Entry
from fanal.errors import Invalid, NotFound
from fanal.web import disclosure

pytestmark = pytest.mark.django_db


def opened(by: Member, alert: Alert, at: datetime, **more: Any) -> Any:
    with acting_as(by):
        return services.consult(by=by, reference=alert.reference, at=at, **more)


def entry(owner: Member, act: str) -> Entry:
    with acting_as(owner):
        return Entry.objects.get(act=act, owner_unit_id=owner.unit_id)


def test_opening_an_alert_is_recorded_for_its_owner(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    sheet = opened(cast.centre_worker, alert, now)
    assert (sheet.narrative, sheet.is_mine, len(sheet.persons)) == (
        "Six people sleep behind the kitchen.",
        False,
        1,
    )
    line = entry(cast.officer, "alerts.consult")
    assert (line.verb, line.unit_id, line.purpose) == ("consult", cast.centre_worker.unit_id, "accompany")
    assert line.object_ids == [alert.id, sheet.persons[0].id]


def test_the_owner_opens_it_to_take_it_up_or_for_a_purpose_she_says(
    cast: Cast, record: Record, now: datetime
) -> None:
    alert = record(cast.officer)
    opened(cast.officer, alert, now)
    assert entry(cast.officer, "alerts.consult").purpose == "take_up"
    with pytest.raises(Invalid):
        opened(cast.officer, alert, now, purpose="curiosity")


def test_the_sheet_says_the_wall_the_clocks_and_the_duties(cast: Cast, record: Record, now: datetime) -> None:
    sheet = opened(cast.officer, record(cast.officer, persons=(child(),)), now)
    assert {sight.unit for sight in sheet.wall.others} == {
        "Guests office", "The Lantern", "Labour auditor Coast", "Wards office",
    }  # fmt: skip
    assert [duty.code for duty in sheet.duties] == ["a", "b", "c"]
    assert {obstacle.unit_kind for obstacle in sheet.obstacles} == {
        "guardianship",
        "immigration_cell",
        "centre",
    }
    assert all(sent.due_at > now and not sent.is_late(now) for sent in sheet.sent)
    assert {sent.ground for sent in sheet.sent} >= {"Code of Harbours, art. 14"}
    assert sheet.place == "Oldport"


def test_an_identity_opens_with_a_purpose_and_leaves_its_ids(
    cast: Cast, record: Record, now: datetime
) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR), adult()))
    with acting_as(cast.centre_worker):
        found = services.reveal_identity(
            by=cast.centre_worker, reference=alert.reference, purpose="protect", at=now
        )
    assert list(found.values()) == [NOOR]
    line = entry(cast.officer, "alerts.reveal_identity")
    assert (line.verb, line.purpose, len(line.object_ids)) == ("consult", "protect", 2)


@pytest.mark.parametrize(
    ("purpose", "file_reference", "field"),
    [("", "", "purpose"), ("curiosity", "", "purpose"), ("investigate", " ", "file_reference")],
)
def test_no_identity_without_a_purpose(
    cast: Cast, record: Record, now: datetime, purpose: str, file_reference: str, field: str
) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR),))
    with acting_as(cast.officer), pytest.raises(Invalid) as refused:
        services.reveal_identity(
            by=cast.officer, reference=alert.reference, purpose=purpose, file_reference=file_reference, at=now
        )
    assert refused.value.field == field


def test_no_identity_without_its_line_in_the_trace(
    cast: Cast, record: Record, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR),))
    unsealed: list[object] = []

    def broken(**_: Any) -> None:
        raise RuntimeError("the trace cannot be written")

    monkeypatch.setattr("fanal.alerts.services.reading.audit.record", broken)
    monkeypatch.setattr("fanal.alerts.services.reading.vault.unseal", unsealed.append)
    with acting_as(cast.officer), pytest.raises(RuntimeError):
        services.reveal_identity(by=cast.officer, reference=alert.reference, purpose="protect", at=now)
    assert unsealed == []


def test_a_person_of_another_alert_is_not_found(cast: Cast, record: Record, now: datetime) -> None:
    one, other = record(cast.officer), record(cast.officer)
    with acting_as(cast.officer):
        (person,) = queries.persons_of(other.reference, cast.officer)
        with pytest.raises(NotFound):
            services.reveal_identity(
                by=cast.officer,
                reference=one.reference,
                persons=[person.person_id],
                purpose="protect",
                at=now,
            )


def test_a_person_whose_key_was_destroyed_has_no_identity(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR),))
    with acting_as(cast.officer):
        (person,) = queries.persons_of(alert.reference, cast.officer)
        SubjectKey.objects.filter(pk=person.person_id).delete()
        assert (
            services.reveal_identity(by=cast.officer, reference=alert.reference, purpose="protect", at=now)
            == {}
        )


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        (Identity(given_names="o testland", family_name="ELISE  NOOR"), ("name",)),
        (Identity(phone="0470/00.11.22"), ("phone",)),
        (Identity(phone="٠٤٧٠٠٠١١٢٢"), ("phone",)),
        (Identity(document_number="ab123456"), ("document",)),
        (replace(NOOR, phone=""), ("document", "name")),
        (Identity(given_names="Noor"), ()),
        (Identity(given_names="Noor Élise", family_name="Other"), ()),
        (Identity(phone="112"), ()),
    ],
)
def test_who_is_perhaps_known_is_found_by_equal_tokens(
    cast: Cast, record: Record, now: datetime, typed: Identity, on: tuple[str, ...]
) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR),))
    with acting_as(cast.officer):
        (found,) = services.match(by=cast.officer, identities=[typed], at=now)
    assert [(each.reference, each.matched_on) for each in found] == ([(alert.reference, on)] if on else [])
    with acting_as(cast.officer):
        assert Entry.objects.filter(act="alerts.match", verb="combine").exists() is bool(on)
    with acting_as(cast.outsider):
        assert services.match(by=cast.outsider, identities=[typed], at=now) == ((),)


def test_lists_show_what_the_filters_say(cast: Cast, record: Record, now: datetime) -> None:
    old = record(cast.officer, at=now - timedelta(days=30))
    received = record(cast.outsider, municipality="T06", forms=("SEX",))
    with acting_as(cast.officer):
        services.close(by=cast.officer, reference=old.reference, outcome="unreachable", at=now)
    fresh = record(cast.officer)

    def references(by: Member, **filters: Any) -> list[str]:
        with acting_as(by):
            return [line.reference for line in queries.listed(by, Filters(**filters), now).items]

    assert references(cast.officer) == [fresh.reference, old.reference]
    assert references(cast.officer, state="closed") == [old.reference]
    assert references(cast.officer, outcome="unreachable") == [old.reference]
    assert references(cast.officer, form="SEX") == []
    assert references(cast.officer, side="received") == []
    assert references(cast.officer, reference=f" {fresh.reference.lower()}") == [fresh.reference]
    assert references(cast.immigration_agent, form="SEX") == [received.reference]
    assert references(cast.immigration_agent, side="received") == references(cast.immigration_agent)
    assert references(cast.outsider) == [received.reference]


def test_late_means_that_a_receipt_is_overdue(cast: Cast, record: Record, now: datetime) -> None:
    late = record(cast.officer, at=now - timedelta(days=30))
    record(cast.officer)
    for who in (cast.officer, cast.centre_worker):
        with acting_as(who):
            page = queries.listed(who, Filters(late=True), now)
            assert [line.reference for line in page.items] == [late.reference]
    with acting_as(cast.centre_worker):
        services.acknowledge(by=cast.centre_worker, reference=late.reference, at=now)
        assert queries.listed(cast.centre_worker, Filters(late=True), now).items == []


def test_a_list_is_walked_page_by_page(cast: Cast, record: Record, now: datetime) -> None:
    made = [record(cast.officer, at=now - timedelta(minutes=n // 2)).reference for n in range(5)]
    seen: list[str] = []
    cursor = ""
    with acting_as(cast.officer):
        while True:
            page = queries.listed(cast.officer, Filters(), now, cursor=cursor, size=2)
            seen += [line.reference for line in page.items]
            cursor = page.next
            if not cursor:
                break
    assert sorted(seen) == sorted(made)
    assert len(seen) == 5


def test_statements_do_not_grow_with_the_rows(
    cast: Cast, record: Record, now: datetime, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    def read(reference: str) -> None:
        queries.listed(cast.officer, Filters(), now)
        queries.waiting(cast.officer, now)
        services.consult(by=cast.officer, reference=reference, at=now)

    small = record(cast.officer)
    with acting_as(cast.officer):
        read(small.reference)
        with django_assert_max_num_queries(30) as first:
            read(small.reference)
    large = record(
        cast.officer,
        persons=(adult(identity=NOOR),) * 20,
        signs=(Sign(indicator="no-pay"), Sign(indicator="long-hours")),
    )
    for _ in range(6):
        record(cast.officer)
    with acting_as(cast.officer), django_assert_max_num_queries(len(first)):
        read(large.reference)


def test_what_waits_says_act_clock_and_reason(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer, at=now - timedelta(days=30))
    with acting_as(cast.centre_worker):
        (line,) = queries.waiting(cast.centre_worker, now)
    assert (line.reference, line.state, line.act) == (
        alert.reference,
        "late",
        "Confirm that you have this alert",
    )
    assert line.reason == "Sent by Watch Harbour. Code of Harbours, art. 12 c"
    with acting_as(cast.officer):
        lines = queries.waiting(cast.officer, now)
    assert [line.state for line in lines] == ["waiting", "waiting", "waiting", "late"]
    assert lines[-1].act == "Fulfil 3 duties at detection"


def test_an_alert_that_everybody_has_asks_for_its_outcome(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    for who in (cast.centre_worker, cast.immigration_agent, cast.auditor):
        with acting_as(who):
            services.acknowledge(by=who, reference=alert.reference, at=now)
    with acting_as(cast.officer):
        for duty in "abc":
            services.tick_duty(by=cast.officer, reference=alert.reference, duty=duty, done_at=now, at=now)
        (line,) = queries.waiting(cast.officer, now)
        assert line.act == "Give this alert its outcome"
        services.close(by=cast.officer, reference=alert.reference, outcome="unreachable", at=now)
        assert queries.waiting(cast.officer, now) == ()


def test_an_export_says_which_alerts_it_disclosed(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    with acting_as(cast.officer):
        (line,) = services.export(by=cast.officer, filters=Filters(), kind="csv", at=now)
    assert line.reference == alert.reference
    found = entry(cast.officer, "alerts.export")
    assert (found.verb, found.object_ids) == ("disclose", [alert.id])
    assert (found.compartment_id, found.reference) == (alert.compartment_id, alert.reference)


def test_the_owner_of_an_alert_sees_that_another_service_took_it_along(
    cast: Cast, record: Record, now: datetime
) -> None:
    alert = record(cast.officer)
    record(cast.inspector)
    reader = cast.immigration_agent
    with acting_as(reader):
        assert len(services.export(by=reader, filters=Filters(), kind="xlsx", at=now)) == 2
    found = entry(cast.officer, "alerts.export")
    assert (found.unit_id, found.object_ids, found.facts["kind"]) == (reader.unit_id, [alert.id], "xlsx")


@pytest.mark.asvs("15.2.2")
def test_an_export_that_is_too_long_is_refused_and_not_cut(
    cast: Cast, record: Record, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disclosure, "MOST", 1)
    record(cast.officer)
    with acting_as(cast.officer):
        assert len(services.export(by=cast.officer, filters=Filters(), kind="csv", at=now)) == 1
    record(cast.officer)
    with acting_as(cast.officer), pytest.raises(Invalid) as refused:
        services.export(by=cast.officer, filters=Filters(), kind="csv", at=now)
    assert refused.value.code == "too_many"


def test_the_funnel_is_exact_for_ones_own_and_hides_small_figures_from_others(
    cast: Cast, record: Record, now: datetime
) -> None:
    for n in range(8):
        alert = record(cast.officer)
        if n < 2:
            with acting_as(cast.officer):
                services.close(by=cast.officer, reference=alert.reference, outcome="unreachable", at=now)
    with acting_as(cast.officer):
        own = queries.own_funnel(cast.officer, now.year)
    assert ({cell.outcome: cell.count for cell in own.cells}, own.total) == ({"": 6, "unreachable": 2}, 8)
    with acting_as(cast.coordinator):
        national = queries.national_funnel(now.year)
        assert ({cell.outcome: cell.count for cell in national.cells}, national.total) == (
            {"": 5, "unreachable": None},
            10,
        )
        assert queries.national_funnel(now.year, unit_kind="centre").cells == ()
        assert queries.national_funnel(now.year - 1).cells == ()
        assert queries.years(now)[0] == now.year
