from tests.house.conftest import scenario

__all__ = ["scenario"]
