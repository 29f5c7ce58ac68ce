import pytest
from tests.cast import Cast
from tests.protection.acts import Stage


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return Stage(cast)
