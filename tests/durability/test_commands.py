"""`fanal backup` and `fanal restore` as an operator types them: from one installation into the next."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.durability.conftest import new_key
from tests.processes import environment

from fanal.database.connect import embedded

Fanal = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def fanal(folder: Path) -> Fanal:
    """Runs `fanal …` for the installation in a folder of that name."""

    def run(installation: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        var = folder / installation
        var.mkdir(exist_ok=True)
        var.chmod(0o711)
        return subprocess.run(
            [sys.executable, "-m", "fanal", *map(str, arguments)],
            env=environment(var), capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    return run


def test_an_installation_moves_into_another_machine(fanal: Fanal, folder: Path) -> None:
    public, secret = new_key(folder / "keeper.key")
    assert fanal("old", "load-country").returncode == 0
    made = fanal("old", "backup", "--to", folder / "saved.age", "--recipient", public)
    assert made.returncode == 0, made.stderr
    assert "Keep a copy elsewhere" in made.stdout

    listed = fanal("old", "erased")
    assert listed.returncode == 0, listed.stderr
    (folder / "erased").write_text(listed.stdout)
    (folder / "cut").write_text(listed.stdout.splitlines()[0] + "\n")

    (folder / "new").mkdir()
    shutil.copy(folder / "old" / "secrets.json", folder / "new" / "secrets.json")
    whole = ("restore", folder / "saved.age", "--identity", secret, "--erased")
    cut = fanal("new", *whole, folder / "cut")
    assert cut.returncode == 4
    assert "not whole" in cut.stderr
    assert "interrupted" in fanal("new", "migrate").stderr, "nobody is served before the list was applied"
    done = fanal("new", *whole, folder / "erased")
    assert done.returncode == 0, done.stderr
    assert "equal to the backup of" in done.stdout
    assert not embedded(folder / "new").is_running()


@pytest.mark.parametrize(
    "arguments", [("backup",), ("backup", "--to", "x"), ("restore",), ("restore", "absent")]
)
def test_a_command_called_wrongly_says_so(fanal: Fanal, arguments: tuple[str, ...]) -> None:
    assert fanal("old", *arguments).returncode == 2


def test_a_log_is_sent_until_stopped_and_recovered_from(fanal: Fanal, folder: Path) -> None:
    public, secret = new_key(folder / "keeper.key")
    kept = folder / "archive"
    kept.mkdir()
    assert fanal("house", "load-country").returncode == 0
    assert fanal("house", "archive", "copy", "--to", kept, "--recipient", public).returncode == 0
    command = ["archive", "log", "--to", str(kept), "--recipient", public, "--every", "1"]
    with subprocess.Popen(
        [sys.executable, "-m", "fanal", *command],
        env=environment(folder / "house"), stdout=subprocess.PIPE, text=True,
    ) as sending:  # fmt: skip
        assert sending.stdout is not None
        assert fanal("house", "deadlines").returncode == 0  # something to send
        assert sending.stdout.readline().startswith("sent 0000000100000000")
        sending.terminate()
    assert sending.returncode == 0
    cluster = embedded(folder / "house")
    cluster.data_dir.rename(cluster.data_dir.with_name("lost"))
    wrong = fanal("house", "archive", "recover", "--from", kept, "--identity", secret, "--until", "yesterday")
    assert wrong.returncode == 2
    back = fanal("house", "archive", "recover", "--from", kept, "--identity", secret)
    assert back.returncode == 0, back.stderr
    assert "up to date" in fanal("house", "migrate").stdout
