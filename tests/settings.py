"""Settings of the suite: variable files of its own, the country made for tests, a hash that costs nothing."""

import os

from tests import scratch

# Never the developer's own database, and one for each worker: a transaction of another test would hold the sealer back.
os.environ["FANAL_VAR"] = str(scratch.session_folder())
os.environ.pop("DATABASE_URL", None)
os.environ.pop("DATABASE_OWNER_URL", None)
os.environ["FANAL_COUNTRY"] = "testland"

from fanal.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FANAL_LIMITS: dict[str, int] = {}  # a suite asks faster than people; `tests/web/test_pace.py` sets them
