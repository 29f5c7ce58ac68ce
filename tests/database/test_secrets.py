"""The file of secrets: made once, for its owner only, never silently replaced."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest

from fanal.database.errors import DatabaseFault
from fanal.database.secrets import load


@pytest.mark.asvs("13.2.3", "13.3.2")
def test_made_once_and_read_by_nobody_else(tmp_path: Path) -> None:
    first = load(tmp_path / "var")
    assert load(tmp_path / "var") == first
    assert stat.S_IMODE((tmp_path / "var" / "secrets.json").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secrets.json"]


@pytest.mark.asvs("13.2.3")
def test_every_secret_is_its_own(tmp_path: Path) -> None:
    values = asdict(load(tmp_path))
    assert len(set(values.values())) == len(values)
    assert all(
        len(bytes.fromhex(values[key])) == 32
        for key in ("context_key", "vault_key", "token_key", "audit_key")
    )
    assert not set(values.values()) & set(asdict(load(tmp_path / "other")).values())


def test_many_at_once_get_the_same(tmp_path: Path) -> None:
    for attempt in range(20):
        with ThreadPoolExecutor(16) as pool:
            assert len(set(pool.map(load, [tmp_path / str(attempt)] * 16))) == 1


def test_not_shown_in_a_traceback(tmp_path: Path) -> None:
    secrets = load(tmp_path)
    assert secrets.vault_key not in repr(secrets)


@pytest.mark.asvs("13.3.1")
def test_a_file_others_can_read_is_refused(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "secrets.json").chmod(0o640)
    with pytest.raises(DatabaseFault, match="chmod 600"):
        load(tmp_path)


@pytest.mark.parametrize("damage", ["", "{}", "not json"])
def test_a_damaged_file_is_refused_and_kept(tmp_path: Path, damage: str) -> None:
    load(tmp_path)
    (tmp_path / "secrets.json").write_text(damage)
    with pytest.raises(DatabaseFault, match="backup"):
        load(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == damage


def test_a_missing_key_is_refused(tmp_path: Path) -> None:
    values = asdict(load(tmp_path))
    del values["vault_key"]
    (tmp_path / "secrets.json").write_text(json.dumps(values))
    with pytest.raises(DatabaseFault, match="vault_key"):
        load(tmp_path)


def test_a_file_of_an_earlier_version_gets_the_key_that_came_later_once(tmp_path: Path) -> None:
    values = asdict(load(tmp_path))
    del values["audit_key"]
    (tmp_path / "secrets.json").write_text(json.dumps(values))
    with ThreadPoolExecutor(16) as pool:
        (found,) = set(pool.map(load, [tmp_path] * 16))
    assert len(bytes.fromhex(found.audit_key)) == 32
    assert asdict(found) == {**values, "audit_key": found.audit_key}
    assert load(tmp_path) == found
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]
