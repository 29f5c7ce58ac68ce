"""The chain that the tests of the whole house look at."""

import pytest
from tests.cast import Cast
from tests.house.scenario import Scenario, build


@pytest.fixture
def scenario(cast: Cast) -> Scenario:
    """The chain, played by the fixed cast."""
    return build(cast)
