"""The proof of the load in its small form: twenty people for ten seconds, each answered, each rightly."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from django.utils import timezone
from proofs.loading.playing import Played, growth, play
from tests.alerts.conftest import adult, report
from tests.cast import Cast
from tests.processes import environment, free_port

from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.config.commands.serving import port_is_free
from proofs import load

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, SECONDS, THINKING = 20, 10, 2


@pytest.fixture
def served(database_url: Callable[[str], str]) -> Iterator[tuple[int, psutil.Process]]:
    """The web server on this worker's database: (port, process)."""
    port = free_port()
    code = f"from fanal.config.commands.serving import web_server; web_server({port}, 1)"
    env = environment(Path(os.environ["FANAL_VAR"])) | {"DATABASE_URL": database_url("fanal_runtime")}
    process = subprocess.Popen([sys.executable, "-c", code], env=env)
    limit = time.monotonic() + 60
    while port_is_free(port):
        assert process.poll() is None
        assert time.monotonic() < limit
        time.sleep(0.1)
    yield port, psutil.Process(process.pid)
    process.terminate()
    process.wait()


def test_everybody_is_answered(served: tuple[int, psutil.Process], cast: Cast, folder: Path) -> None:
    port, server = served
    with acting_as(cast.officer):
        made = [
            alerts.record(by=cast.officer, report=report(persons=(adult(),)), at=timezone.now())
            for _ in range(3)
        ]
    references = [one.reference for one in made]
    people = [load.entry(cast.officer, references) for _ in range(PEOPLE)]
    script = load.written(people, [report(persons=(adult(),))], seed=1, thinking=THINKING)
    played = play(port, server, script, people=PEOPLE, seconds=SECONDS, folder=folder, tell=lambda *_: None)
    assert played.errors == {}
    assert len(played.milliseconds) > PEOPLE
    assert {"home", "list", "detail"} <= set(played.by_name)
    assert played.memory


def test_figures_fail_when_a_bar_is_not_reached() -> None:
    slow = Played([100] * 90 + [900] * 10, {"home": 1}, [100.0] * 50 + [120.0] * 50, {"home": 100})
    assert [one.reached for one in load.figures(slow, persons=1, people=1, seconds=1)] == [False] * 3
    well = Played([100] * 100, {}, [100.0] * 100, {"home": 100})
    assert [one.reached for one in load.figures(well, persons=1, people=1, seconds=1)] == [True] * 3
    nothing = Played([], {}, [], {})
    assert not load.figures(nothing, persons=1, people=1, seconds=1)[1].reached


def test_warming_up_is_no_growth() -> None:
    assert growth([50.0] * 20 + [100.0] * 80) == (100.0, 100.0)
