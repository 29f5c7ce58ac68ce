"""Two identical submissions at the same instant: one act, one answer."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from django.db import connection
from django.test import Client
from tests.cast import token
from tests.web import stage

from fanal.access.models import Token
from fanal.access.rules import Member

BODY = {"label": "thing slow", "on": "2026-11-24"}


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The act takes long enough for the second to arrive."""
    monkeypatch.setattr(stage, "token_made", lambda: sleep(0.5))
    return


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("slow")
def test_two_at_once_with_one_key_are_one_act(officer: Member) -> None:
    secret, start = token(officer), Barrier(2)

    def send(_number: int) -> tuple[int, str, bool]:
        try:
            start.wait()
            headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "k"}
            response = Client(headers=headers).post("/api/things", BODY, content_type="application/json")
            return (
                response.status_code,
                json.loads(response.content)["id"],
                "Idempotency-Replayed" in response,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(send, range(2))
    assert first[:2] == second[:2]
    assert first[0] == 201
    assert {first[2], second[2]} == {True, False}
    assert Token.objects.filter(label="thing slow").count() == 1
