"""The plan of `stage` is adopted, the clock stands still for a test."""

from datetime import datetime

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.progress import stage


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def plan(cast: Cast, now: datetime) -> str:
    stage.begin(cast, now)
    return stage.CODE
