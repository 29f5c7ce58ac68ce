"""Each act on an alert: it works, a stranger finds nothing, a reader may not, twice changes nothing, it is traced."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.alerts.conftest import Record, adult, child
from tests.cast import Cast

from fanal.access.models import Grant
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import services
from fanal.alerts.models import Alert, DutyDone, State, Tally, Transmission
from fanal.alerts.queries import how_of
from fanal.audit.models import Entry
from fanal.directory.models import Unit
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from fanal.notify.models import Message

pytestmark = pytest.mark.django_db


def traced(act: str, owner: Member) -> int:
    """How often the act stands in the trace that the owner of the file reads."""
    with acting_as(owner):
        return Entry.objects.filter(act=f"alerts.{act}", owner_unit_id=owner.unit_id).count()


def acknowledge(by: Member, alert: Alert, at: datetime) -> Transmission:
    with acting_as(by):
        return services.acknowledge(by=by, reference=alert.reference, at=at)


def close(by: Member, alert: Alert, at: datetime, outcome: str = "not_trafficking", **more: object) -> Alert:
    with acting_as(by):
        return services.close(by=by, reference=alert.reference, outcome=outcome, at=at, **more)  # type: ignore[arg-type]


# Acknowledging


def test_a_recipient_says_once_that_it_has_the_alert(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    first = acknowledge(cast.centre_worker, alert, now)
    again = acknowledge(cast.centre_worker, alert, now + timedelta(hours=1))
    assert (again.acknowledged_at, again.acknowledged_by) == (
        first.acknowledged_at,
        cast.centre_worker.person_id,
    )
    assert traced("acknowledge", cast.officer) == 1


@pytest.mark.parametrize("who", ["outsider", "other_centre_worker", "coordinator", "officer"])
def test_nobody_else_acknowledges(cast: Cast, record: Record, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        acknowledge(cast.all[who], record(cast.officer), now)
    assert traced("acknowledge", cast.officer) == 0


def test_absent_and_not_visible_are_refused_alike(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    with acting_as(cast.outsider):
        for reference in (alert.reference, "A-0000-0000"):
            for act in (
                lambda r: services.acknowledge(by=cast.outsider, reference=r, at=now),
                lambda r: services.consult(by=cast.outsider, reference=r, at=now),
                lambda r: services.close(by=cast.outsider, reference=r, outcome="unreachable", at=now),
                lambda r: services.reopen(by=cast.outsider, reference=r, at=now),
                lambda r: services.tick_duty(by=cast.outsider, reference=r, duty="a", done_at=now, at=now),
                lambda r: services.reveal_identity(by=cast.outsider, reference=r, purpose="protect", at=now),
            ):
                with pytest.raises(NotFound):
                    act(reference)


# Duties


def test_a_duty_is_ticked_once_with_who_when_and_how(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    with acting_as(cast.officer):
        for how in ("by phone", "another time"):
            services.tick_duty(
                by=cast.officer,
                reference=alert.reference,
                duty="a",
                done_at=now - timedelta(hours=1),
                how=how,
                at=now,
            )
        done = DutyDone.objects.get(alert=alert)
        assert (how_of(done), done.ticked_by, done.done_at) == (
            "by phone",
            cast.officer.person_id,
            now - timedelta(hours=1),
        )
        assert Alert.objects.get(pk=alert.pk).version == 2
    assert traced("tick_duty", cast.officer) == 1


@pytest.mark.parametrize(
    ("duty", "hours", "how", "field"),
    [("zzz", 0, "", "duty"), ("a", 1, "", "done_at"), ("a", 0, "x" * 201, "how")],
)
def test_a_duty_that_cannot_be_is_refused(
    cast: Cast, record: Record, now: datetime, duty: str, hours: int, how: str, field: str
) -> None:
    alert = record(cast.officer)
    with acting_as(cast.officer), pytest.raises(Invalid) as refused:
        services.tick_duty(
            by=cast.officer,
            reference=alert.reference,
            duty=duty,
            done_at=now + timedelta(hours=hours),
            how=how,
            at=now,
        )
    assert refused.value.field == field


def test_only_the_owner_ticks(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    with acting_as(cast.centre_worker), pytest.raises(NotAllowed):
        services.tick_duty(by=cast.centre_worker, reference=alert.reference, duty="a", done_at=now, at=now)


# Sending further


def send(by: Member, alert: Alert, at: datetime, to: str = "centre-meadow", **more: object) -> Transmission:
    given = {"purpose": "accompany", "ground": "She moves to the plain."} | more
    with acting_as(by):
        return services.transmit_further(by=by, reference=alert.reference, to_unit=to, at=at, **given)  # type: ignore[arg-type]


def test_the_owner_sends_further_and_the_new_service_reads(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    with acting_as(cast.other_centre_worker):
        assert not Alert.objects.exists()
    sent = send(cast.officer, alert, now)
    assert (sent.ground, sent.mandatory, sent.to_kind) == ("", False, "centre")
    with acting_as(cast.other_centre_worker):
        sheet = services.consult(by=cast.other_centre_worker, reference=alert.reference, at=now)
        assert "She moves to the plain." in {each.ground for each in sheet.sent}
        assert Alert.objects.get().reference == alert.reference
        given = Grant.objects.get(
            unit_id=cast.other_centre_worker.unit_id, compartment_id=alert.compartment_id
        )
        assert given.purpose == "accompany"
    assert Message.objects.filter(unit_id=cast.other_centre_worker.unit_id).count() == 1
    assert traced("transmit_further", cast.officer) == 1


def test_sending_twice_is_refused_and_changes_nothing(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    send(cast.officer, alert, now)
    with pytest.raises(Refusal, match="already_sent"):
        send(cast.officer, alert, now)
    assert Message.objects.filter(unit_id=cast.other_centre_worker.unit_id).count() == 1


def test_a_reader_does_not_send_further(cast: Cast, record: Record, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        send(cast.centre_worker, record(cast.officer), now)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"to": "nowhere"}, "unknown_unit", "to_unit"),
        ({"to": "watch-harbour"}, "own_unit", "to_unit"),
        ({"to": "help-line"}, "unit_unreachable", "to_unit"),
        ({"purpose": "curiosity"}, "unknown_code", "purpose"),
        ({"ground": "  "}, "ground", "ground"),
        ({"ground": "x" * 201}, "ground", "ground"),
    ],
)
def test_sending_where_or_why_one_cannot_is_refused(
    cast: Cast, record: Record, now: datetime, change: dict[str, str], code: str, field: str
) -> None:
    alert = record(cast.officer)
    with pytest.raises(Invalid) as refused:
        send(cast.officer, alert, now, **change)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_service_that_closed_yesterday_is_not_sent_anything(
    cast: Cast, record: Record, now: datetime
) -> None:
    alert = record(cast.officer)
    Unit.objects.filter(code="centre-meadow").update(valid_to=timezone.localdate(now) - timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        send(cast.officer, alert, now)
    assert refused.value.code == "unit_closed"


def test_routing_passes_over_a_service_that_closed_yesterday(
    cast: Cast, record: Record, now: datetime
) -> None:
    Unit.objects.filter(code="centre-lantern").update(valid_to=timezone.localdate(now) - timedelta(days=1))
    with acting_as(cast.officer):
        alert = record(cast.officer)
        assert not Transmission.objects.filter(alert=alert, to_unit__code="centre-lantern").exists()


# Closing and reopening


def test_every_alert_ends_with_a_coded_outcome(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    closed = close(cast.officer, alert, now)
    assert (closed.state, closed.outcome, closed.closed_by) == (
        State.CLOSED,
        "not_trafficking",
        cast.officer.person_id,
    )
    close(cast.officer, alert, now)
    assert traced("close", cast.officer) == 1
    with pytest.raises(Refusal, match="already_closed"):
        close(cast.officer, alert, now, "unreachable")
    with acting_as(cast.officer):
        assert not Transmission.objects.filter(alert=alert, stopped_at=None, acknowledged_at=None).exists()


def test_the_counts_follow_closing_and_reopening(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)

    def counts() -> dict[str, int]:
        return {row.outcome: row.alerts for row in Tally.objects.all() if row.alerts}

    assert counts() == {"": 1}
    close(cast.officer, alert, now)
    assert counts() == {"not_trafficking": 1}
    with acting_as(cast.officer):
        services.reopen(by=cast.officer, reference=alert.reference, at=now)
        services.reopen(by=cast.officer, reference=alert.reference, at=now)
    assert counts() == {"": 1}
    assert traced("reopen", cast.officer) == 1
    with acting_as(cast.officer):
        assert Alert.objects.get(pk=alert.pk).outcome == ""
        assert Transmission.objects.filter(alert=alert, stopped_at=None).count() == 3


@pytest.mark.parametrize("who", ["centre_worker", "immigration_agent"])
def test_a_reader_closes_nothing(cast: Cast, record: Record, now: datetime, who: str) -> None:
    with pytest.raises(NotAllowed):
        close(cast.all[who], record(cast.officer), now)


@pytest.mark.parametrize(
    ("outcome", "more", "field"),
    [
        ("vanished", {}, "outcome"),
        ("merged", {}, "other"),
        ("merged", {"other": "A-0000-0000"}, "other"),
        ("referred", {}, "receiver"),
        ("referred", {"receiver": "nowhere"}, "receiver"),
        ("referred", {"other": "somewhere"}, "other"),
    ],
)
def test_an_outcome_names_what_it_must(
    cast: Cast, record: Record, now: datetime, outcome: str, more: dict[str, str], field: str
) -> None:
    alert = record(cast.officer)
    with pytest.raises(Invalid) as refused:
        close(cast.officer, alert, now, outcome, **more)
    assert refused.value.field == field


def test_merging_needs_an_alert_that_the_member_sees(cast: Cast, record: Record, now: datetime) -> None:
    alert, mine, foreign = (
        record(cast.officer),
        record(cast.officer),
        record(cast.outsider, municipality="T06"),
    )
    for other in (alert.reference, foreign.reference):
        with pytest.raises(Invalid):
            close(cast.officer, alert, now, "merged", other=other)
    assert close(cast.officer, alert, now, "merged", other=mine.reference).outcome_reference == mine.reference


def test_referred_names_the_service_or_the_referral(cast: Cast, record: Record, now: datetime) -> None:
    closed = close(cast.officer, record(cast.officer), now, "referred", receiver="centre-lantern")
    assert closed.outcome_receiver_id == cast.centre_worker.unit_id
    closed = close(cast.officer, record(cast.officer), now, "referred", other="R-7F3K-9QX4")
    assert closed.outcome_reference == "R-7F3K-9QX4"


def test_a_stale_form_is_refused(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    with acting_as(cast.officer):
        services.tick_duty(
            by=cast.officer, reference=alert.reference, duty="a", done_at=now, at=now, version=1
        )
    with pytest.raises(Stale):
        close(cast.officer, alert, now, version=1)
    assert close(cast.officer, alert, now, version=2).state == State.CLOSED


# Children


def test_a_child_is_not_closed_away(cast: Cast, record: Record, now: datetime) -> None:
    """Guardianship service, Immigration Office and a centre must have it: circular of 23-12-2016."""
    alert = record(cast.officer, persons=(adult(), child()))
    for who in (cast.guardianship_officer, cast.immigration_agent, cast.centre_worker):
        with pytest.raises(Refusal, match="child_not_handed_on") as refused:
            close(cast.officer, alert, now)
        assert who.unit_kind in str(refused.value.facts["missing"])
        acknowledge(who, alert, now)
    assert close(cast.officer, alert, now).state == State.CLOSED


def test_an_adult_is_closed_without_waiting(cast: Cast, record: Record, now: datetime) -> None:
    assert close(cast.officer, record(cast.officer), now).state == State.CLOSED
