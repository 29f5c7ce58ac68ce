"""What every test may ask for; the database stands in `tests/postgres.py`, the cast in `tests/cast.py`."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from fanal.config.commands.catalogues import compile_stale

pytest_plugins = ["tests.postgres", "tests.cast", "tests.browser"]


def pytest_configure(config: pytest.Config) -> None:
    """What Hypothesis finds counts, not how fast a busy machine looks for it."""
    settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("house")
    if not hasattr(config, "workerinput"):
        compile_stale()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A reader's language ends with the test that asked for it."""
    with translation.override("en"):
        yield
