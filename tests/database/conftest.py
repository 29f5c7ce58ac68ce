"""Clusters that a test may break, on each PostgreSQL that this machine has."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from fanal.database import binaries, roles, secrets
from fanal.database.cluster import Cluster
from fanal.database.errors import DatabaseFault

_numbers = count()


@pytest.fixture(scope="session", params=["embedded", "debian"])
def bin_dir(request: pytest.FixtureRequest) -> Path:
    try:
        return binaries.find(request.param)
    except DatabaseFault as absent:
        pytest.skip(str(absent))


@pytest.fixture
def cluster(bin_dir: Path, folder: Path) -> Iterator[Cluster]:
    """A cluster that is not created yet."""
    made = Cluster(folder / "postgres", bin_dir, secrets.load(folder))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def ready(bin_dir: Path) -> Iterator[Cluster]:
    """A running cluster with roles and the database `fanal`; tests leave it as they found it."""
    made = Path(os.environ["FANAL_VAR"]) / f"ready-{os.getpid()}-{next(_numbers)}"
    made.mkdir()
    made.chmod(0o711)
    cluster = Cluster(made / "postgres", bin_dir, secrets.load(made))
    with cluster.in_use():
        roles.prepare(cluster, "fanal")
        yield cluster
    shutil.rmtree(made)
