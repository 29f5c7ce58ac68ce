"""The benchmark measures what it says, in a house of its own that is gone afterwards."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from fanal.config.bench.results import Result, Times
from fanal.database.account import REFUGE

MEASURES = {
    "Filling",
    "Rows whose wall the triggers would change",
    "List behind the wall ÷ without, an office that sees most",
    "SQL statements that more rows add to /alerts/",
    "List page, p95, a police zone that sees little",
    "Detail page, p95",
    "Intake with its trace, API",
    "Intake with its trace, service",
    "Memory of a worker",
    "Import, persons",
}
RUN = (
    "from pathlib import Path\nfrom fanal.config import bench\n"
    "bench.run(output=Path('bench.json'), tell=lambda *_: None, scale=0)"
)


def test_a_small_run_measures_everything_and_leaves_nothing(tmp_path: Path) -> None:
    """Run where the files of the import are absent: that measure says so."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FANAL_")}
    environment |= {"DJANGO_SETTINGS_MODULE": "fanal.config.settings", "TMPDIR": str(tmp_path)}
    before = set(clusters_elsewhere())
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads((tmp_path / "bench.json").read_text())
    results = {result["what"]: result for result in told["results"]}
    assert results.keys() >= MEASURES
    assert results["Rows whose wall the triggers would change"]["value"] == 0
    assert results["SQL statements that more rows add to /alerts/"]["value"] == 0
    assert all(result["value"] > 0 for result in told["results"] if result["unit"] in ("ms", "MB", "×"))
    assert "skipped" in results["Import, persons"]["note"]
    assert not list(tmp_path.glob("fanal-bench-*"))
    assert set(clusters_elsewhere()) <= before


def clusters_elsewhere() -> Iterator[Path]:
    """Where root's clusters stand when their account cannot walk to the folder that was asked for."""
    return REFUGE.glob("*")


def test_a_target_is_reached_or_not() -> None:
    assert Result("a", 2, "ms", most=2).reached is True
    assert Result("a", 2.1, "ms", most=2).reached is False
    assert Result("a", 99, "/s", least=100).reached is False
    assert Result("a", 1, "").reached is None


def test_the_slowest_of_twenty_is_the_95th_percentile() -> None:
    times = Times([1.0] * 18 + [100.0] * 2)
    assert times.middle == 1
    assert times.p95 > 50
