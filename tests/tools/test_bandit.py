"""Bandit reads the sources, finds a planted call, and takes no excuse but one that names the rule."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import check_bandit

DANGER = "import pickle\n\n\ndef read(sent: bytes) -> object:\n    return pickle.loads(sent){}\n"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder inside the repository that bandit may read and that is gone afterwards."""
    place = check_bandit.ROOT / "var" / "planted"
    place.mkdir(parents=True)
    yield place
    shutil.rmtree(place)


def left(place: Path, text: str) -> list[str]:
    (place / "planted.py").write_text(text)
    found = check_bandit.bandit([str(place.relative_to(check_bandit.ROOT))])
    return [one["test_id"] for one in found if not check_bandit.excused(one)]


@pytest.mark.asvs("1.5.2")
def test_a_dangerous_call_is_found_unless_it_is_excused_by_its_own_rule(folder: Path) -> None:
    assert "B301" in left(folder, DANGER.format(""))
    assert "B301" in left(folder, DANGER.format("  # noqa: S603 (another rule)"))
    assert "B301" in left(folder, DANGER.format("  # noqa"))
    assert "B301" not in left(folder, DANGER.format("  # noqa: S301 (our own bytes)"))


def test_what_cannot_be_read_is_a_fault_and_not_a_success(folder: Path) -> None:
    (folder / "planted.py").write_text("def broken(:\n")
    with pytest.raises(RuntimeError):
        check_bandit.bandit([str(folder.relative_to(check_bandit.ROOT))])
    (folder / "planted.py").unlink()
    with pytest.raises(RuntimeError):
        check_bandit.bandit([str(folder.relative_to(check_bandit.ROOT))])


@pytest.mark.asvs("1.3.2", "1.2.5", "11.3.1", "11.4.1", "12.3.2")
def test_the_sources_are_clean(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No eval, no shell, no weak cipher or hash, no unchecked certificate, no unsafe reading of objects."""
    monkeypatch.setattr("sys.argv", ["check_bandit"])
    assert check_bandit.main() == 0, capsys.readouterr().out
