"""A clock that steps back: nothing is sent twice, sealed out of order, forgotten or let in because of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.cast import Cast, token
from tests.durability.conftest import fill
from tests.protection.acts import NOW, Stage, later

from fanal.access import queries as access
from fanal.access import services
from fanal.access.services import acting_as
from fanal.alerts.models import Alert
from fanal.audit.models import Seal
from fanal.audit.services.sealing import public_half, seal
from fanal.config.durability.reach import Reach
from fanal.config.durability.trace import check
from fanal.errors import Refusal
from fanal.ids import new_id
from fanal.notify.models import Message
from fanal.protection import services as protection
from fanal.protection.models import Fact

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_a_reminder_is_not_sent_again_when_its_day_comes_again(cast: Cast) -> None:
    Stage(cast).in_p2()
    assert protection.sweep(at=later(43)) == 3
    sent = Message.objects.count()
    for days in (40, 42, 43):
        assert protection.sweep(at=later(days)) == 0
    assert Message.objects.count() == sent


@pytest.mark.django_db
def test_an_act_before_the_last_one_is_refused_and_changes_nothing(cast: Cast) -> None:
    stage = Stage(cast)
    row = stage.decided(stage.opened(), "open_reflection", days=3)
    with pytest.raises(Refusal) as refused:
        stage.decided(row, "open_first_document", days=2)
    assert str(refused.value.message)
    with acting_as(cast.immigration_agent):
        assert Fact.objects.filter(procedure=row, kind="decided").count() == 1


@pytest.mark.django_db
def test_a_token_that_was_revoked_stays_so_and_one_that_ended_lives_no_longer_than_its_date(
    cast: Cast,
) -> None:
    with acting_as(cast.officer):
        row, secret = services.issue_token(by=cast.officer, label="t", at=NOW, expires_at=NOW + HOUR)
    assert _who(secret, NOW) == cast.officer.membership_id
    assert _who(secret, NOW + HOUR) is None
    assert _who(secret, NOW - HOUR) == cast.officer.membership_id, "a step back locks nobody out"
    with acting_as(cast.officer):
        services.revoke_token(by=cast.officer, token_id=row.id, at=NOW)
    assert _who(secret, NOW - HOUR) is None


def _who(secret: str, at: datetime) -> UUID | None:
    found = access.member_by_token(secret, at)
    return found.membership_id if found else None


@pytest.mark.django_db
def test_the_readers_context_knows_no_hour(cast: Cast) -> None:
    """Signed for a backend and a transaction: a clock can neither end it nor make an old one valid."""
    with acting_as(cast.officer), connection.cursor() as cursor:
        cursor.execute(
            "SELECT context_units(), current_setting('fanal.context'), current_setting('fanal.signature')"
        )
        units, claimed, _signature = cursor.fetchone()
    assert units == [cast.officer.unit_id]
    assert claimed == f"{{{cast.officer.unit_id}}}"


@pytest.mark.django_db
def test_the_same_key_finds_its_answer_after_a_step_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Client(headers={"Authorization": f"Bearer {token(cast.officer)}", "Idempotency-Key": "k"})
    body = {"phenomenon": "trafficking", "forms": ["WORK"], "municipality": "T01", "narrative": "invented"}
    person = {"subject": "presumed_victim", "age_basis": "estimated", "estimated_age": 30}
    first = browser.post("/api/alerts", body | {"persons": [person]}, content_type="application/json")
    assert first.status_code == 201
    back = datetime.now(UTC) - HOUR
    monkeypatch.setattr("django.utils.timezone.now", lambda: back)
    again = browser.post("/api/alerts", body | {"persons": [person]}, content_type="application/json")
    assert again.content == first.content
    with acting_as(cast.officer):
        assert Alert.objects.count() == 1


def test_names_of_rows_stay_unique_and_in_order_when_the_clock_steps_back() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000


@pytest.mark.django_db(transaction=True)
def test_what_is_sealed_after_a_step_back_goes_on_from_what_was_sealed(suite: Reach) -> None:
    with suite.connect(autocommit=True) as past_the_walls:
        fill(past_the_walls, 5)
        seal(at=NOW)
        fill(past_the_walls, 5)
        seal(at=NOW - HOUR)
        found = check(past_the_walls, public_half())
    assert (found.sealed, found.problems) == (10, [])
    first, second = Seal.objects.order_by("number")
    assert second.at >= first.at, "the time of a statement never goes back"
