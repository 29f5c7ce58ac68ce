"""Django's DATABASES: from the environment, or our own cluster, and nothing started by asking."""

from pathlib import Path

import psycopg
import pytest

from fanal.database import connect
from fanal.database.errors import DatabaseFault


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)


def test_asking_for_settings_starts_nothing(tmp_path: Path) -> None:
    found = connect.settings(tmp_path)
    assert [found[alias]["USER"] for alias in ("default", "owner")] == ["fanal_runtime", "fanal_owner"]
    assert found["default"]["CONN_MAX_AGE"] == 600
    assert found["default"]["CONN_HEALTH_CHECKS"] is True
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_our_cluster_answers_both_aliases(
    folder: Path, bin_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANAL_POSTGRES", str(bin_dir))
    found = connect.settings(folder)
    with connect.available(folder):
        for database in found.values():
            reach = {key.lower(): database[key] for key in ("HOST", "PORT", "USER", "PASSWORD")}
            with psycopg.connect(dbname=database["NAME"], **reach, **database["OPTIONS"]) as connection:
                assert connection.execute("SELECT current_user").fetchone() == (database["USER"],)
    assert not connect.embedded(folder).is_running()


@pytest.mark.asvs("12.3.2")
def test_addresses_of_another_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://web:p%40ss@db.example:6543/base?sslmode=verify-full")
    found = connect.settings(tmp_path)
    assert list(found) == ["default"]
    reach = ("web", "p@ss", "db.example", 6543, "base")
    assert tuple(found["default"][key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")) == reach
    assert found["default"]["OPTIONS"] == {"sslmode": "verify-full"}
    assert found["default"]["CONN_MAX_AGE"] == 600
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://lead:word@db.example:6543/base")
    assert connect.settings(tmp_path)["owner"]["USER"] == "lead"
    assert list(tmp_path.iterdir()) == []


def test_another_kind_of_database_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///here.db")
    with pytest.raises(DatabaseFault, match="needs PostgreSQL"):
        connect.settings(tmp_path)


def test_programs_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAL_POSTGRES", str(tmp_path))
    with pytest.raises(DatabaseFault, match="FANAL_POSTGRES is"):
        connect.settings(tmp_path)
