import pytest
from tests.cast import Cast
from tests.protection.acts import Stage
from tests.protection.door import Door


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return Stage(cast)


@pytest.fixture
def door(cast: Cast) -> Door:
    return Door(cast)
