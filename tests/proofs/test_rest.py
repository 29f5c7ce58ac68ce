"""At rest, in a small form: the whole way of one person through the house, then her erasure."""

import base64
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from proofs.rest import chain, seconds
from proofs.rest.marks import forms, marks
from proofs.rest.opening import opened
from proofs.rest.scanning import Eye, rows
from tests.cast import Cast

from fanal.database.cluster import SUPERUSER

KNOWN = marks(20261122)


@pytest.mark.asvs("14.2.4")
@pytest.mark.django_db(transaction=True)
def test_no_mark_in_any_row_and_nothing_opens_after_the_erasure(
    cast: Cast, database_url: Callable[[str], str]
) -> None:
    written = chain.write(cast, KNOWN, timezone.now())
    master = bytes.fromhex(settings.FANAL_VAULT_KEY)
    with psycopg.connect(database_url(SUPERUSER), autocommit=True) as connection:
        said = list(rows(connection))
        assert any(written.alert.encode() in row for row in said), "the tables are read"
        assert [row for row in said if Eye(KNOWN).found([row])] == []
        assert opened(connection, master, KNOWN) > 20, "there is something to erase"
        at = timezone.now()
        chain.erase(cast, written, seconds(cast), at, at + timedelta(days=400))
        assert opened(connection, master, KNOWN) == 0
        assert any(written.alert.encode() in row for row in rows(connection)), (
            "the row stays, without identity"
        )


@given(st.sampled_from(KNOWN.all), st.binary(max_size=7), st.binary(max_size=7), st.integers(24, 64))
@hypothesis(deadline=None, max_examples=40)
def test_the_eye_finds_a_mark_in_every_form(mark: str, before: bytes, after: bytes, cut: int) -> None:
    """A control for each form: an eye that sees nothing proves nothing."""
    for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
        plain = before + mark.encode(code) + after
        for data in (plain, plain.hex().encode(), plain.hex().upper().encode(), base64.b64encode(plain)):
            pieces = [data[n : n + cut] for n in range(0, len(data), cut)]
            assert Eye(KNOWN).found(pieces), (code, data)


def test_the_eye_is_not_red_without_a_mark() -> None:
    assert Eye(KNOWN).found([b"Nobody stands here, " * 1000]) == 0
    assert all(len(form) >= 8 for mark in KNOWN.all for form in forms(mark))
