"""What every test may ask for; the database stands in `tests/postgres.py`, the cast in `tests/cast.py`."""

import pytest

from fanal.config.commands.catalogues import compile_stale

pytest_plugins = ["tests.postgres", "tests.cast", "tests.browser"]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        compile_stale()
