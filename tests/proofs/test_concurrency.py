"""Edits, deciders and sweeps at one moment, in a small form; the control without ETag must lose updates."""

from pathlib import Path

from tests.proofs.parts import figures


def test_of_many_at_one_moment_nothing_is_lost_and_nothing_done_twice(folder: Path) -> None:
    found = figures("concurrency", folder, scale=0.002)
    assert [figure["value"] for figure in found if figure["name"].startswith("cases")] == ["4"]
    assert any(figure["name"].startswith("control") for figure in found)
