"""The secret scan finds a planted key of each kind, and what was read once is not asked again."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools import check_secrets

# Written in pieces, so that this file holds none of them.
PLANTED = {
    "AWS Access Key": 'KEY = "AKIA' + 'QYLPMN5HHHFPZAM2"',
    "Private Key": "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIEow\n",
    "Age Secret Key": "AGE-SECRET-KEY-" + "1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2,
    "Basic Auth Credentials": "postgresql://fanal:" + "kVx29LmQpa81@db.example/fanal",
    "Secret Keyword": "db_password = '" + "hunter-of-lanterns'",
    "Hex High Entropy String": "seed = '"
    + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'",
}


def repository(place: Path, text: str, audited: str = "found = []") -> Path:
    """A small Git repository with one file of ours and one list of what was read."""
    (place / "tools").mkdir()
    (place / check_secrets.AUDITED).write_text(audited)
    (place / "settings.py").write_text(f"# some settings\n{text}\n")
    subprocess.run(["git", "init", "-q"], cwd=place, check=True)
    subprocess.run(["git", "add", "."], cwd=place, check=True)
    return place


@pytest.mark.asvs("13.3.1")
@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_secret_is_found(kind: str, tmp_path: Path) -> None:
    found, files = check_secrets.scan(repository(tmp_path, PLANTED[kind]))
    assert files == 1
    assert any(said.startswith(kind) for said in found.values()), found
    (line, *_) = check_secrets.differences(found, [])
    assert line.startswith("settings.py: ")
    assert PLANTED[kind] not in line


def test_the_check_goes_red_and_never_prints_the_secret(tmp_path: Path) -> None:
    text = PLANTED["AWS Access Key"]
    ran = subprocess.run(
        [sys.executable, "-m", "tools.check_secrets", str(repository(tmp_path, text))],
        cwd=check_secrets.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "settings.py: AWS Access Key in line 2" in ran.stdout
    assert text[-12:-1] not in ran.stdout + ran.stderr


def test_what_was_read_is_known_by_place_and_text(tmp_path: Path) -> None:
    found, _ = check_secrets.scan(repository(tmp_path, PLANTED["Secret Keyword"]))
    ((_, digest),) = found
    audited = [{"under": "settings.py", "sha1": digest}]
    assert list(check_secrets.differences(found, audited)) == []
    assert len(list(check_secrets.differences(found, [{"under": "tests/", "sha1": digest}]))) == 2
    by_kind = {"under": "settings", "kind": "Secret Keyword"}
    assert list(check_secrets.differences(found, [by_kind])) == []
    assert len(list(check_secrets.differences(found, [by_kind | {"kind": "Private Key"}]))) == 2
    assert list(check_secrets.differences({}, audited)) == [
        f"tools/secrets_audited.toml: settings.py no longer holds {digest}"
    ]


def test_a_file_that_git_does_not_know_is_not_read(tmp_path: Path) -> None:
    place = repository(tmp_path, "DEBUG = False")
    (place / "var.py").write_text(PLANTED["AWS Access Key"])
    assert check_secrets.scan(place) == ({}, 1)
