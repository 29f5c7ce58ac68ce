"""A backup back, flipped bytes, instants recovered: in a small form."""

from pathlib import Path

from tests.proofs.parts import figures


def test_what_was_saved_comes_back_or_is_refused(folder: Path) -> None:
    found = {figure["name"]: figure["value"] for figure in figures("durability", folder, scale=0.02)}
    assert found["backups with one flipped byte that were opened"] == "0 of 20"
    assert found["instants recovered with exactly what was committed"] == "2"
