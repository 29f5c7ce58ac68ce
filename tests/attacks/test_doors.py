"""Sessions and tokens: what each of them may not do."""

import json
from datetime import UTC, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, client, token

from fanal.access.models import Membership, Token
from fanal.access.queries import member_by_token, memberships, recipients
from fanal.directory.models import Unit

pytestmark = pytest.mark.django_db
BODY = json.dumps({"label": "another one", "days": 365})


def post(browser: Client, **headers: str) -> int:
    answer = browser.post("/api/desk/tokens", BODY, content_type="application/json", headers=headers)
    return answer.status_code


@pytest.mark.asvs("9.2.2")
@pytest.mark.parametrize("header", ["Bearer x", "bearer fnl_x", "Bearer  fnl_x"])
def test_a_session_does_not_pass_for_a_token(cast: Cast, header: str) -> None:
    browser = client(cast.officer)
    browser.handler.enforce_csrf_checks = True
    assert post(browser, Authorization=header) in (401, 403)
    assert not Token.objects.exists()


def test_a_token_makes_no_other_that_outlives_it(cast: Cast) -> None:
    browser = Client(headers={"Authorization": f"Bearer {token(cast.officer)}"})
    assert post(browser) == 403
    browser.post("/me/tokens/", {"label": "another one", "days": "365"})
    browser.post("/protection/deadlines/calendar/")
    assert Token.objects.count() == 1, "a token found in a script became another one, for a year"


def test_a_closed_service_is_told_nothing(cast: Cast) -> None:
    unit = cast.officer.unit_id
    today = timezone.localdate()
    assert recipients({unit}, today)[unit]
    Unit.objects.filter(pk=unit).update(valid_to=today - timedelta(days=1))
    assert recipients({unit}, today) == {unit: []}


def test_a_membership_ends_for_tokens_when_it_ends_for_people(cast: Cast) -> None:
    """Half past midnight: the day has changed here and not yet at Greenwich."""
    secret = token(cast.officer)
    ended = timezone.localdate()
    Membership.objects.filter(pk=cast.officer.membership_id).update(valid_to=ended)
    night = timezone.localtime().replace(hour=0, minute=30) + timedelta(days=1)
    Token.objects.update(expires_at=night + timedelta(days=1))
    at = night.astimezone(UTC)
    account = Membership.objects.get(pk=cast.officer.membership_id).account
    assert not memberships(account, timezone.localdate(at))
    assert member_by_token(secret, at) is None
