"""What every test may ask for; the database stands in `tests/postgres.py`."""

pytest_plugins = ["tests.postgres", "tests.cast"]
