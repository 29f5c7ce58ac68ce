"""The lock holds every package by hash, agrees with pyproject.toml, and is what is installed."""

import subprocess
import sys
import tomllib

import pytest

from tools import check_lock, lock

TEXT = lock.PATH.read_text()
DECLARED = tomllib.loads((lock.ROOT / "pyproject.toml").read_text())
SMALL = """# compiled
alpha==1.0 \\
    --hash=sha256:{a}
    # via fanal (pyproject.toml)
beta==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via
    #   alpha
    #   fanal (pyproject.toml:dev)
""".format(a="a" * 64, b="b" * 64)
ASKED = {"project": {"dependencies": ["alpha>=1"]}, "dependency-groups": {"dev": ["beta[fast]>=2"]}}


@pytest.mark.asvs("15.1.2")
def test_ours_is_locked_by_hash_agrees_and_is_installed() -> None:
    locked = lock.read(TEXT)
    assert len(locked) > 150
    assert list(check_lock.without_hash(locked)) == []
    assert list(check_lock.disagreements(locked, DECLARED)) == []
    assert list(check_lock.other_than_installed(locked, check_lock.installed())) == []


def test_what_stands_beside_ours_is_locked_by_hash_and_agrees() -> None:
    locked = lock.read(lock.SPARK.read_text())
    assert {entry.name for entry in locked} == {"pyspark", "py4j", "setuptools"}
    assert list(check_lock.without_hash(locked)) == []
    assert list(check_lock.disagreements(locked, check_lock.of_spark(DECLARED))) == []
    older = {"dependency-groups": {"spark": ["pyspark>=99", "setuptools"]}}
    said = check_lock.disagreements(locked, check_lock.of_spark(older))
    assert list(said) == ["pyspark 4.3.0 is locked, pyproject.toml asks >=99"]


def test_an_entry_keeps_its_hashes_and_who_asked() -> None:
    alpha, beta = lock.read(SMALL)
    assert (alpha.name, alpha.version, len(alpha.hashes)) == ("alpha", "1.0", 1)
    assert len(beta.hashes) == 2
    assert beta.asked_by == ("alpha", "fanal (pyproject.toml:dev)")


def test_a_missing_hash_is_found() -> None:
    first = TEXT.index("    --hash=")
    last = TEXT.index("    # via", first)
    name = lock.read(TEXT)[0].name
    assert list(check_lock.without_hash(lock.read(TEXT[:first] + TEXT[last:]))) == [f"{name} has no hash"]


@pytest.mark.parametrize("loose", ["alpha>=1.0", "alpha==1.*", "alpha", "alpha @ file:///a.whl"])
def test_a_version_left_open_is_found(loose: str) -> None:
    locked = lock.read(SMALL.replace("alpha==1.0", loose))
    assert "alpha is not locked to one version" in check_lock.without_hash(locked)


@pytest.mark.parametrize("line", ["--index-url somewhere", "-r others.txt", "--trusted-host somewhere"])
def test_an_option_cannot_slip_in(line: str) -> None:
    with pytest.raises(ValueError, match="option"):
        lock.read(f"{line}\n{SMALL}")


def test_a_weak_hash_is_no_hash() -> None:
    with pytest.raises(ValueError, match="neither"):
        lock.read(SMALL.replace("sha256:" + "a" * 64, "md5:" + "a" * 32))


@pytest.mark.parametrize(
    ("text", "asked", "said"),
    [
        (SMALL, ["alpha>=1", "gamma"], "gamma is asked by pyproject.toml and not locked"),
        (SMALL, ["alpha>=2"], "alpha 1.0 is locked, pyproject.toml asks >=2"),
        (SMALL, [], "alpha is locked for pyproject.toml, which no longer asks it"),
        (
            SMALL.replace("#   alpha", "#   omega"),
            ["alpha>=1"],
            "beta is locked for omega, which is not locked",
        ),
    ],
)
def test_a_disagreement_is_found(text: str, asked: list[str], said: str) -> None:
    declared = {**ASKED, "project": {"dependencies": asked}}
    assert list(check_lock.disagreements(lock.read(SMALL), ASKED)) == []
    assert list(check_lock.disagreements(lock.read(text), declared)) == [said]


def test_another_environment_is_found() -> None:
    locked = lock.read(SMALL)
    assert list(check_lock.other_than_installed(locked, {"alpha": "1.0", "fanal": "0"})) == []
    assert list(check_lock.other_than_installed(locked, {"alpha": "1.1", "stray": "3"})) == [
        "stray is installed and not locked",
        "alpha 1.0 is locked, 1.1 is installed",
    ]
    assert list(check_lock.other_than_installed(locked, {})) == ["alpha is locked and not installed"]


def test_the_environment_is_installed_by_hash() -> None:
    """The installer refuses what has no hash, builds nothing and fetches no builder."""
    said = (lock.ROOT / "tools" / "environment").read_text().replace("\\\n", " ")
    fetching = [
        line for line in said.splitlines() if (" pip " in line and "install" in line) or "pip sync" in line
    ]
    assert len(fetching) == 3
    by_pip, by_uv, ourselves = fetching
    assert "--require-hashes" in by_pip
    assert "--only-binary :all:" in by_pip
    assert "--require-hashes --no-build" in by_uv
    assert "--no-deps --no-build-isolation" in ourselves
    held = {entry.name for entry in lock.read(TEXT)}
    assert {"uv", "hatchling", "editables"} <= held


def test_the_check_says_how_many() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tools.check_lock", "--installed"],
        cwd=lock.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "packages are locked by hash" in ran.stdout
