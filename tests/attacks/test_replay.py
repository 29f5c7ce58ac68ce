"""An answer repeated under its idempotency key shows no more than the reader may see at that moment, and is traced."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.cast import Cast, api
from tests.referrals.rows import NAME, NOW, SENT, prepared, proposed

from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.referrals import services
from fanal.referrals.models import Referral
from fanal.referrals.rules.content import Item

pytestmark = pytest.mark.django_db
REVEAL = {"purpose": "accompany"}


def post(browser: Client, url: str, body: object, key: str) -> Any:
    headers = {"Idempotency-Key": key, "If-Match": "*"}
    answer: HttpResponse = browser.post(  # type: ignore[assignment]
        url, json.dumps(body), content_type="application/json", headers=headers
    )
    return answer


def asked(cast: Cast) -> Referral:
    return proposed(
        cast.officer, cast.centre_worker, matter=prepared(cast.officer), items=(*SENT, Item.IDENTITY)
    )


def looked(cast: Cast, row: Referral) -> int:
    with acting_as(cast.officer):
        found = Entry.objects.filter(compartment_id=row.compartment_id, unit_id=cast.centre_worker.unit_id)
        return int(found.count())


def test_a_repeated_identity_is_traced_again(cast: Cast) -> None:
    row, browser = asked(cast), api(cast.centre_worker)
    url = f"/api/referrals/{row.reference}/identity"
    assert NAME in post(browser, url, REVEAL, "k").content.decode()
    before = looked(cast, row)
    again = post(browser, url, REVEAL, "k")
    assert NAME in again.content.decode()
    assert looked(cast, row) > before, "shown a second time, and the owner does not see it"


@pytest.mark.parametrize(("act", "body"), [("identity", REVEAL), ("accept", {})])
def test_what_was_taken_out_of_sight_is_not_repeated(cast: Cast, act: str, body: object) -> None:
    row, browser = asked(cast), api(cast.centre_worker)
    url = f"/api/referrals/{row.reference}/{act}"
    assert post(browser, url, body, "k").status_code == 200
    with acting_as(cast.officer):
        consent = Referral.objects.get(pk=row.pk).consent_id
        services.revoke_consent(by=cast.officer, consent_id=consent, at=NOW)
    again = post(browser, url, body, "k")
    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    assert "Lotus" not in again.content.decode()
