"""The trace convicts, in a small form: the same functions as at full size."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from proofs.tampering import tampering, timing

from fanal.database.cluster import SUPERUSER

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.mark.asvs("16.4.2")
def test_each_kind_of_tampering_is_found_and_nothing_else(
    database_url: Callable[[str], str], tmp_path: Path
) -> None:
    with psycopg.connect(database_url(SUPERUSER), autocommit=True) as administrator:

        def empty() -> None:
            administrator.execute("SET session_replication_role = 'replica'")
            administrator.execute("TRUNCATE audit_entry, audit_seal, audit_sealed, audit_stamp")
            administrator.execute("SET session_replication_role = 'origin'")

        tally = tampering(tmp_path, seeds=8, seed=20261122, empty=empty, tell=lambda *_: None)
        empty()
        timed = timing(tmp_path, rows=3000, batch=100, fill=administrator.execute, tell=lambda *_: None)
    assert len(tally.tried) == 12
    assert tally.missed == []
    assert tally.misnamed == []
    assert tally.false == []
    assert timed.reached, timed
