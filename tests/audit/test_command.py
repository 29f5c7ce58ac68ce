"""`fanal audit` as the operator meets it: key, seal, export, witness, verify, each a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.processes import environment

from fanal.database.connect import embedded


@pytest.fixture
def house(folder: Path):
    yield folder
    embedded(folder).stop()


def test_the_operator_hands_out_the_trace_and_the_handing_out_is_in_it(house: Path) -> None:
    def fanal(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "fanal", "audit", *arguments],
            env=environment(house), capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip

    key = fanal("key")
    assert key.stdout.startswith("fanal-audit-key:"), key.stderr
    assert fanal("seal").stdout == "Every line is sealed.\n"
    path, kept = house / "trace.jsonl", house / "witness"
    made = fanal("export", str(path))
    assert made.returncode == 0, made.stderr
    assert "lines 0 to 0, 1 statements" in made.stdout
    (line,) = (json.loads(each) for each in path.read_text().splitlines() if each.startswith("["))
    assert (line[2], line[3], line[6], line[11].split()[0]) == ("disclose", "audit.export", 0, "operator")
    again = fanal("export", str(path))
    assert (again.returncode, "replaces nothing" in again.stderr) == (4, True)
    assert fanal("export", str(house / "none"), "--to", "2020-01-01").returncode == 4
    assert fanal("export", str(house / "none"), "--to", "soon").returncode == 2
    assert not (house / "none").exists()
    assert "3 statements added, 3 in all" in fanal("witness", str(kept)).stdout
    whole = house / "whole.jsonl"
    fanal("export", str(whole), "--from", "2020-01-01")
    checked = fanal("verify", str(whole), "--key", key.stdout.strip(), "--witness", str(kept))
    assert checked.returncode == 0, checked.stderr
    assert "3 statements are those that the witness kept" in checked.stdout
    older = fanal("verify", str(path), "--key", key.stdout.strip(), "--witness", str(kept))
    assert (older.returncode, "made before" in older.stderr) == (4, True)
